import type { Account } from "../accounts/account.ts";
import type { AccountStore } from "../accounts/accountStore.ts";
import { valueOf } from "../changes/apiKeyChanges.ts";
import { getApiKey, type ApiKeyDetail, type ApiKeyValueName } from "../ncloud/apiGateway.ts";
import type { NcloudClient } from "../ncloud/ncloudClient.ts";
import { isSameZone } from "../ncloud/zone.ts";
import type { KeyAtStake, KeyRow, KeyUse } from "../ui/changeDialogs.ts";

/** The accounts of this computer that work at the zone of a client, as far as they can be read. */
export async function accountsAt(
  store: AccountStore,
  { credentials }: NcloudClient,
): Promise<readonly Account[]> {
  const { accounts } = await store.list();
  const found: Account[] = [];
  for (const { id } of accounts) {
    const stored = await store.read(id);
    if (stored.status !== "present") continue;
    if (isSameZone(stored.account.zone, credentials.zone)) found.push(stored.account);
  }
  return found;
}

/** What depends on these keys on this computer. */
export async function keysAtStake(
  store: AccountStore,
  client: NcloudClient,
  rows: readonly KeyRow[],
  signal: AbortSignal,
): Promise<readonly KeyAtStake[]> {
  const accounts = await accountsAt(store, client);
  const keys: KeyAtStake[] = [];
  for (const row of rows) keys.push({ row, uses: await usesOf(row, accounts, client, signal) });
  return keys;
}

async function usesOf(
  row: KeyRow,
  accounts: readonly Account[],
  client: NcloudClient,
  signal: AbortSignal,
): Promise<readonly KeyUse[]> {
  switch (row.kind) {
    case "authKey":
      return [];
    case "accessKey":
      return accounts
        .filter(({ accessKeyId }) => accessKeyId === row.accessKey.accessKeyId)
        .map(({ label }) => ({ account: label, as: "signing" }));
    case "apiKey": {
      const { apiKeyId } = row.apiKey;
      const known = accounts.filter(({ nsmlApiKeyId }) => nsmlApiKeyId === apiKeyId);
      // Of a value that was pasted only the value itself tells which API key it belongs to.
      const pasted = accounts.filter((a) => a.nsmlApiKey && a.nsmlApiKeyId === undefined);
      const detail = pasted.length > 0 ? await getApiKey(client, apiKeyId, signal) : undefined;
      const users = [...known, ...(detail ? pasted.filter((a) => sends(a, detail)) : [])];
      return users.map(({ label }) => ({ account: label, as: "nsml" }));
    }
  }
}

function sends(account: Account, detail: ApiKeyDetail): boolean {
  return sendsValue(account, detail, "primary") || sendsValue(account, detail, "secondary");
}

/** Whether an account sends this very value of an API key to NSML. */
export function sendsValue(
  { nsmlApiKey }: Account,
  detail: ApiKeyDetail,
  which: ApiKeyValueName,
): boolean {
  return nsmlApiKey?.equals(valueOf(detail, which)) ?? false;
}
