import { readFileSync, writeFileSync } from "node:fs";

/** What came of one run of mocha. It goes from process to process as a file. */
export interface TestResult {
  readonly passed: number;
  readonly failed: number;
  readonly failures: readonly { readonly title: string; readonly error: string }[];
}

export function writeTestResult(file: string, result: TestResult): void {
  writeFileSync(file, `${JSON.stringify(result, undefined, 2)}\n`);
}

export function readTestResult(file: string): TestResult {
  return JSON.parse(readFileSync(file, "utf8")) as TestResult;
}
