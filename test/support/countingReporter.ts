import Mocha from "mocha";
import { writeTestResult, type TestResult } from "./testResult.ts";

/**
 * Prints what mocha's `spec` prints and writes the counts to the file of the reporter option
 * `output`. Only a run that came to its end leaves the file.
 */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const { output } = options.reporterOptions as { output: string };
    let passed = 0;
    const failures: TestResult["failures"][number][] = [];
    runner.on(Mocha.Runner.constants.EVENT_TEST_PASS, () => (passed += 1));
    runner.on(Mocha.Runner.constants.EVENT_TEST_FAIL, (test: Mocha.Runnable, error: Error) => {
      failures.push({ title: test.fullTitle(), error: error.stack ?? String(error) });
    });
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      writeTestResult(output, { passed, failed: failures.length, failures });
    });
  }
}
