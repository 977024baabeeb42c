import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { KeySearch } from "../../../src/inventory/keySearch.ts";
import { usedHeap } from "../../support/memory/heap.ts";
import { median, takeTurns, timeOfOne } from "../measure.ts";
import { timeText, type Row, type Size } from "../row.ts";
import { farMs, nearMs, type BenchAccount, type BenchAccounts } from "../server.ts";
import { BareClient } from "./bareClient.ts";
import { exportByUs, healthByUs, healthPageByUs, readBare, readByUs } from "./readers.ts";

/** What one reading of an account took. */
interface Reading {
  readonly ms: number;
  /** Of this whole process, milliseconds. */
  readonly cpuMs: number;
  /** The longest time that nothing else could run, milliseconds. */
  readonly blockMs: number;
  readonly heapBytes: number;
  /** To find in it, where it was read to be found, milliseconds. */
  readonly findMs: number;
}

/** An API key, the sub accounts, and their access keys. */
const peopleRecords = 1 + 500 + 1_000;

/** Reads an account, puts what it keeps into `held`, and returns how many keys it found. */
type Reader = (account: BenchAccount, held: unknown[]) => Promise<number>;

const find: Reader = (account, held) => {
  const search = new KeySearch();
  held.push(search);
  return readByUs(account, search);
};

const otherUses = {
  csv: exportByUs,
  health: async (account, held) => (await healthByUs(account, held)).collected.keys.size,
} satisfies Record<string, Reader>;

/** Everything of an account that Find, the export and the health page read, against a bare loop. */
export async function readRows(
  accounts: BenchAccounts,
  plots: boolean,
): Promise<{ rows: Row[]; sizes?: Size[] }> {
  const sizes: Size[] = [];
  const smaller = [
    [1_000, accounts.keys1000, 9],
    [10_000, accounts.keys10000, 7],
  ] as const;
  for (const [keys, account, rounds] of plots ? smaller : []) {
    const { ours, bare } = await compare(account, keys, rounds, { ours: find });
    sizes.push(sizeOf(keys, ours, bare));
  }
  const all = await compare(accounts.keys100000, 100_000, 5, { ours: find });
  // From here on the code is warm, but for what is made of the keys.
  sizes.push(sizeOf(100_000, all.ours, all.bare));
  const far = await compare(accounts.farKeys, 100_000, 3, { ours: find }, 0);
  const { bare, ...uses } = await compare(accounts.keys100000, 100_000, 3, otherUses);
  const shown = await compare(accounts.keys100000, 100_000, 3, { ours: healthPageByUs }, 0);
  const people = await compare(accounts.people, peopleRecords, 5, { ours: find }, 0);
  const nearPeople = await compare(accounts.nearPeople, peopleRecords, 3, { ours: find }, 0);
  const heap = sizes.at(-1)!.heapBytes / 100_000;
  return {
    rows: [
      timeRow("All of 100,000 API keys", all),
      timeRow(`All of 100,000 API keys, server answers after ${farMs} ms`, far),
      timeRow("100,000 API keys read and exported as CSV", { ours: uses.csv, bare }),
      timeRow("100,000 API keys read into key health", { ours: uses.health, bare }),
      timeRow("500 sub accounts with 1,000 access keys", people),
      timeRow(
        `500 sub accounts with 1,000 access keys, server answers after ${nearMs} ms`,
        nearPeople,
      ),
      {
        what: "Heap for each of 100,000 API keys, in Find",
        against: "before they were read",
        ratio: undefined,
        goal: "≤ 300 bytes",
        met: heap <= 300,
        ours: heap,
        theirs: all.bare.heap / 100_000,
        unit: "bytes",
        rounds: all.ours.rounds,
        details: `${Math.round(heap)} bytes; the bare loop's parsed JSON ${Math.round(all.bare.heap / 100_000)}`,
      },
      blockRow("Longest block while 100,000 API keys are read", all),
      blockRow("Longest block while 100,000 API keys are exported as CSV", {
        ours: uses.csv,
        bare,
      }),
      blockRow("Longest block while 100,000 API keys are read into key health", {
        ours: uses.health,
        bare,
      }),
      blockRow("Longest block while 100,000 API keys are read into key health and shown", shown),
      blockRow("Longest block while 500 sub accounts are read", people),
    ],
    ...(plots && { sizes }),
  };
}

/** Medians of so many readings. */
interface Side {
  readonly rounds: number;
  readonly ms: number;
  readonly cpu: number;
  readonly block: number;
  readonly heap: number;
  readonly find: number;
}

type Sides = Readonly<Record<"ours" | "bare", Side>>;

function timeRow(what: string, { ours, bare }: Sides): Row {
  const ratio = ours.ms / bare.ms;
  return {
    what,
    against: "a bare loop that signs, fetches the same and parses the JSON",
    ratio,
    ours: ours.ms,
    theirs: bare.ms,
    unit: "ms",
    rounds: ours.rounds,
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
    ours: ours.block,
    theirs: bare.block,
    unit: "ms",
    rounds: ours.rounds,
    goal: "≤ its + 15 ms",
    met: ours.block <= bare.block + 15,
    details: `${timeText(ours.block)} : ${timeText(bare.block)}`,
  };
}

function sizeOf(keys: number, ours: Side, bare: Side): Size {
  return { keys, loadMs: ours.ms, bareLoadMs: bare.ms, findMs: ours.find, heapBytes: ours.heap };
}

async function compare<Name extends string>(
  account: BenchAccount,
  expected: number,
  rounds: number,
  readers: Readonly<Record<Name, Reader>>,
  warmUp = 1,
): Promise<Record<Name | "bare", Side>> {
  const client = new BareClient(account);
  const all = { ...readers, bare: (_, held) => readBare(client, held) } as Record<
    Name | "bare",
    Reader
  >;
  const sides = mapValues(all, (read) => () => {
    return measured(expected, (held) => read(account, held));
  });
  const readings = await takeTurns(sides, { rounds, warmUp });
  client.close();
  return mapValues(readings, (each) => {
    const medianOf = (figure: keyof Reading) => median(each.map((reading) => reading[figure]));
    const [ms, cpu, block, heap, find] = [
      medianOf("ms"),
      medianOf("cpuMs"),
      medianOf("blockMs"),
      medianOf("heapBytes"),
      medianOf("findMs"),
    ];
    return { rounds, ms, cpu, block, heap, find };
  });
}

function mapValues<Name extends string, From, To>(
  record: Readonly<Record<Name, From>>,
  change: (value: From) => To,
): Record<Name, To> {
  const entries = Object.entries<From>(record).map(([name, value]) => [name, change(value)]);
  return Object.fromEntries(entries) as Record<Name, To>;
}

/**
 * Runs one reading and counts what it found. Nothing of it is left afterwards, which the collector
 * would have to mark in the turn of the other side.
 */
async function measured(
  expected: number,
  read: (held: unknown[]) => Promise<number>,
): Promise<Reading> {
  const held: unknown[] = [];
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
  const cpuMs = (cpu.user + cpu.system) / 1000;
  const findMs = timeToFind(held);
  // Until here what was read is in use.
  held.length = 0;
  return { ms, cpuMs, blockMs: delay.max / 1e6, heapBytes, findMs };
}

/** Milliseconds; 0 where there is nothing to find in. */
function timeToFind([search]: readonly unknown[]): number {
  if (!(search instanceof KeySearch)) return 0;
  return median(Array.from({ length: 15 }, () => timeOfOne(1, () => search.find("gateway", 200))));
}
