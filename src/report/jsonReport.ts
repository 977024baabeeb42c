import {
  accessKeysByOwner,
  isoTime,
  reasonOf,
  recordsOfKind,
  subAccountIdOf,
  zoneWord,
  type AccountReport,
  type InventoryReport,
  type RecordOf,
} from "./inventoryReport.ts";

/** Of `media/inventory.schema.json`. A change that a reader of the old form would not take raises it. */
const schemaVersion = 1;

/**
 * Key by key, as `JSON.stringify` would indent the whole.
 *
 * @see media/inventory.schema.json
 */
export function* jsonReport({ generatedAt, accounts }: InventoryReport): Generator<string> {
  yield objectBegin({ schemaVersion, generatedAt: isoTime(generatedAt) });
  yield* list("accounts", accounts, accountPieces, "  ");
  yield "\n}\n";
}

function* accountPieces(account: AccountReport): Generator<string> {
  const { label, zone, gaps } = account;
  const head = {
    label,
    zone: zoneWord(zone),
    complete: gaps.length === 0,
    notRead: gaps.map((gap) => ({
      part: gap.place.kind,
      subAccountId: subAccountIdOf(gap),
      reason: reasonOf(gap),
    })),
  };
  yield indented(objectBegin(head), "    ");
  yield* keyList("authKeys", recordsOfKind(account, "authKey"), authKeyObject);
  yield* keyList("apiKeys", recordsOfKind(account, "apiKey"), apiKeyObject);
  const keysOf = accessKeysByOwner(account);
  yield* keyList("subAccounts", recordsOfKind(account, "subAccount"), (subAccount) =>
    subAccountObject(subAccount, keysOf.get(subAccount.subAccountId) ?? []),
  );
  yield "\n    }";
}

function keyList<T>(name: string, records: readonly T[], objectOf: (record: T) => object) {
  const pieces = (record: T) => [
    indented(JSON.stringify(objectOf(record), undefined, 2), "        "),
  ];
  return list(name, records, pieces, "      ");
}

/** The last property of an object that has others before it. */
function* list<T>(
  name: string,
  items: readonly T[],
  piecesOf: (item: T) => Iterable<string>,
  margin: string,
): Generator<string> {
  let before = `,\n${margin}"${name}": [\n${margin}  `;
  for (const item of items) {
    for (const piece of piecesOf(item)) {
      yield before + piece;
      before = "";
    }
    before = `,\n${margin}  `;
  }
  yield items.length === 0 ? `,\n${margin}"${name}": []` : `\n${margin}]`;
}

/** An object's text without its end. */
function objectBegin(object: object): string {
  return JSON.stringify(object, undefined, 2).slice(0, -"\n}".length);
}

/** Within a string a line break is written `\\n`: all that there are stand between values. */
function indented(text: string, margin: string): string {
  return text.replaceAll("\n", `\n${margin}`);
}

/** What is not known is left out, as `JSON.stringify` does with undefined. */
function authKeyObject({ authKey, localKey }: RecordOf<"authKey">): object {
  return {
    title: authKey.title,
    name: authKey.name,
    fingerprintMd5: authKey.fingerprint,
    fingerprintSha256: localKey?.sha256Fingerprint,
    createTime: authKey.createTime,
    localFile: localKey?.fileName,
  };
}

function apiKeyObject({ apiKey }: RecordOf<"apiKey">): object {
  return {
    apiKeyId: apiKey.apiKeyId,
    name: apiKey.name,
    description: apiKey.description,
    enabled: apiKey.isEnabled,
    changedAt: isoTime(apiKey.modifiedAt),
  };
}

function subAccountObject(
  { subAccountId, subAccount }: RecordOf<"subAccount">,
  keys: readonly RecordOf<"accessKey">[],
): object {
  return {
    subAccountId,
    loginId: subAccount?.loginId,
    name: subAccount?.name,
    active: subAccount?.active,
    apiAccess: subAccount?.canUseApi,
    accessKeys: keys.map(({ accessKey }) => ({
      accessKeyId: accessKey.accessKeyId,
      active: accessKey.active,
      createdAt: isoTime(accessKey.createdAt),
    })),
  };
}
