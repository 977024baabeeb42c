import { readFileSync, writeFileSync } from "node:fs";
import type { HostInput } from "../hostRun.ts";
import type { PartResult } from "../row.ts";
import { firstRows } from "./firstRows.ts";
import { memory } from "./memory.ts";
import { readRows } from "./reading.ts";
import { whereTimeGoes } from "./whereTimeGoes.ts";

/** What VS Code calls in its extension host. */
export async function run(): Promise<void> {
  const input = readFileSync(process.env["TEST_BENCH_INPUT"] ?? "", "utf8");
  const { accounts, plots } = JSON.parse(input) as HostInput;
  const first = await firstRows(accounts);
  const { rows, sizes } = await readRows(accounts, plots);
  const result: PartResult = {
    rows: [...first, ...rows, await memory(accounts)],
    ...(sizes && { sizes }),
    profiles: [await whereTimeGoes(accounts)],
  };
  writeFileSync(process.env["TEST_BENCH_OUTPUT"] ?? "", JSON.stringify(result));
}
