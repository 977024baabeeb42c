import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { openRow, rowsInView } from "./ownView.ts";
import { say } from "./say.ts";
import { pressEnterUntil, signInAtSandbox } from "./signedInHost.ts";

const rounds = 10;

describe("Two refreshes in the same tick", () => {
  let sandbox: Sandbox;
  let signOut: () => Promise<void>;

  before(async () => {
    ({ sandbox, signOut } = await signInAtSandbox());
    await pressEnterUntil(vscode.commands.executeCommand("ncloudKeys.useApiKeyForNsml"));
  });

  after(() => signOut());

  /** The rows once this one is among them: what was read is drawn a moment later. */
  async function rowsWith(part: string): Promise<readonly string[]> {
    for (;;) {
      const rows = await rowsInView();
      if (rows.some((id) => id.includes(part))) return [...rows].sort();
    }
  }

  it("read everything once, and double no row", async function () {
    this.timeout(60_000);
    const refresh = () => vscode.commands.executeCommand("ncloudKeys.refresh");
    const { apiKeys, authKeys, subAccounts } = sandbox.state;
    const [opened] = apiKeys.page(0, 1);
    const row = (await rowsWith(opened!.apiKeyId)).find((id) => id.endsWith(opened!.apiKeyId));
    await openRow(row!);
    let rows = await rowsWith(`${opened!.apiKeyId}/primary`);
    assert.equal(rows.length, 3 + authKeys.length + apiKeys.size + 2 + subAccounts.length);
    for (let round = 0; round < rounds; round++) {
      // Something new to draw, or the rows would stay as they are.
      apiKeys.put({ ...opened!, apiKeyId: `new${round}` });
      await sandbox.idle();
      sandbox.resetRequests();
      await Promise.all([refresh(), refresh()]);
      await sandbox.idle();
      const added = row!.replace(opened!.apiKeyId, `new${round}`);
      const before = rows;
      rows = await rowsWith(added);
      assert.deepEqual(
        { requests: sandbox.requests.map(({ path }) => path).sort(), rows },
        {
          requests: [
            `/api/v1/api-keys/${opened!.apiKeyId}`,
            "/api/v1/api-keys?offset=0&limit=100",
            "/api/v1/sub-accounts?page=0&size=100",
            "/nsml/v1/auth-keys",
          ],
          rows: [...before, added].sort(),
        },
      );
    }
    say(`${2 * rounds} refreshes, 4 requests for each two of them, ${rows.length} rows at the end`);
  });
});
