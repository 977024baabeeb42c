import {
  accessKeysByOwner,
  isoTime,
  reasonOf,
  recordsOfKind,
  subAccountIdOf,
  zoneWord,
  type AccountReport,
  type InventoryReport,
} from "./inventoryReport.ts";

/** Of `media/inventory.schema.json`. A change that a reader of the old form would not take raises it. */
const schemaVersion = 1;

/** @see media/inventory.schema.json */
export function jsonReport({ generatedAt, accounts }: InventoryReport): string {
  const document = {
    schemaVersion,
    generatedAt: isoTime(generatedAt),
    accounts: accounts.map(accountObject),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** What is not known is left out, as `JSON.stringify` does with undefined. */
function accountObject(account: AccountReport): object {
  return {
    label: account.label,
    zone: zoneWord(account.zone),
    complete: account.gaps.length === 0,
    notRead: account.gaps.map((gap) => ({
      part: gap.place.kind,
      subAccountId: subAccountIdOf(gap),
      reason: reasonOf(gap),
    })),
    authKeys: recordsOfKind(account, "authKey").map(({ authKey, localKey }) => ({
      title: authKey.title,
      name: authKey.name,
      fingerprintMd5: authKey.fingerprint,
      fingerprintSha256: localKey?.sha256Fingerprint,
      createTime: authKey.createTime,
      localFile: localKey?.fileName,
    })),
    apiKeys: recordsOfKind(account, "apiKey").map(({ apiKey }) => ({
      apiKeyId: apiKey.apiKeyId,
      name: apiKey.name,
      description: apiKey.description,
      enabled: apiKey.isEnabled,
      changedAt: isoTime(apiKey.modifiedAt),
    })),
    subAccounts: subAccountObjects(account),
  };
}

function subAccountObjects(account: AccountReport): readonly object[] {
  const keysOf = accessKeysByOwner(account);
  return recordsOfKind(account, "subAccount").map(({ subAccountId, subAccount }) => ({
    subAccountId,
    loginId: subAccount?.loginId,
    name: subAccount?.name,
    active: subAccount?.active,
    apiAccess: subAccount?.canUseApi,
    accessKeys: (keysOf.get(subAccountId) ?? []).map(({ accessKey }) => ({
      accessKeyId: accessKey.accessKeyId,
      active: accessKey.active,
      createdAt: isoTime(accessKey.createdAt),
    })),
  }));
}
