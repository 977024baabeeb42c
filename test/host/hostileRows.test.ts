import assert from "node:assert/strict";
import fc from "fast-check";
import { MarkdownString, type TreeItem } from "vscode";
import type { Account } from "../../src/accounts/account.ts";
import type { Row } from "../../src/inventory/row.ts";
import { Secret } from "../../src/ncloud/secret.ts";
import { healthBadge } from "../../src/sidebar/keyHealthItem.ts";
import { FakeClock } from "../unit/ncloud/support/fakeClock.ts";
import { allRows, anyAccount, transportTo } from "../unit/ncloud/support/hostileAccount.ts";
import { openTree } from "./openTree.ts";
import { say } from "./say.ts";

const isLong = process.env["NCLOUD_KEYS_TEST_LONG"] === "1";
const numRuns = isLong ? 3_000 : 200;
const seed = 20_240_903;

/** What no text of a row may have in it: it breaks the line, or changes what stands beside it. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

const account: Account = {
  id: "account",
  label: "hostile",
  zone: { kind: "public" },
  accessKeyId: "ncp_iam_TEST",
  secretKey: new Secret("secret"),
  nsmlApiKey: new Secret("key"),
  subAccountIds: ["named", ".."],
};

/** What is wrong with what a row shows. */
function faultsOf(row: Row, item: TreeItem): readonly string[] {
  const { id, label, description, accessibilityInformation, tooltip } = item;
  const spoken = accessibilityInformation?.label ?? "loading";
  const texts = [label, description, spoken].filter((text) => text !== undefined);
  const isMarkup =
    tooltip instanceof MarkdownString &&
    (tooltip.isTrusted === true || tooltip.supportHtml === true || /\]\(|\$\(/.test(tooltip.value));
  return Object.entries({
    "another id": id !== row.id,
    "no label": typeof label !== "string" || label === "",
    "what nobody sees": texts.some((text) => typeof text !== "string" || invisible.test(text)),
    "no end": texts.some((text) => typeof text === "string" && text.length > 2_000),
    markup: isMarkup,
  }).flatMap(([fault, isThere]) => (isThere ? [`${fault}: ${JSON.stringify(item)}`] : []));
}

describe("The rows of a hostile NCP", () => {
  it("are drawn, whatever stands in them: text, and nothing but text", async function () {
    this.timeout(isLong ? 300_000 : 60_000);
    let drawn = 0;
    const property = fc.asyncProperty(anyAccount, async (ncp) => {
      const wire = { transport: transportTo(ncp), clock: new FakeClock() };
      const { tree, inventory, close } = await openTree(account, wire);
      const rows = await allRows(inventory, (parent) => tree.getChildren(parent));
      const faults = rows.flatMap((row) => {
        const item = tree.resolveTreeItem(tree.getTreeItem(row), row);
        assert.equal(tree.getParent(row), row.parent);
        // Another extension can make up all of a row but the object itself.
        const forged = [{ ...row }, structuredClone(row), { id: row.id }, row.id];
        assert.deepEqual(
          { own: tree.isShown(row), forged: forged.filter((value) => tree.isShown(value)) },
          { own: true, forged: [] },
        );
        return faultsOf(row, item);
      });
      healthBadge(inventory);
      close();
      drawn += rows.length;
      assert.deepEqual(faults, []);
    });
    await fc.assert(property, { seed, numRuns });
    say(`${numRuns} accounts, ${drawn} rows, seed ${seed}`);
  });
});
