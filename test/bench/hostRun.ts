import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeTempFolder, onSignal, ownGroup } from "../support/leftovers.ts";
import type { HostName } from "../support/vscode/hosts.ts";
import type { PartResult } from "./row.ts";
import type { BenchAccounts } from "./server.ts";

const checkout = fileURLToPath(new URL("../../../", import.meta.url));
const compiled = (path: string) => join(checkout, "out", "test", ...path.split("/"));

/** What is to be measured in an extension host. */
export interface HostInput {
  readonly accounts: BenchAccounts;
  /** Whether smaller accounts are read too, for the plot. */
  readonly plots: boolean;
}

/** Runs `host/index.ts` in the extension host of a VS Code; returns what it found. */
export async function runInHost(host: HostName, given: HostInput): Promise<PartResult> {
  const folder = makeTempFolder("ncloud-keys-bench-");
  const [input, output] = [join(folder.path, "input.json"), join(folder.path, "output.json")];
  writeFileSync(input, JSON.stringify(given), { mode: 0o600 });
  const launcher = [
    compiled("support/vscode/launcher.js"),
    `--extensionDevelopmentPath=${checkout}`,
    `--extensionTestsPath=${compiled("bench/host/index.js")}`,
  ];
  const child = spawn(process.execPath, launcher, {
    // The launcher ends when the other end of its standard input does.
    stdio: ["pipe", process.stderr, process.stderr],
    detached: process.platform !== "win32",
    env: {
      ...process.env,
      VSCODE_HOST: host,
      TEST_BENCH_INPUT: input,
      TEST_BENCH_OUTPUT: output,
    },
  });
  const stop = ownGroup(child);
  // Whoever kills the launcher leaves behind what it has started in groups of their own.
  const forget = onSignal(stop);
  const [code] = (await once(child, "exit")) as [number | null];
  await stop();
  forget();
  if (code !== 0) throw new Error(`The bench failed in the extension host of the ${host} VS Code.`);
  const result = JSON.parse(readFileSync(output, "utf8")) as PartResult;
  folder.remove();
  return result;
}

/** Starts the process that serves the accounts. */
export async function serveAccounts(): Promise<{ accounts: BenchAccounts; stop: () => void }> {
  const child = fork(compiled("bench/server.js"));
  const [accounts] = (await once(child, "message")) as [BenchAccounts];
  return { accounts, stop: () => child.disconnect() };
}
