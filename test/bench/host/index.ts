import { readFileSync, writeFileSync } from "node:fs";
import type { PartResult } from "../row.ts";
import type { BenchAccounts } from "../server.ts";
import { firstRows } from "./firstRows.ts";
import { memory } from "./memory.ts";
import { readRows } from "./reading.ts";
import { whereTimeGoes } from "./whereTimeGoes.ts";

/** What VS Code calls in its extension host. */
export async function run(): Promise<void> {
  const input = readFileSync(process.env["TEST_BENCH_INPUT"] ?? "", "utf8");
  const accounts = JSON.parse(input) as BenchAccounts;
  const first = await firstRows(accounts);
  const { rows, sizes } = await readRows(accounts);
  const result: PartResult = {
    rows: [...first, ...rows, await memory(accounts)],
    sizes,
    profiles: [await whereTimeGoes(accounts)],
  };
  writeFileSync(process.env["TEST_BENCH_OUTPUT"] ?? "", JSON.stringify(result));
}
