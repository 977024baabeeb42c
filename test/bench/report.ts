import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, release, totalmem, type } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { format, resolveConfig } from "prettier";
import { findHost, type HostName } from "../support/vscode/hosts.ts";
import { plotOf } from "./plot.ts";
import type { Profile, Row, Size } from "./row.ts";
import { profileTable, tableOf } from "./table.ts";

const checkout = fileURLToPath(new URL("../../../", import.meta.url));
const file = join(checkout, "BENCHMARKS.md");
const plotFile = join(checkout, "BENCHMARKS.svg");
const marks = ["<!-- figures -->", "<!-- end of figures -->"] as const;

const plotText =
  "![Loading, finding and memory with 1,000, 10,000 and 100,000 API keys](BENCHMARKS.svg)\n\n" +
  "Both axes are logarithmic, measured in the newest VS Code. The dashed line is ten times the cost " +
  "for ten times the keys: a line that is no steeper grows with the work.";

const profileText =
  "Where the time goes, in milliseconds, by V8's sampling profiler, which slows everything down. " +
  "What Node.js does counts for whoever called it; what the event loop calls, as it does to go on " +
  "with a stream or a socket, stands by itself. Waiting: JavaScript had nothing to do.";

/** A VS Code that something was measured in. */
export interface MeasuredHost {
  readonly name: HostName;
  readonly vscode: string;
  readonly node: string;
}

/** All that one run has found. */
export interface Findings {
  /** The day. */
  readonly date: string;
  readonly machine: string;
  readonly hosts: readonly MeasuredHost[];
  readonly seconds: number;
  readonly rows: readonly Row[];
  readonly sizes: readonly Size[];
  readonly profiles: readonly Profile[];
}

export async function measuredHost(name: HostName): Promise<MeasuredHost> {
  const { version, node } = await findHost(name);
  const { stdout } = await promisify(execFile)(node, ["--version"]);
  return { name, vscode: version, node: stdout.trim() };
}

/** When and where it was measured, in a line. */
export function circumstances({ date, machine, hosts, seconds }: Findings): string {
  const texts = hosts.map(({ vscode, node }) => `VS Code ${vscode} on Node ${node}`);
  return `${[`${date}, ${machine}`, ...texts].join("; ")}; ${seconds} s in all.`;
}

export function machine(): string {
  const processors = cpus();
  const memory = Math.round(totalmem() / 1024 ** 3);
  const model = processors[0]?.model.trim() ?? "unknown processor";
  return `${processors.length} × ${model}, ${memory} GB, ${type()} ${release()}, Node ${process.version}`;
}

/** Replaces the figures between the two marks of BENCHMARKS.md, and the plot. */
export async function writeReport(found: Findings): Promise<void> {
  const { rows, sizes, profiles } = found;
  const [begin, end] = marks;
  const before = readFileSync(file, "utf8");
  const [from, to] = [before.indexOf(begin), before.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`BENCHMARKS.md has no ${begin} before ${end}.`);
  const figures = [circumstances(found), tableOf(rows)];
  if (sizes.length > 0) {
    writeFileSync(plotFile, plotOf(sizes));
    figures.push(plotText);
  }
  if (profiles.length > 0) figures.push(profileText, ...profiles.map(profileTable));
  const text = `${before.slice(0, from)}${begin}\n\n${figures.join("\n\n")}\n\n${before.slice(to)}`;
  const config = await resolveConfig(file);
  writeFileSync(file, await format(text, { ...config, parser: "markdown" }));
}
