import {
  createApiKey,
  getApiKey,
  listApiKeys,
  regenerateApiKey,
  updateApiKey,
} from "../../../../src/ncloud/apiGateway.ts";
import { type NcloudClient } from "../../../../src/ncloud/ncloudClient.ts";
import { listAuthKeys } from "../../../../src/ncloud/nsml.ts";
import {
  createAccessKey,
  deleteAccessKey,
  listAccessKeys,
  listSubAccounts,
  setAccessKeyActive,
} from "../../../../src/ncloud/subAccount.ts";
import { newSecret, never } from "./observed.ts";

/** What a field has to be; a question mark: or absent, or null. "any": it is not read. */
export type Rule = "text" | "text?" | "boolean" | "boolean?" | "true" | "count" | "list" | "any";

/** An answer as NCP documents it, and what of it has to be how. */
export interface DocumentedShape {
  readonly name: string;
  /** Whether the request changes something, so that it is sent once. */
  readonly isWrite?: boolean;
  /** Whether the answer is one thing, and not a list. */
  readonly isSingle?: boolean;
  /** Sends the request and counts the items of its answer; an answer without items is one. */
  read(client: NcloudClient): Promise<number>;
  /** A right answer with so many items. */
  body(items: number): unknown;
  /** By path; `[]` stands for any index. */
  readonly rules: Readonly<Record<string, Rule>>;
}

const apiKeyRules: Readonly<Record<string, Rule>> = {
  apiKeyId: "text",
  tenantId: "any",
  apiKeyName: "text",
  apiKeyDescription: "text?",
  modifier: "any",
  isEnabled: "boolean",
  modTime: "text?",
  domainCode: "any",
};

function apiKeyOf(index: number): object {
  return {
    apiKeyId: `id${index}`,
    tenantId: "tenantId",
    apiKeyName: "apiKeyName",
    apiKeyDescription: "apiKeyDescription",
    modifier: "modifier",
    isEnabled: index % 2 === 0,
    modTime: "2024-05-07T07:08:12Z",
    domainCode: "PUB",
  };
}

const words = { apiKeyId: "id", name: "a", description: "b", isEnabled: true };

const detailRules = { ...apiKeyRules, primaryKey: "text", secondaryKey: "text" } as const;

function detailOf(index: number): object {
  return { ...apiKeyOf(index), primaryKey: newSecret(), secondaryKey: newSecret() };
}

function under(prefix: string, rules: Readonly<Record<string, Rule>>): Record<string, Rule> {
  return Object.fromEntries(
    Object.entries(rules).map(([path, rule]) => [`${prefix}${path}`, rule]),
  );
}

function itemsOf<T>(count: number, item: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => item(index));
}

/** A change of which the answer says something. */
function changeOf(
  name: string,
  send: (client: NcloudClient) => Promise<unknown>,
  body: () => unknown,
  rules: Readonly<Record<string, Rule>>,
): DocumentedShape {
  const read = async (client: NcloudClient) => {
    await send(client);
    return 1;
  };
  return { name, read, isWrite: true, isSingle: true, body, rules };
}

/** The answers that are read: the five documented ones, the page of sub accounts, and those to changes. */
export const documentedShapes: readonly DocumentedShape[] = [
  changeOf(
    "createApiKey",
    (client) => createApiKey(client, { name: "a", description: "b" }, never()),
    () => ({ apiKey: detailOf(0) }),
    under("apiKey.", detailRules),
  ),
  changeOf(
    "updateApiKey",
    (client) => updateApiKey(client, words, never()),
    () => ({ apiKey: apiKeyOf(0) }),
    under("apiKey.", apiKeyRules),
  ),
  changeOf(
    "regenerateApiKey",
    (client) => regenerateApiKey(client, "id", "primary", never()),
    () => ({ apiKey: detailOf(0) }),
    under("apiKey.", { ...detailRules, primaryKey: "text?", secondaryKey: "text?" }),
  ),
  changeOf(
    "createAccessKey",
    (client) => createAccessKey(client, "id", never()),
    () => ({ accessKey: "id", keySecret: newSecret(), createTime: "2024-04-25T08:02:15Z" }),
    { accessKey: "text", keySecret: "text", createTime: "any" },
  ),
  changeOf(
    "setAccessKeyActive",
    (client) => setAccessKeyActive(client, "id", { accessKeyId: "key", active: false }, never()),
    () => ({ success: true }),
    { success: "true" },
  ),
  changeOf(
    "deleteAccessKey",
    (client) => deleteAccessKey(client, "id", "key", never()),
    () => ({ success: true }),
    { success: "true" },
  ),
  {
    name: "listAuthKeys",
    read: async (client) => (await listAuthKeys(client, never())).length,
    body: (items) => ({
      keyList: itemsOf(items, (index) => ({
        name: `name${index}`,
        title: `title${index}`,
        fingerprint: "00:11",
        createTime: "2024-09-03 09:36:40",
      })),
      totalCount: items,
    }),
    rules: {
      keyList: "list",
      totalCount: "any",
      ...under("keyList[].", {
        name: "text",
        title: "text",
        fingerprint: "text",
        createTime: "text?",
      }),
    },
  },
  {
    name: "listApiKeys",
    read: async (client) =>
      (await listApiKeys(client, { offset: 0, limit: 9 }, never())).apiKeys.length,
    body: (items) => ({ apiKeys: itemsOf(items, apiKeyOf), total: items, initialCount: items }),
    rules: {
      apiKeys: "list",
      total: "count",
      initialCount: "any",
      ...under("apiKeys[].", apiKeyRules),
    },
  },
  {
    name: "getApiKey",
    read: async (client) => {
      await getApiKey(client, "id", never());
      return 1;
    },
    body: () => detailOf(0),
    isSingle: true,
    rules: detailRules,
  },
  {
    name: "listAccessKeys",
    read: async (client) => (await listAccessKeys(client, "id", never())).length,
    body: (items) =>
      itemsOf(items, (index) => ({
        accessKey: `id${index}`,
        active: index % 2 === 0,
        createTime: "2024-04-25T08:02:15Z",
      })),
    rules: under("[].", { accessKey: "text", active: "boolean", createTime: "text?" }),
  },
  {
    name: "listSubAccounts",
    read: async (client) =>
      (await listSubAccounts(client, { page: 0, size: 9 }, never())).subAccounts.length,
    body: (items) => ({
      page: 0,
      totalPages: 1,
      totalItems: items,
      hasNext: false,
      items: itemsOf(items, (index) => ({
        subAccountId: `id${index}`,
        subAccountNo: index,
        loginId: `login${index}`,
        name: "김민지",
        email: "minji@example.com",
        active: true,
        canAPIGatewayAccess: index % 2 === 0,
        createTime: "2024-04-25T08:02:15Z",
      })),
    }),
    rules: {
      page: "any",
      totalItems: "count",
      hasNext: "boolean",
      items: "list",
      ...under("items[].", {
        subAccountId: "text",
        subAccountNo: "any",
        loginId: "text",
        name: "text?",
        active: "boolean?",
        canAPIGatewayAccess: "boolean?",
        createTime: "any",
      }),
    },
  },
];

const rules: Readonly<Record<Rule, (value: unknown) => boolean>> = {
  any: () => true,
  text: (value) => typeof value === "string" && value.length > 0,
  "text?": (value) => isAbsent(value) || typeof value === "string",
  boolean: (value) => value === true || value === false,
  true: (value) => value === true,
  "boolean?": (value) => isAbsent(value) || value === true || value === false,
  count: (value) => typeof value === "number" && value >= 0 && value < 2 ** 53 && value % 1 === 0,
  list: (value) => Array.isArray(value),
};

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

/** Whether a value, or undefined for none, is what a rule asks for; of a list not its items. */
export function satisfies(rule: Rule, value: unknown): boolean {
  return rules[rule](value);
}
