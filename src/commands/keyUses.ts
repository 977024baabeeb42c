import type { Account } from "../accounts/account.ts";
import type { AccountStore } from "../accounts/accountStore.ts";
import { valueOf } from "../changes/apiKeyChanges.ts";
import { mapConcurrently } from "../inventory/mapConcurrently.ts";
import { getApiKey, type ApiKeyDetail, type ApiKeyValueName } from "../ncloud/apiGateway.ts";
import type { NcloudClient } from "../ncloud/ncloudClient.ts";
import { NcloudError } from "../ncloud/ncloudError.ts";
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

/** Requests at a time. */
const mostAtOnce = 6;

/** What depends on these keys on this computer, as far as they can be read. */
export async function keysAtStake(
  store: AccountStore,
  client: NcloudClient,
  rows: readonly KeyRow[],
  signal: AbortSignal,
): Promise<readonly KeyAtStake[]> {
  const accounts = await accountsAt(store, client);
  return mapConcurrently(rows, mostAtOnce, async (row) => {
    return { row, uses: await usesOf(row, accounts, client, signal) };
  });
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
        .map((account) => useOf(account, "signing"));
    case "apiKey": {
      const { apiKeyId } = row.apiKey;
      const known = accounts.filter(({ nsmlApiKeyId }) => nsmlApiKeyId === apiKeyId);
      // Of a value that was pasted only the value itself tells which API key it belongs to.
      const pasted = accounts.filter((a) => a.nsmlApiKey && a.nsmlApiKeyId === undefined);
      const detail = pasted.length > 0 ? await readValues(client, apiKeyId, signal) : undefined;
      const isUnknown = detail === "unreadable";
      const users = isUnknown ? pasted : pasted.filter((a) => detail && sends(a, detail));
      return [
        ...known.map((a) => useOf(a, "nsml")),
        ...users.map((a) => useOf(a, isUnknown ? "maybeNsml" : "nsml")),
      ];
    }
  }
}

function useOf({ label }: Account, as: KeyUse["as"]): KeyUse {
  return { account: label, as };
}

/** Undefined when the API key is gone. What cannot be read must not be in the way of a change. */
async function readValues(
  client: NcloudClient,
  apiKeyId: string,
  signal: AbortSignal,
): Promise<ApiKeyDetail | "unreadable" | undefined> {
  try {
    return await getApiKey(client, apiKeyId, signal);
  } catch (error) {
    if (!(error instanceof NcloudError) || error.kind === "cancelled") throw error;
    return error.kind === "notFound" ? undefined : "unreadable";
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
