/**
 * Runs the tests of `test/host` inside a VS Code: `runHostTests.js oldest|newest|desktop`.
 * `desktop` is the VS Code of VSCODE_EXECUTABLE_PATH, or a downloaded one: the latest, or the one
 * that VSCODE_VERSION names.
 */
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { downloadAndUnzipVSCode, runTests } from "@vscode/test-electron";
import { makeTempFolder } from "./leftovers.ts";
import { readTestResult } from "./testResult.ts";
import { cacheFolder } from "./vscode/cacheFolder.ts";
import { hostNames, isHostName } from "./vscode/hosts.ts";

const checkout = fileURLToPath(new URL("../../../", import.meta.url));
const downloadLimitMs = 180_000;

async function main(target: string | undefined): Promise<void> {
  const run = makeTempFolder("ncloud-keys-host-");
  const resultFile = process.env["TEST_RESULT_FILE"] ?? join(run.path, "result.json");
  await runTests({
    ...(await editor(target, run.path)),
    extensionDevelopmentPath: checkout,
    extensionTestsPath: join(checkout, "out", "test", "host", "index.js"),
    extensionTestsEnv: { TEST_RESULT_FILE: resultFile, VSCODE_HOST: target },
  });
  // An editor that ends well without having run anything is a failure too.
  const { passed, failed } = readTestResult(resultFile);
  if (passed === 0 || failed > 0) throw new Error(`${passed} host tests passed, ${failed} failed`);
}

async function editor(
  target: string | undefined,
  folder: string,
): Promise<{ vscodeExecutablePath: string; launchArgs?: string[] }> {
  if (isHostName(target)) return { vscodeExecutablePath: writeLauncher(folder) };
  if (target !== "desktop") {
    throw new Error(`Say where to run: ${[...hostNames, "desktop"].join(", ")}.`);
  }
  if (process.platform === "linux" && !process.env["DISPLAY"] && !process.env["WAYLAND_DISPLAY"]) {
    throw new Error("A desktop VS Code needs a display: run this under xvfb-run.");
  }
  const workspace = join(folder, "workspace");
  mkdirSync(workspace);
  const launchArgs = [
    workspace,
    `--user-data-dir=${join(folder, "user-data")}`,
    `--extensions-dir=${join(folder, "extensions")}`,
    // No keyring may run where these tests do, and nobody is there to unlock one.
    "--password-store=basic",
  ];
  return { vscodeExecutablePath: await findDesktop(), launchArgs };
}

/** `runTests` spawns an executable, and what tsc writes is none. */
function writeLauncher(folder: string): string {
  const launcher = fileURLToPath(new URL("./vscode/launcher.js", import.meta.url));
  if (process.platform === "win32") {
    const file = join(folder, "code.cmd");
    writeFileSync(file, `@"${process.execPath}" "${launcher}" %*\r\n`);
    return file;
  }
  const file = join(folder, "code");
  // `exec`, so that a signal to this process reaches the launcher.
  writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' '${launcher}' "$@"\n`);
  chmodSync(file, 0o755);
  return file;
}

async function findDesktop(): Promise<string> {
  const given = process.env["VSCODE_EXECUTABLE_PATH"];
  if (given) {
    if (existsSync(given)) return given;
    throw new Error(`VSCODE_EXECUTABLE_PATH is ${given}, and there is no such file.`);
  }
  const unreachable = (reason: string) =>
    new Error(
      `VS Code could not be downloaded (${reason}). ` +
        "Name an installed one in VSCODE_EXECUTABLE_PATH, or run the same tests with npm test.",
    );
  const download = downloadAndUnzipVSCode({
    version: process.env["VSCODE_VERSION"] ?? "stable",
    cachePath: join(cacheFolder(), "desktop"),
  });
  let limit: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    limit = setTimeout(() => reject(unreachable("it took too long")), downloadLimitMs);
  });
  try {
    return await Promise.race([download, late]);
  } catch (error) {
    throw unreachable(error instanceof Error ? error.message : String(error));
  } finally {
    clearTimeout(limit);
  }
}

try {
  await main(process.argv[2]);
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
