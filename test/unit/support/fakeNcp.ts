import { AssertionError } from "node:assert/strict";
import { Inventory, type InventoryParts } from "../../../src/inventory/inventory.ts";
import type { LocalKey } from "../../../src/inventory/localKeyIndex.ts";
import type { Credentials } from "../../../src/ncloud/ncloudClient.ts";
import type { Transport, WireRequest, WireResponse } from "../../../src/ncloud/transport.ts";
import { answerOf, type ScriptedAnswer } from "../ncloud/support/fakeTransport.ts";
import { clientOn } from "../ncloud/support/observed.ts";

/** What an address answers: always the same, or a function of the request. */
export type FakeAnswer = ScriptedAnswer | ((url: URL) => ScriptedAnswer | Promise<ScriptedAnswer>);

/** An NCP that answers whatever a test wants it to, address by address. */
export class FakeNcp implements Transport {
  /** The paths that were asked for. */
  readonly requests: string[] = [];
  /** What was empty or unknown to the server is answered in its usual shape. */
  readonly answers: Record<string, FakeAnswer>;

  constructor(answers: Readonly<Record<string, FakeAnswer>> = {}) {
    this.answers = { ...emptyAccount, ...answers };
  }

  async send({ url }: WireRequest): Promise<WireResponse> {
    const address = new URL(url);
    this.requests.push(address.pathname);
    const answer = this.answers[address.pathname];
    if (!answer) {
      throw new AssertionError({ message: `Nobody expected ${address.pathname}.` });
    }
    return answerOf(typeof answer === "function" ? await answer(address) : answer);
  }

  inventory(
    parts: {
      readonly credentials?: Partial<Credentials>;
      readonly subAccountIds?: readonly string[];
      readonly localKeys?: readonly LocalKey[];
      readonly readLocalKeys?: InventoryParts["readLocalKeys"];
      readonly accountId?: string;
    } = {},
  ): Inventory {
    return new Inventory({
      accountId: parts.accountId ?? "account",
      client: clientOn(this, parts.credentials).client,
      subAccountIds: parts.subAccountIds ?? [],
      readLocalKeys: parts.readLocalKeys ?? (() => Promise.resolve(parts.localKeys ?? [])),
    });
  }
}

export const authKeysPath = "/nsml/v1/auth-keys";
export const apiKeysPath = "/api/v1/api-keys";
export const subAccountsPath = "/api/v1/sub-accounts";

const emptyAccount: Readonly<Record<string, FakeAnswer>> = {
  [authKeysPath]: authKeyList(),
  [apiKeysPath]: apiKeyPage([]),
  [subAccountsPath]: subAccountPage([]),
};

export function authKeyList(...keys: readonly { title: string; name?: string }[]): ScriptedAnswer {
  const keyList = keys.map(({ title, name = "name" }) => ({
    title,
    name,
    fingerprint: `fingerprint of ${title}`,
    createTime: "2024-09-03 09:36:40",
  }));
  return { json: { keyList, totalCount: keyList.length } };
}

export function apiKeyPage(ids: readonly string[], total = ids.length): ScriptedAnswer {
  const apiKeys = ids.map((apiKeyId) => ({
    apiKeyId,
    apiKeyName: `name of ${apiKeyId}`,
    isEnabled: true,
  }));
  return { json: { apiKeys, total } };
}

export function subAccountPage(
  ids: readonly string[],
  totalItems = ids.length,
  hasNext = false,
): ScriptedAnswer {
  const items = ids.map((subAccountId) => ({ subAccountId, loginId: `login of ${subAccountId}` }));
  return { json: { items, totalItems, hasNext } };
}

export function accessKeyList(...ids: readonly string[]): ScriptedAnswer {
  return { json: ids.map((accessKey) => ({ accessKey, active: true })) };
}

/** A refusal in the gateway's shape. */
export function refusal(status: number, errorCode: string, message = ""): ScriptedAnswer {
  return { status, json: { error: { errorCode, message } } };
}

export const noPermission = refusal(401, "210", "Permission Denied");
export const notSubscribed = refusal(401, "210", "A subscription to the API is required.");
export const serverError = refusal(500, "900", "Unexpected Error");
