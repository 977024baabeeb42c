import { getApiKey, listApiKeys, type ApiKey, type ApiKeyDetail } from "../ncloud/apiGateway.ts";
import type { NcloudClient } from "../ncloud/ncloudClient.ts";
import { listAuthKeys, type AuthKey } from "../ncloud/nsml.ts";
import {
  listAccessKeys,
  listSubAccounts,
  type AccessKey,
  type SubAccount,
} from "../ncloud/subAccount.ts";
import { serviceUrl } from "../ncloud/zone.ts";
import type { ChangedKeys } from "./changedKeys.ts";
import { LocalKeyIndex, type LocalKey } from "./localKeyIndex.ts";
import { maskedValues, type MaskedValues } from "./maskedValues.ts";
import { PagedResource } from "./pagedResource.ts";
import { Resource } from "./resource.ts";
import { ResourceMap } from "./resourceMap.ts";
import { isSameList, isSameRecord } from "./sameRecord.ts";

export type GroupName = "authKeys" | "apiKeys" | "subAccounts";

export const groupNames: readonly GroupName[] = ["authKeys", "apiKeys", "subAccounts"];

/** The part of the inventory in which something changed. */
export type Place =
  | { readonly kind: "group"; readonly group: GroupName }
  | { readonly kind: "apiKey"; readonly apiKeyId: string }
  | { readonly kind: "subAccount"; readonly subAccountId: string };

export interface InventoryParts {
  /** The account whose keys these are; part of every row's id. */
  readonly accountId: string;
  readonly client: NcloudClient;
  /** Sub accounts the user named by ID. */
  readonly subAccountIds: readonly string[];
  /** The public keys of this computer; rejects when their folder cannot be read. */
  readonly readLocalKeys: (signal: AbortSignal) => Promise<readonly LocalKey[]>;
}

const pageSize = 100;

/** Everything the sidebar knows of one account's keys. It holds no secret. */
export class Inventory {
  readonly accountId: string;
  readonly client: NcloudClient;
  #subAccountIds: readonly string[];

  readonly authKeys: Resource<readonly AuthKey[]>;
  readonly apiKeys: PagedResource<ApiKey>;
  readonly subAccounts: PagedResource<SubAccount>;
  readonly localKeys: Resource<LocalKeyIndex>;

  readonly #values: ResourceMap<MaskedValues>;
  readonly #accessKeys: ResourceMap<readonly AccessKey[]>;
  readonly #listeners = new Set<(place: Place) => void>();
  readonly #changeListeners = new Set<(change: ChangedKeys) => void>();
  readonly #ended = new AbortController();
  /** Aborted when nobody may ask for these keys any more. */
  readonly ended = this.#ended.signal;

  constructor({ accountId, client, subAccountIds, readLocalKeys }: InventoryParts) {
    this.accountId = accountId;
    this.client = client;
    this.#subAccountIds = subAccountIds;
    this.authKeys = new Resource({
      read: (signal) => listAuthKeys(client, signal),
      onChange: () => this.#changedGroup("authKeys"),
      isSame: isSameList,
    });
    this.apiKeys = new PagedResource({
      readPage: async (offset, signal) => {
        const page = await listApiKeys(client, { offset, limit: pageSize }, signal);
        const next = offset + page.apiKeys.length;
        // A server may send fewer than asked for, so only an empty page or the total ends the list.
        const hasNext = page.apiKeys.length > 0 && next < page.total;
        return { items: page.apiKeys, total: page.total, next: hasNext ? next : undefined };
      },
      idOf: (apiKey) => apiKey.apiKeyId,
      isSameItem: isSameRecord,
      onChange: () => this.#changedGroup("apiKeys"),
    });
    this.subAccounts = new PagedResource({
      readPage: async (page, signal) => {
        const answer = await listSubAccounts(client, { page, size: pageSize }, signal);
        const hasNext = answer.hasNext && answer.subAccounts.length > 0;
        return {
          items: answer.subAccounts,
          total: answer.total,
          next: hasNext ? page + 1 : undefined,
        };
      },
      idOf: (subAccount) => subAccount.subAccountId,
      isSameItem: isSameRecord,
      onChange: () => this.#changedGroup("subAccounts"),
    });
    this.localKeys = new Resource({
      read: async (signal) => new LocalKeyIndex(await readLocalKeys(signal)),
      onChange: () => this.#changedGroup("authKeys"),
      isSame: (a, b) => a.isSame(b),
    });
    this.#values = new ResourceMap(
      (apiKeyId) =>
        new Resource({
          read: async (signal) => maskedValues(await getApiKey(client, apiKeyId, signal)),
          onChange: () => this.#changed({ kind: "apiKey", apiKeyId }),
          isSame: isSameRecord,
        }),
    );
    this.#accessKeys = new ResourceMap(
      (subAccountId) =>
        new Resource({
          read: (signal) => listAccessKeys(client, subAccountId, signal),
          onChange: () => this.#changed({ kind: "subAccount", subAccountId }),
          isSame: isSameList,
        }),
    );
  }

  /** Sub accounts the user named by ID. */
  get subAccountIds(): readonly string[] {
    return this.#subAccountIds;
  }

  setSubAccountIds(ids: readonly string[]): void {
    if (ids.join("\n") === this.#subAccountIds.join("\n")) return;
    this.#subAccountIds = ids;
    this.#changedGroup("subAccounts");
  }

  /** Whether NSML can be asked at all. */
  get nsml(): "ready" | "notInZone" | "needsApiKey" {
    const { zone, nsmlApiKey } = this.client.credentials;
    if (serviceUrl(zone, "nsml") === undefined) return "notInZone";
    return nsmlApiKey ? "ready" : "needsApiKey";
  }

  onDidChange(listener: (place: Place) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** The values of an API key, read when the row is opened for the first time. */
  valuesOf(apiKeyId: string): Resource<MaskedValues> {
    return this.#values.obtain(apiKeyId);
  }

  accessKeysOf(subAccountId: string): Resource<readonly AccessKey[]> {
    return this.#accessKeys.obtain(subAccountId);
  }

  /** The access keys of a sub account as far as they were read; asks for nothing. */
  knownAccessKeysOf(subAccountId: string): readonly AccessKey[] | undefined {
    return this.#accessKeys.get(subAccountId)?.value;
  }

  /** Starts to read a group unless that was done before. */
  loadGroup(group: GroupName): void {
    if (group !== "authKeys") void this[group].load();
    else if (this.nsml === "ready") void Promise.all([this.authKeys.load(), this.localKeys.load()]);
  }

  /** Reads a group again, and what was opened in it. */
  async refreshGroup(group: GroupName): Promise<void> {
    switch (group) {
      case "authKeys":
        if (this.nsml === "ready") {
          await Promise.all([this.authKeys.reload(), this.localKeys.reload()]);
        }
        return;
      case "apiKeys":
        await Promise.all([this.apiKeys.reload(), this.#values.reload()]);
        if (this.apiKeys.state.status === "loaded") {
          this.#values.keepOnly(idsOf(this.apiKeys, ({ apiKeyId }) => apiKeyId));
        }
        return;
      case "subAccounts":
        await Promise.all([this.subAccounts.reload(), this.#accessKeys.reload()]);
        if (this.subAccounts.state.status === "loaded") {
          const listed = idsOf(this.subAccounts, ({ subAccountId }) => subAccountId);
          this.#accessKeys.keepOnly([...listed, ...this.subAccountIds]);
        }
        return;
    }
  }

  async refresh(): Promise<void> {
    await Promise.all(groupNames.map((group) => this.refreshGroup(group)));
  }

  /** Takes over what a change left, be it in view or not. */
  show(change: ChangedKeys): void {
    switch (change.kind) {
      case "authKeys":
        this.authKeys.set(change.authKeys);
        break;
      case "apiKey":
        this.apiKeys.put(change.apiKey);
        break;
      case "noApiKey":
        this.#values.drop(change.apiKeyId);
        this.apiKeys.remove(change.apiKeyId);
        break;
      case "accessKeys":
        this.accessKeysOf(change.subAccountId).set(change.accessKeys);
    }
    for (const listener of this.#changeListeners) listener(change);
  }

  /** Tells every change that is made here, of keys that were never read, too. */
  onDidMakeChange(listener: (change: ChangedKeys) => void): { dispose(): void } {
    this.#changeListeners.add(listener);
    return { dispose: () => this.#changeListeners.delete(listener) };
  }

  /** Takes over the values that a change gave an API key, where they are in view. */
  showValues(detail: ApiKeyDetail): void {
    this.#values.get(detail.apiKeyId)?.set(maskedValues(detail));
  }

  /** Forgets what was read for a row that was closed. */
  close(place: Place): void {
    if (place.kind === "apiKey") this.#values.drop(place.apiKeyId);
    if (place.kind === "subAccount") this.#accessKeys.drop(place.subAccountId);
  }

  /** Makes every answer still under way void. */
  dispose(): void {
    this.#ended.abort();
    // A command that goes on after a sign-out must not sign with what was signed out.
    this.client.retire();
    this.#listeners.clear();
    this.#changeListeners.clear();
    const { authKeys, apiKeys, subAccounts, localKeys } = this;
    const all = [authKeys, apiKeys, subAccounts, localKeys, this.#values, this.#accessKeys];
    for (const resource of all) resource.dispose();
  }

  #changedGroup(group: GroupName): void {
    this.#changed({ kind: "group", group });
  }

  #changed(place: Place): void {
    for (const listener of this.#listeners) listener(place);
  }
}

function idsOf<T>({ value }: PagedResource<T>, idOf: (item: T) => string): readonly string[] {
  return value?.items.map(idOf) ?? [];
}
