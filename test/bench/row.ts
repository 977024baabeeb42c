import type { HostName } from "../support/vscode/hosts.ts";
import { median } from "./measure.ts";
import type { Shares } from "./timeShares.ts";

/** One comparison, as a line of the table. */
export interface Row {
  readonly what: string;
  /** What it is measured against, in the same run. */
  readonly against: string;
  /** Our time, or bytes, divided by theirs; undefined where only an amount counts. */
  readonly ratio: number | undefined;
  readonly goal: string;
  /** Undefined: there is no goal, the figure is reported. */
  readonly met: boolean | undefined;
  readonly details: string;
  /** What `details` says, for other programs: medians. */
  readonly ours?: number;
  readonly theirs?: number;
  readonly unit?: "ms" | "bytes";
  /** How often each side was measured. */
  readonly rounds?: number;
}

/** What a number of keys costs, for the plot. */
export interface Size {
  readonly keys: number;
  /** The VS Code that was measured. */
  readonly host?: HostName;
  readonly loadMs: number;
  /** The bare loop's. */
  readonly bareLoadMs: number;
  readonly findMs: number;
  readonly heapBytes: number;
}

/** Where the time goes, for each of several things that were run. */
export interface Profile {
  readonly title: string;
  readonly columns: readonly { readonly name: string; readonly shares: Shares }[];
}

export interface PartResult {
  readonly rows: readonly Row[];
  readonly sizes?: readonly Size[];
  readonly profiles?: readonly Profile[];
}

/** What a row says of two sides, from the milliseconds that each round took. */
export function compared(ours: readonly number[], theirs: readonly number[]) {
  const medians = { ours: median(ours), theirs: median(theirs) };
  return {
    ...medians,
    unit: "ms",
    rounds: ours.length,
    ratio: medians.ours / medians.theirs,
    details: `${timeText(medians.ours)} : ${timeText(medians.theirs)}`,
  } as const satisfies Partial<Row>;
}

/** `1.23 ms`, `45.6 µs`. */
export function timeText(ms: number): string {
  const [value, unit] = ms >= 1000 ? [ms / 1000, "s"] : ms >= 1 ? [ms, "ms"] : [ms * 1000, "µs"];
  return `${significant(value)} ${unit}`;
}

/** Three significant digits, and none of them an exponent. */
export function significant(value: number): string {
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(Math.max(Math.abs(value), 0.01))));
  return value.toFixed(Math.min(decimals, 2));
}
