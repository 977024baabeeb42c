import { collectKeys } from "../../../src/inventory/collectKeys.ts";
import type { KeySearch } from "../../../src/inventory/keySearch.ts";
import { mapConcurrently } from "../../../src/inventory/mapConcurrently.ts";
import { NcloudClient } from "../../../src/ncloud/ncloudClient.ts";
import type { BenchAccount } from "../server.ts";
import { accountOf, clientParts } from "./accountOf.ts";
import type { BareClient } from "./bareClient.ts";

const pageSize = 1000;
const subAccountPageSize = 100;
const concurrency = 6;

/** All keys of an account, as Find reads them, into `search`; returns how many there are. */
export async function readByUs(account: BenchAccount, search: KeySearch): Promise<number> {
  const credentials = { ...accountOf(account), nsmlApiKey: undefined };
  const inventory = {
    client: new NcloudClient(credentials, clientParts),
    nsml: "needsApiKey",
    subAccountIds: [],
    // Not asked for without NSML.
    localKeys: undefined as never,
  } as const;
  const sink = {
    add: (records: Parameters<KeySearch["add"]>[0]) => search.add(records),
    miss: ({ error }: { readonly error: Error }) => {
      throw error;
    },
  };
  await collectKeys(inventory, sink, new AbortController().signal);
  return search.size;
}

interface ApiKeyPage {
  readonly apiKeys: readonly unknown[];
  readonly total: number;
}

interface SubAccountPage {
  readonly items: readonly { readonly subAccountId: string }[];
  readonly hasNext: boolean;
}

/** The same pages at the same concurrency; keeps what was parsed and looks at nothing more. */
export async function readBare(client: BareClient, held: unknown[]): Promise<number> {
  const counts = await Promise.all([bareApiKeys(client, held), bareSubAccounts(client, held)]);
  return counts[0] + counts[1];
}

async function bareApiKeys(client: BareClient, held: unknown[]): Promise<number> {
  const read = async (offset: number) => {
    const path = `/api/v1/api-keys?offset=${offset}&limit=${pageSize}`;
    const page = (await client.get(path)) as ApiKeyPage;
    held.push(page.apiKeys);
    return page;
  };
  const { total } = await read(0);
  const offsets: number[] = [];
  for (let offset = pageSize; offset < total; offset += pageSize) offsets.push(offset);
  await mapConcurrently(offsets, concurrency, read);
  return total;
}

async function bareSubAccounts(client: BareClient, held: unknown[]): Promise<number> {
  const ids: string[] = [];
  for (let page = 0, hasNext = true; hasNext; page++) {
    const path = `/api/v1/sub-accounts?page=${page}&size=${subAccountPageSize}`;
    const answer = (await client.get(path)) as SubAccountPage;
    held.push(answer.items);
    ids.push(...answer.items.map(({ subAccountId }) => subAccountId));
    ({ hasNext } = answer);
  }
  let count = ids.length;
  await mapConcurrently(ids, concurrency, async (id) => {
    const keys = (await client.get(`/api/v1/sub-accounts/${id}/access-keys`)) as unknown[];
    held.push(keys);
    count += keys.length;
  });
  return count;
}
