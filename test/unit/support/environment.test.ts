import assert from "node:assert/strict";
import { testEnvironment } from "../../support/vscode/environment.ts";

describe("The environment of the tests inside a VS Code", () => {
  it("is what tells them how to run, the long tests among it, and nothing of the person", () => {
    const env = {
      TEST_RESULT_FILE: "result.json",
      NCLOUD_KEYS_TEST_LONG: "1",
      NCLOUD_SECRET_ACCESS_KEY: "somebody's",
      PATH: "/bin",
      TEST_UNSET: undefined,
    };
    assert.deepEqual(testEnvironment(env), {
      TEST_RESULT_FILE: "result.json",
      NCLOUD_KEYS_TEST_LONG: "1",
    });
  });
});
