import { readFileSync, writeFileSync } from "node:fs";
import { cpus, release, totalmem, type } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
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
  "Where the processor's time goes, in milliseconds, by V8's sampling profiler, which slows " +
  "everything down. What Node.js does counts for whoever called it.";

export function machine(): string {
  const processors = cpus();
  const memory = Math.round(totalmem() / 1024 ** 3);
  const model = processors[0]?.model.trim() ?? "unknown processor";
  return `${processors.length} × ${model}, ${memory} GB, ${type()} ${release()}, Node ${process.version}`;
}

/** Replaces the figures between the two marks of BENCHMARKS.md, and the plot. */
export async function writeReport(found: {
  readonly rows: readonly Row[];
  readonly sizes: readonly Size[];
  readonly profiles: readonly Profile[];
  readonly seconds: number;
}): Promise<void> {
  const { rows, sizes, profiles, seconds } = found;
  const [begin, end] = marks;
  const before = readFileSync(file, "utf8");
  const [from, to] = [before.indexOf(begin), before.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`BENCHMARKS.md has no ${begin} before ${end}.`);
  const date = new Date().toISOString().slice(0, 10);
  const figures = [`${date}, ${machine()}; ${seconds} s in all.`, tableOf(rows)];
  if (sizes.length > 0) {
    writeFileSync(plotFile, plotOf(sizes));
    figures.push(plotText);
  }
  if (profiles.length > 0) figures.push(profileText, ...profiles.map(profileTable));
  const text = `${before.slice(0, from)}${begin}\n\n${figures.join("\n\n")}\n\n${before.slice(to)}`;
  const config = await resolveConfig(file);
  writeFileSync(file, await format(text, { ...config, parser: "markdown" }));
}
