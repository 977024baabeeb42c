import { badRequest, nonexistentAccount, notFound, tooManyActiveAccessKeys } from "./errors.ts";
import { booleanField, longParameter, textField } from "./fields.ts";
import { ALPHANUMERIC, DIGITS, Random, UPPER_CASE } from "./random.ts";
import type { Answer, Call, Route } from "./routing.ts";
import type { AccessKey, SubAccount } from "./state.ts";
import { formatUtc } from "./time.ts";

const DEFAULT_SIZE = 10;

const random = Random.secret();

function listSubAccounts({ state, query }: Call): Answer {
  const page = longParameter(query, "page", 0, 0);
  const size = longParameter(query, "size", 1, DEFAULT_SIZE);
  const matches = search(state.subAccounts, query);
  const totalPages = Math.ceil(matches.length / size);
  return {
    status: 200,
    json: {
      page,
      totalPages,
      totalItems: matches.length,
      hasPrevious: page > 0,
      hasNext: page + 1 < totalPages,
      isFirst: page === 0,
      isLast: page + 1 >= totalPages,
      items: matches.slice(page * size, (page + 1) * size).map(withoutAccessKeys),
    },
  };
}

function listAccessKeys(call: Call): Answer {
  const { accessKeys } = requireSubAccount(call);
  return {
    status: 200,
    json: accessKeys.map(({ accessKey, active, createTime }) => ({
      accessKey,
      active,
      createTime,
    })),
  };
}

function createAccessKey(call: Call): Answer {
  const { accessKeys } = requireSubAccount(call);
  requireRoomForActive(call, accessKeys);
  const created: AccessKey = {
    accessKey: `ncp_iam_${random.text(UPPER_CASE + DIGITS, 20)}`,
    secretKey: random.text(ALPHANUMERIC, 40),
    active: true,
    isHeld: false,
    createTime: formatUtc(call.now),
    deny: [],
  };
  accessKeys.unshift(created);
  const { accessKey, secretKey, createTime } = created;
  return {
    status: 200,
    json: { accessKey, keySecret: secretKey, createTime },
    onceSent: () => {
      created.isHeld = true;
    },
  };
}

function setAccessKeyActive(call: Call): Answer {
  const { accessKeys } = requireSubAccount(call);
  const accessKey = requireAccessKey(call, accessKeys);
  const active = booleanField(call.body, "active");
  if (active && !accessKey.active) requireRoomForActive(call, accessKeys);
  accessKey.active = active;
  return { status: 200, json: { success: true } };
}

function deleteAccessKey(call: Call): Answer {
  const { accessKeys } = requireSubAccount(call);
  accessKeys.splice(accessKeys.indexOf(requireAccessKey(call, accessKeys)), 1);
  return { status: 200, json: { success: true } };
}

/** A search needs its column and its word; with only one of them there is nothing to look for. */
function search(subAccounts: readonly SubAccount[], query: URLSearchParams): readonly SubAccount[] {
  const column = query.get("searchColumn") ?? "";
  const word = query.get("searchWord") ?? "";
  if (column !== "" && column !== "loginId" && column !== "name" && column !== "subAccountNo")
    throw badRequest("searchColumn has to be loginId, name or subAccountNo.");
  if (column === "" || word === "") return subAccounts;
  return subAccounts.filter((subAccount) => String(subAccount[column]).includes(word));
}

function requireSubAccount({ state, param }: Call): SubAccount {
  const subAccountId = param("subAccountId");
  const subAccount = state.subAccounts.find((candidate) => candidate.subAccountId === subAccountId);
  if (subAccount === undefined) throw nonexistentAccount();
  return subAccount;
}

function requireAccessKey({ body }: Call, accessKeys: readonly AccessKey[]): AccessKey {
  const accessKeyId = textField(body, "accessKey", 1, Infinity);
  const accessKey = accessKeys.find((candidate) => candidate.accessKey === accessKeyId);
  if (accessKey === undefined) throw notFound("There is no such access key.");
  return accessKey;
}

function requireRoomForActive({ state }: Call, accessKeys: readonly AccessKey[]): void {
  const active = accessKeys.filter((accessKey) => accessKey.active);
  if (active.length >= state.switches.mostActiveAccessKeys) throw tooManyActiveAccessKeys();
}

function withoutAccessKeys(subAccount: SubAccount): Partial<SubAccount> {
  const listed: Partial<SubAccount> = { ...subAccount };
  delete listed.accessKeys;
  return listed;
}

function route(
  method: string,
  path: string,
  takesBody: boolean,
  handle: (call: Call) => Answer,
): Route {
  return { service: "subAccount", method, path, takesBody, handle };
}

const ACCESS_KEYS = "/api/v1/sub-accounts/{subAccountId}/access-keys";

export const subAccountRoutes: readonly Route[] = [
  route("GET", "/api/v1/sub-accounts", false, listSubAccounts),
  route("GET", ACCESS_KEYS, false, listAccessKeys),
  route("POST", ACCESS_KEYS, false, createAccessKey),
  route("PUT", ACCESS_KEYS, true, setAccessKeyActive),
  route("DELETE", ACCESS_KEYS, true, deleteAccessKey),
];
