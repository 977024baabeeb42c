/**
 * Measures the extension against the least that could do the same, both in one run:
 * `run.js [--json] [--write] [PART…]`. `--write` puts table and plot into BENCHMARKS.md.
 */
import { parseArgs } from "node:util";
import { onSignal } from "../support/leftovers.ts";
import { hostNames } from "../support/vscode/hosts.ts";
import { activation } from "./parts/activation.ts";
import { bundle } from "./parts/bundle.ts";
import { coldView } from "./parts/coldView.ts";
import { finding } from "./parts/finding.ts";
import { inHost } from "./parts/inHost.ts";
import { publicKey } from "./parts/publicKey.ts";
import { signing } from "./parts/signing.ts";
import { sshFolder } from "./parts/sshFolder.ts";
import {
  circumstances,
  machine,
  measuredHost,
  writeReport,
  type Findings,
  type MeasuredHost,
} from "./report.ts";
import type { PartResult, Profile, Row, Size } from "./row.ts";
import { profileTable, tableOf } from "./table.ts";

type Part = () => Promise<PartResult>;

/** By name; those that need a VS Code run once in each, `NAME:HOST`. */
const parts: ReadonlyMap<string, Part> = new Map([
  ["bundle", bundle],
  ["sign", signing],
  ["publicKey", publicKey],
  ["sshFolder", sshFolder],
  ["find", finding],
  ...hostNames.flatMap((host): [string, Part][] => [
    [`activate:${host}`, () => activation(host)],
    [`read:${host}`, () => inHost(host)],
    [`cold:${host}`, () => coldView(host)],
  ]),
]);

/** @throws for a name that no part has. */
function choose(names: readonly string[]): readonly (readonly [string, Part])[] {
  if (names.length === 0) return [...parts];
  return names.flatMap((name) => {
    const chosen = [...parts].filter(([part]) => part === name || part.startsWith(`${name}:`));
    if (chosen.length > 0) return chosen;
    throw new Error(`There is no part "${name}". The parts are: ${[...parts.keys()].join(", ")}.`);
  });
}

function textOf(found: Findings): string {
  const { rows, profiles } = found;
  const tables = [...(rows.length > 0 ? [tableOf(rows)] : []), ...profiles.map(profileTable)];
  return `\n${tables.join("\n\n")}\n\n${circumstances(found)}`;
}

/** @throws for what cannot be done. */
function wishes() {
  const { values, positionals } = parseArgs({
    options: { json: { type: "boolean" }, write: { type: "boolean" } },
    allowPositionals: true,
  });
  const chosen = choose(positionals);
  if (values.write && chosen.length < parts.size) {
    throw new Error("--write needs the figures of all parts: leave their names out.");
  }
  return { ...values, chosen };
}

async function main(): Promise<void> {
  const { json, write, chosen } = wishes();
  const rows: Row[] = [];
  const sizes: Size[] = [];
  const profiles: Profile[] = [];
  const hosts: MeasuredHost[] = [];
  const began = Date.now();
  const print = () => {
    const seconds = Math.round((Date.now() - began) / 1000);
    const date = new Date(began).toISOString().slice(0, 10);
    const found: Findings = { date, machine: machine(), hosts, seconds, rows, sizes, profiles };
    console.log(json ? JSON.stringify(found, null, 2) : textOf(found));
    return found;
  };
  const stopping = new AbortController();
  onSignal(() => {
    stopping.abort();
    // Whoever stops it is shown what was found by then.
    print();
    return Promise.resolve();
  });
  for (const [name, run] of chosen) {
    const start = Date.now();
    try {
      const host = hostNames.find((each) => name.endsWith(`:${each}`));
      if (host && !hosts.some((each) => each.name === host)) hosts.push(await measuredHost(host));
      const result = await run();
      rows.push(...result.rows);
      sizes.push(...(result.sizes ?? []));
      profiles.push(...(result.profiles ?? []));
    } catch (error) {
      if (stopping.signal.aborted) return;
      // What the others have found is worth its time.
      console.error(
        `${name} has failed: ${error instanceof Error ? error.message : String(error)}`,
      );
      process.exitCode = 1;
    }
    // What is for the eye goes past the JSON.
    console.error(`${name}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
  }
  const found = print();
  // The figures of a run in which all parts were measured are better than those of one without.
  if (write && process.exitCode === undefined) await writeReport(found);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
