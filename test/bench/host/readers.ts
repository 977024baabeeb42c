import { collectKeys } from "../../../src/inventory/collectKeys.ts";
import type { KeyRecord } from "../../../src/inventory/keyRecord.ts";
import type { KeySearch } from "../../../src/inventory/keySearch.ts";
import { mapConcurrently } from "../../../src/inventory/mapConcurrently.ts";
import { rowIdOfRecord } from "../../../src/inventory/rowOfRecord.ts";
import { NcloudClient } from "../../../src/ncloud/ncloudClient.ts";
import { csvReport } from "../../../src/report/csvReport.ts";
import { HealthReport } from "../../../src/report/healthReport.ts";
import type { KeyOnly } from "../../../src/report/keyHealth.ts";
import { slicesOf } from "../../../src/report/slicesOf.ts";
import { PageReportText } from "../../../src/ui/healthReportText.ts";
import type { BenchAccount } from "../server.ts";
import { accountOf, clientParts } from "./accountOf.ts";
import type { BareClient } from "./bareClient.ts";

const pageSize = 1000;
const subAccountPageSize = 100;
const concurrency = 6;

type Collectable = Parameters<typeof collectKeys>[0];
type Sink = Parameters<typeof collectKeys>[1];

/** All keys of an account, as Find reads them, into `search`; returns how many there are. */
export async function readByUs(account: BenchAccount, search: KeySearch): Promise<number> {
  await collect(account, (records) => search.add(records));
  return search.size;
}

/** The same as the export reads them, and their text as a table; both are put into `held`. */
export async function exportByUs(account: BenchAccount, held: unknown[]): Promise<number> {
  const records: KeyRecord[] = [];
  await collect(account, (more) => {
    for (const record of more) records.push(record);
  });
  const { label, zone } = accountOf(account);
  const report = { generatedAt: Date.now(), accounts: [{ label, zone, records, gaps: [] }] };
  const text: string[] = [];
  let lines = 0;
  for await (const pieces of slicesOf(csvReport(report))) {
    text.push(pieces.join(""));
    lines += pieces.length;
  }
  held.push(records, text);
  // The first line is the head.
  return lines - 1;
}

/** The same as the page of key health reads them. */
export async function healthByUs(account: BenchAccount, held: unknown[]): Promise<HealthReport> {
  const idOf = (key: KeyOnly) => rowIdOfRecord("bench", key);
  const report = new HealthReport(idOf, () => undefined);
  held.push(report);
  await report.read(inventoryOf(account));
  return report;
}

/** The same, and what the page is told of them; the editor makes JSON of it. */
export async function healthPageByUs(account: BenchAccount, held: unknown[]): Promise<number> {
  const { collected } = await healthByUs(account, held);
  const text = new PageReportText();
  let keys = 0;
  for await (const slice of slicesOf(collected.keys)) {
    keys += slice.length;
    JSON.stringify(slice.map(([id, key]) => text.key(id, key)));
  }
  return keys;
}

async function collect(account: BenchAccount, add: Sink["add"]): Promise<void> {
  const miss: Sink["miss"] = ({ error }) => {
    throw error;
  };
  await collectKeys(inventoryOf(account), { add, miss }, new AbortController().signal);
}

function inventoryOf(account: BenchAccount): Collectable {
  const credentials = { ...accountOf(account), nsmlApiKey: undefined };
  return {
    client: new NcloudClient(credentials, clientParts),
    nsml: "needsApiKey",
    subAccountIds: [],
    // Not asked for without NSML.
    localKeys: undefined as never,
  };
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
