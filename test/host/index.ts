import { readdirSync } from "node:fs";
import { join } from "node:path";
import { format } from "node:util";
import Mocha from "mocha";
import CountingReporter from "../support/countingReporter.ts";

/**
 * What VS Code calls in its extension host. Runs every `*.test.js` of this folder and writes the
 * counts to the file that TEST_RESULT_FILE names.
 * @throws when a test failed.
 */
export async function run(): Promise<void> {
  // VS Code's own log goes to the same console: the mark is how the launcher tells them apart.
  const mark = process.env["TEST_OUTPUT_MARK"] ?? "";
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => console.log(mark + format(...args));
  const mocha = new Mocha({
    timeout: 20_000,
    color: false,
    reporter: CountingReporter,
    reporterOptions: { output: process.env["TEST_RESULT_FILE"] },
    forbidOnly: true,
    forbidPending: true,
  });
  const here = import.meta.dirname;
  for (const file of readdirSync(here, { recursive: true, encoding: "utf8" }).sort()) {
    if (file.endsWith(".test.js")) mocha.addFile(join(here, file));
  }
  await mocha.loadFilesAsync();
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} host tests failed`);
}
