import { readFileSync, writeFileSync } from "node:fs";
import type { HostInput } from "../hostRun.ts";
import type { PartResult } from "../row.ts";
import type { BenchAccounts } from "../server.ts";
import { firstRows } from "./firstRows.ts";
import { memory } from "./memory.ts";
import { readRows } from "./reading.ts";
import { whereTimeGoes } from "./whereTimeGoes.ts";

/** What VS Code calls in its extension host. */
export async function run(): Promise<void> {
  const input = readFileSync(process.env["TEST_BENCH_INPUT"] ?? "", "utf8");
  const { job, accounts } = JSON.parse(input) as HostInput;
  const result = await jobs[job](accounts);
  writeFileSync(process.env["TEST_BENCH_OUTPUT"] ?? "", JSON.stringify(result));
}

const jobs: Record<HostInput["job"], (accounts: BenchAccounts) => Promise<PartResult>> = {
  async read(accounts) {
    const first = await firstRows(accounts);
    const { rows, sizes } = await readRows(accounts);
    return { rows: [...first, ...rows, await memory(accounts)], sizes };
  },
  profile: async (accounts) => ({ rows: [], profiles: [await whereTimeGoes(accounts)] }),
};
