import { randomUUID } from "node:crypto";
import type { Disposable, Memento, SecretStorage } from "vscode";
import { decodeArray, decodeRecord, requireText } from "../ncloud/decode.ts";
import {
  decodeAccount,
  encodeAccount,
  type Account,
  type AccountSummary,
  type StoredAccount,
} from "./account.ts";
import { KeychainError, withinKeychainLimit } from "./keychainError.ts";

const secretPrefix = "ncloudKeys.account.";
const listKey = "ncloudKeys.accounts";
const activeKey = "ncloudKeys.activeAccount";

/** `secrets.keys()` came with VS Code 1.105; before it the list of accounts is all there is. */
export type Secrets = Pick<SecretStorage, "get" | "store" | "delete" | "onDidChange"> & {
  readonly keys?: () => Thenable<readonly string[]>;
};

export interface AccountList {
  readonly accounts: readonly AccountSummary[];
  /** The account in use: undefined only when there is none. */
  readonly active: AccountSummary | undefined;
}

/**
 * The accounts of this computer. Each account's credentials are one SecretStorage entry. The list
 * of ids and labels beside it in `globalState` is a cache that heals: another window may overwrite
 * it, and whatever the keychain still holds comes back.
 */
export class AccountStore implements Disposable {
  readonly #secrets: Secrets;
  readonly #state: Memento;
  readonly #listeners = new Set<() => void>();
  readonly #subscription: Disposable;
  /** Steps of one window follow each other, so that a step never works on a list another one is changing. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(secrets: Secrets, state: Memento) {
    this.#secrets = secrets;
    this.#state = state;
    this.#subscription = secrets.onDidChange(({ key }) => {
      if (key.startsWith(secretPrefix)) void this.#follow(key.slice(secretPrefix.length));
    });
  }

  /** Calls back after any window added, changed, renamed, activated or removed an account. */
  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#listeners.clear();
  }

  newId(): string {
    return randomUUID();
  }

  /** @throws KeychainError when the keychain has to be asked and fails */
  list(): Promise<AccountList> {
    return this.#inTurn(async () => {
      await this.#addUnlisted();
      const accounts = this.#readList();
      const activeId = this.#state.get<unknown>(activeKey);
      return { accounts, active: accounts.find(({ id }) => id === activeId) ?? accounts[0] };
    });
  }

  /** @throws KeychainError */
  read(id: string): Promise<StoredAccount> {
    return this.#inTurn(() => this.#readSecret(id));
  }

  /**
   * Adds an account or replaces the one with its id, and makes it the active one.
   *
   * @throws KeychainError; then nothing was changed
   */
  save(account: Account): Promise<void> {
    return this.#changing(async () => {
      await this.#writeSecret(account);
      await this.#writeList(account.id, account);
      await this.#state.update(activeKey, account.id);
    });
  }

  /** Changes what is stored of an account, which must be there. @throws KeychainError */
  update(id: string, change: (account: Account) => Account): Promise<void> {
    return this.#changing(async () => {
      const stored = await this.#readSecret(id);
      if (stored.status !== "present") throw new KeychainError(stored.status);
      const account = change(stored.account);
      await this.#writeSecret(account);
      await this.#writeList(id, account);
    });
  }

  activate(id: string): Promise<void> {
    return this.#changing(async () => this.#state.update(activeKey, id));
  }

  /** @throws KeychainError; then the account is still there */
  remove(id: string): Promise<void> {
    return this.#changing(() => this.#remove(id));
  }

  /** Removes every account this window knows of or can find. @throws KeychainError */
  removeAll(): Promise<void> {
    return this.#changing(async () => {
      const found = await this.#storedIds();
      const ids = new Set([...this.#readList().map(({ id }) => id), ...(found ?? [])]);
      for (const id of ids) await this.#remove(id);
      await this.#state.update(listKey, undefined);
      await this.#state.update(activeKey, undefined);
    });
  }

  async #remove(id: string): Promise<void> {
    await withinKeychainLimit("delete", () => this.#secrets.delete(secretPrefix + id));
    await this.#writeList(id, undefined);
  }

  /** Takes over what another window did to an account's entry. */
  async #follow(id: string): Promise<void> {
    await this.#changing(async () => {
      const stored = await this.#readSecret(id);
      if (stored.status === "present") await this.#writeList(id, stored.account);
      if (stored.status === "missing") await this.#writeList(id, undefined);
    }).catch(() => {
      // The keychain failed; whoever reads the account next is told so.
    });
  }

  /** Where the keychain can be listed, an account that fell out of the list comes back into it. */
  async #addUnlisted(): Promise<void> {
    const listed = new Set(this.#readList().map(({ id }) => id));
    for (const id of (await this.#storedIds()) ?? []) {
      if (listed.has(id)) continue;
      const stored = await this.#readSecret(id);
      const label = stored.status === "present" ? stored.account.label : id.slice(0, 8);
      await this.#writeList(id, { id, label });
    }
  }

  async #storedIds(): Promise<readonly string[] | undefined> {
    const { keys } = this.#secrets;
    if (!keys) return undefined;
    const all = await withinKeychainLimit("read", () => keys.call(this.#secrets));
    return all
      .filter((key) => key.startsWith(secretPrefix))
      .map((key) => key.slice(secretPrefix.length));
  }

  async #readSecret(id: string): Promise<StoredAccount> {
    return decodeAccount(
      id,
      await withinKeychainLimit("read", () => this.#secrets.get(secretPrefix + id)),
    );
  }

  async #writeSecret(account: Account): Promise<void> {
    // A record of a later version is not ours to overwrite.
    const stored = await this.#readSecret(account.id);
    if (stored.status === "newerVersion") throw new KeychainError("newerVersion");
    const text = encodeAccount(account);
    await withinKeychainLimit("write", () => this.#secrets.store(secretPrefix + account.id, text));
  }

  #readList(): readonly AccountSummary[] {
    try {
      return decodeArray(this.#state.get<unknown>(listKey) ?? [], (item) => {
        const record = decodeRecord(item);
        return { id: requireText(record, "id"), label: requireText(record, "label") };
      });
    } catch {
      // A cache that cannot be read is an empty one: it heals from the keychain.
      return [];
    }
  }

  /** Puts one account into the list as it is now, or takes it out. */
  async #writeList(id: string, summary: AccountSummary | undefined): Promise<void> {
    const list = this.#readList();
    const known = list.find((item) => item.id === id);
    if (known?.label === summary?.label) return;
    const entry = summary && { id, label: summary.label };
    const next = known
      ? list.flatMap((item) => (item.id === id ? (entry ?? []) : item))
      : [...list, ...(entry ? [entry] : [])];
    await this.#state.update(listKey, next);
  }

  async #changing(step: () => Promise<void>): Promise<void> {
    await this.#inTurn(step);
    for (const listener of this.#listeners) listener();
  }

  #inTurn<T>(step: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(step, step);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}
