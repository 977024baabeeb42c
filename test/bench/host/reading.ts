import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { collectKeys } from "../../../src/inventory/collectKeys.ts";
import { KeySearch } from "../../../src/inventory/keySearch.ts";
import { mapConcurrently } from "../../../src/inventory/mapConcurrently.ts";
import { NcloudClient } from "../../../src/ncloud/ncloudClient.ts";
import { usedHeap } from "../../support/memory/heap.ts";
import { median, takeTurns } from "../measure.ts";
import { timeText, type Row, type Size } from "../row.ts";
import { farMs, type BenchAccount, type BenchAccounts } from "../server.ts";
import { accountOf, clientParts } from "./accountOf.ts";
import { BareClient } from "./bareClient.ts";

/** What one reading of an account took. */
interface Reading {
  readonly ms: number;
  /** Of this whole process, milliseconds. */
  readonly cpuMs: number;
  /** The longest time that nothing else could run, milliseconds. */
  readonly blockMs: number;
  readonly heapBytes: number;
}

const pageSize = 1000;
const subAccountPageSize = 100;
const concurrency = 6;

/** Everything of an account that Find, the export and the health page read, against a bare loop. */
export async function readRows(accounts: BenchAccounts): Promise<{ rows: Row[]; sizes: Size[] }> {
  const sizes: Size[] = [];
  for (const [keys, account, rounds] of [
    [1_000, accounts.keys1000, 9],
    [10_000, accounts.keys10000, 7],
  ] as const) {
    const { ours, bare } = await compare(account, keys, rounds);
    sizes.push(sizeOf(keys, ours, bare));
  }
  const all = await compare(accounts.keys100000, 100_000, 5);
  sizes.push(sizeOf(100_000, all.ours, all.bare));
  const far = await compare(accounts.farKeys, 100_000, 3);
  const people = await compare(accounts.people, 1 + 500 + 1_000, 7);
  const heap = sizes.at(-1)!.heapBytes / 100_000;
  return {
    rows: [
      timeRow("All of 100,000 API keys", all),
      timeRow(`All of 100,000 API keys, server answers after ${farMs} ms`, far),
      timeRow("500 sub accounts with 1,000 access keys", people),
      {
        what: "Heap for each of 100,000 API keys, in Find",
        against: "before they were read",
        ratio: undefined,
        goal: "≤ 300 bytes",
        met: heap <= 300,
        details: `${Math.round(heap)} bytes; the bare loop's parsed JSON ${Math.round(all.bare.heap / 100_000)}`,
      },
      blockRow("Longest block while 100,000 API keys are read", all),
      blockRow("Longest block while 500 sub accounts are read", people),
    ],
    sizes,
  };
}

interface Side {
  readonly ms: number;
  readonly cpu: number;
  readonly block: number;
  readonly heap: number;
  readonly search: KeySearch | undefined;
}

type Sides = Readonly<Record<"ours" | "bare", Side>>;

function timeRow(what: string, { ours, bare }: Sides): Row {
  const ratio = ours.ms / bare.ms;
  return {
    what,
    against: "a bare loop that signs, fetches the same and parses the JSON",
    ratio,
    goal: "≤ 1.3 ×",
    met: ratio <= 1.3,
    details: `${timeText(ours.ms)} : ${timeText(bare.ms)}; processor ${timeText(ours.cpu)} : ${timeText(bare.cpu)}`,
  };
}

function blockRow(what: string, { ours, bare }: Sides): Row {
  return {
    what,
    against: "the bare loop's",
    ratio: ours.block / bare.block,
    goal: "≤ its + 15 ms",
    met: ours.block <= bare.block + 15,
    details: `${timeText(ours.block)} : ${timeText(bare.block)}`,
  };
}

function sizeOf(keys: number, ours: Side, bare: Side): Size {
  const find = () => {
    const start = performance.now();
    ours.search!.find("gateway", 200);
    return performance.now() - start;
  };
  const findMs = median(Array.from({ length: 15 }, find));
  return { keys, loadMs: ours.ms, bareLoadMs: bare.ms, findMs, heapBytes: ours.heap };
}

async function compare(account: BenchAccount, expected: number, rounds: number): Promise<Sides> {
  const client = new BareClient(account);
  let search: KeySearch | undefined;
  const readings = await takeTurns(
    {
      ours: () => {
        search = new KeySearch();
        return measured(expected, (held) => readByUs(account, held, search!), search);
      },
      bare: () => measured(expected, (held) => readBare(client, held), undefined),
    },
    { rounds },
  );
  client.close();
  const sideOf = (name: "ours" | "bare", found: KeySearch | undefined): Side => {
    const each = readings[name];
    const medianOf = (figure: keyof Reading) => median(each.map((reading) => reading[figure]));
    const [ms, cpu, block, heap] = [
      medianOf("ms"),
      medianOf("cpuMs"),
      medianOf("blockMs"),
      medianOf("heapBytes"),
    ];
    return { ms, cpu, block, heap, search: found };
  };
  return { ours: sideOf("ours", search), bare: sideOf("bare", undefined) };
}

/** Runs one reading, which puts what it keeps into `held`, and counts what it found. */
async function measured(
  expected: number,
  read: (held: unknown[]) => Promise<number>,
  search: KeySearch | undefined,
): Promise<Reading> {
  const held: unknown[] = [search];
  const heapBefore = usedHeap();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const cpuBefore = process.cpuUsage();
  delay.enable();
  const start = performance.now();
  const found = await read(held);
  const ms = performance.now() - start;
  delay.disable();
  const cpu = process.cpuUsage(cpuBefore);
  if (found !== expected) throw new Error(`${found} were read instead of ${expected}.`);
  const heapBytes = usedHeap() - heapBefore;
  // Until here what was read is in use.
  held.length = 0;
  return { ms, cpuMs: (cpu.user + cpu.system) / 1000, blockMs: delay.max / 1e6, heapBytes };
}

async function readByUs(account: BenchAccount, _: unknown[], search: KeySearch): Promise<number> {
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
async function readBare(client: BareClient, held: unknown[]): Promise<number> {
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
