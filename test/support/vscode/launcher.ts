/**
 * Stands in for the VS Code executable: takes the desktop's command line for a test run
 * (`--extensionDevelopmentPath=…`, `--extensionTestsPath=…`), runs the tests in the host that
 * `VSCODE_HOST` names, prints their console, and exits with their result.
 */
import { pathToFileURL } from "node:url";
import { format, parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { launchBrowser } from "./browser.ts";
import { testEnvironment } from "./environment.ts";
import { chosenHostName, findHost } from "./hosts.ts";
import { startServer, type Server } from "./server.ts";

/** The tests have limits of their own; this one is for a run that no longer reports at all. */
const runLimitMs = 900_000;
const outputMark = "[test] ";

interface TestRun {
  readonly extension: string;
  readonly tests: string;
  readonly locale: string | undefined;
}

async function main(): Promise<number> {
  const run = parseCommandLine();
  const server = await startServer({
    host: await findHost(chosenHostName()),
    locale: run.locale,
    env: { ...testEnvironment(process.env), TEST_OUTPUT_MARK: outputMark },
    automation: true,
  });
  try {
    const browser = await launchBrowser();
    const page = await browser.newPage();
    const { result } = await watchRun(page, server);
    const [code] = await Promise.all([result, page.goto(testPageUrl(server.origin, run))]);
    await browser.close();
    return code;
  } finally {
    await server.stop();
  }
}

function parseCommandLine(): TestRun {
  const { values } = parseArgs({
    options: {
      extensionDevelopmentPath: { type: "string" },
      extensionTestsPath: { type: "string" },
      locale: { type: "string" },
    },
    // The rest of the command line is meant for Electron.
    strict: false,
  });
  const { extensionDevelopmentPath: extension, extensionTestsPath: tests, locale } = values;
  if (typeof extension !== "string" || typeof tests !== "string") {
    throw new Error("Both --extensionDevelopmentPath and --extensionTestsPath are needed.");
  }
  return { extension, tests, locale: typeof locale === "string" ? locale : undefined };
}

/** The page reads from its address what the desktop reads from its command line. */
function testPageUrl(origin: string, run: TestRun): string {
  // The authority must be the page's own, or VS Code takes it for another machine.
  const authority = new URL(origin).host;
  const remote = (path: string) => `vscode-remote://${authority}${pathToFileURL(path).pathname}`;
  const payload = [
    ["extensionDevelopmentPath", remote(run.extension)],
    ["extensionTestsPath", remote(run.tests)],
    ["skipWelcome", "true"],
    ["skipReleaseNotes", "true"],
  ];
  const query = new URLSearchParams({ ew: "true", payload: JSON.stringify(payload) });
  return `${origin}/?${query.toString()}`;
}

/**
 * Prints what the tests print; what VS Code logs is kept, for a run that ends without a word.
 * @returns a promise of its exit code, which rejects when the run can no longer report one.
 */
async function watchRun(page: Page, server: Server): Promise<{ result: Promise<number> }> {
  const log: string[] = [];
  let talks = false;
  await page.exposeFunction("codeAutomationLog", (type: string, args: unknown[]) => {
    const line = format(...args);
    if (!line.startsWith(outputMark)) return log.push(`${type}: ${line}`);
    talks = true;
    console.log(line.slice(outputMark.length));
    return undefined;
  });
  let report: (code: number) => void = () => undefined;
  await page.exposeFunction("codeAutomationExit", (code: number) => report(code));

  const result = new Promise<number>((resolve, reject) => {
    const lost = (what: string) => () => {
      reject(new Error(`${what} before the tests had ended. VS Code's log:\n${log.join("\n")}`));
    };
    const limit = setTimeout(lost("Time ran out"), runLimitMs);
    report = (code) => {
      clearTimeout(limit);
      if (code !== 0 && !talks) console.error(log.join("\n"));
      resolve(code);
    };
    page.once("crash", lost("The page crashed"));
    page.once("close", lost("The page was closed"));
    void server.ended.then(lost("VS Code ended"));
  });
  return { result };
}

// The other end of standard input is the runner's: when it is gone, nobody waits for the result.
process.stdin.once("end", () => process.exit(1)).resume();

try {
  process.exit(await main());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
