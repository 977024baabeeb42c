import { readFileSync, writeFileSync } from "node:fs";
import type { PartResult, Row } from "../row.ts";
import type { BenchAccounts } from "../server.ts";
import { firstRows } from "./firstRows.ts";
import { memory } from "./memory.ts";
import { readRows } from "./reading.ts";

/** What VS Code calls in its extension host. */
export async function run(): Promise<void> {
  const input = readFileSync(process.env["TEST_BENCH_INPUT"] ?? "", "utf8");
  const accounts = JSON.parse(input) as BenchAccounts;
  const rows: Row[] = await firstRows(accounts);
  const read = await readRows(accounts);
  rows.push(...read.rows, await memory(accounts));
  const result: PartResult = { rows, sizes: read.sizes };
  writeFileSync(process.env["TEST_BENCH_OUTPUT"] ?? "", JSON.stringify(result));
}
