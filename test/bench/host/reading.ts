import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { KeySearch } from "../../../src/inventory/keySearch.ts";
import { usedHeap } from "../../support/memory/heap.ts";
import { median, takeTurns } from "../measure.ts";
import { timeText, type Row, type Size } from "../row.ts";
import { farMs, nearMs, type BenchAccount, type BenchAccounts } from "../server.ts";
import { BareClient } from "./bareClient.ts";
import { readBare, readByUs } from "./readers.ts";

/** What one reading of an account took. */
interface Reading {
  readonly ms: number;
  /** Of this whole process, milliseconds. */
  readonly cpuMs: number;
  /** The longest time that nothing else could run, milliseconds. */
  readonly blockMs: number;
  readonly heapBytes: number;
}

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
  const nearPeople = await compare(accounts.nearPeople, 1 + 500 + 1_000, 3);
  const heap = sizes.at(-1)!.heapBytes / 100_000;
  return {
    rows: [
      timeRow("All of 100,000 API keys", all),
      timeRow(`All of 100,000 API keys, server answers after ${farMs} ms`, far),
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
    ours: ours.ms,
    theirs: bare.ms,
    unit: "ms",
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
        return measured(expected, () => readByUs(account, search!), search);
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
