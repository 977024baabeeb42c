import assert from "node:assert/strict";
import { openScene, type Scene } from "../support/scene/scene.ts";
import { HealthPage } from "../support/workbench/healthPage.ts";
import type { PageElement } from "../support/workbench/pageElement.ts";
import { until } from "../support/workbench/until.ts";

describe("By the keyboard alone", () => {
  let scene: Scene;

  before(async () => {
    scene = await openScene({
      sandbox: { apiKeys: 6, subAccounts: 2, authKeys: 2 },
      prepare: (home) => home.addKeyPair("id_ed25519", "ed25519", "jiwoo@laptop"),
    });
    await scene.workbench.page.evaluate(`(() => {
      globalThis.presses = 0;
      addEventListener("mousedown", () => globalThis.presses++, true);
    })()`);
  });

  after(() => scene.close());

  async function run(title: string): Promise<void> {
    const { workbench } = scene;
    await workbench.press("F1");
    await workbench.quickPick.waitFor();
    await workbench.page.keyboard.type(title);
    await workbench.quickPick.waitForItems(`${title} first`, ([first]) => first?.label === title);
    await workbench.press("Enter");
  }

  async function pick(label: RegExp): Promise<void> {
    const { quickPick } = scene.workbench;
    const place = async () => {
      const items = await quickPick.items();
      return {
        from: items.findIndex(({ focused }) => focused),
        to: items.findIndex((item) => label.test(item.label)),
      };
    };
    await quickPick.waitForItem(label);
    const { from, to } = await place();
    for (let left = to - from; left > 0; left--) await scene.workbench.press("ArrowDown");
    await until(scene.workbench.page, String(label), place, (now) => now.from === now.to);
    await scene.workbench.press("Enter");
  }

  it("imports an account from the welcome view", async () => {
    const { workbench } = scene;
    const focused = workbench.page.locator(".part.sidebar :focus");
    const button = workbench.page.locator(".welcome-view-content .monaco-button:focus");
    await workbench.welcome.read();
    await run("Ncloud Keys: Focus on Ncloud Keys View");
    await focused.waitFor();
    for (let tabs = 0; tabs < 5 && !(await button.isVisible()); tabs++) {
      await workbench.press("Tab");
    }
    assert.equal(await button.textContent(), "Import Account…");
    await workbench.press("Enter");
    await pick(/default/i);
    await workbench.tree.waitForRow(/^API Keys \d/);
  });

  it("chooses the API key for NSML from the row that asks for it", async () => {
    const { workbench } = scene;
    await run("Ncloud Keys: Focus on Ncloud Keys View");
    await workbench.tree.waitForKeyboard();
    await workbench.press("Home");
    await workbench.tree.moveFocusTo("Needs an API key");
    await workbench.press("Enter");
    await pick(/^ml-training/);
    await workbench.tree.waitForRow(/^NSML Auth Keys \d/);
  });

  it("opens a row, and copies the ID of the one below", async () => {
    const { workbench, sandbox } = scene;
    const { name, loginId, accessKeys } = sandbox.state.subAccounts.find(
      (one) => one.accessKeys.length > 0,
    )!;
    await run("Ncloud Keys: Focus on Ncloud Keys View");
    await workbench.tree.waitForKeyboard();
    await workbench.press("Home");
    await workbench.tree.moveFocusTo(name === "" ? loginId : name);
    await workbench.press("ArrowRight");
    const isKey = ({ label }: { readonly label: string }) =>
      accessKeys.some(({ accessKey }) => label.startsWith(`${accessKey}, `));
    // The editor may draw the last of them first.
    const rows = await workbench.tree.waitForRows(
      "all of its keys",
      (shown) => shown.filter(isKey).length === accessKeys.length,
    );
    const row = rows.find(isKey)!;
    const id = accessKeys.find(({ accessKey }) => row.label.startsWith(`${accessKey}, `));
    await workbench.press("ArrowRight");
    await workbench.tree.waitForFocus(row.text);
    await workbench.press("Control+c");
    await workbench.waitForClipboard(id?.accessKey ?? "");
  });

  it("uploads a key from the menu of its group", async () => {
    const { workbench, sandbox } = scene;
    await workbench.press("Home");
    await workbench.tree.waitForFocus("NSML Auth Keys");
    await workbench.press("Shift+F10");
    const menu = workbench.page.locator(".monaco-menu").last();
    await menu.waitFor();
    const focused = menu.locator(".action-item.focused", { hasText: "Upload SSH Public Key…" });
    for (let down = 0; down < 5 && !(await focused.isVisible()); down++) {
      await workbench.press("ArrowDown");
    }
    await workbench.press("Enter");
    await pick(/^id_ed25519\.pub$/);
    await workbench.inputBox.waitFor({ message: /Title of the Ed25519 key/ });
    await workbench.press("Enter");
    await workbench.tree.waitForRow(/^jiwoo-laptop/);
    // It comes last, after the new row has taken the keyboard.
    await workbench.notifications.waitFor("“jiwoo-laptop” is in NSML now.");
    assert.ok(sandbox.state.authKeys.some(({ title }) => title === "jiwoo-laptop"));
  });

  it("opens the page of key health and gets to its table", async () => {
    const { workbench } = scene;
    const health = new HealthPage(workbench.page);
    await run("Ncloud Keys: Show Key Health");
    await health.waitForReport();
    const isInTable = () => health.locator("table :focus").isVisible();
    for (let tabs = 0; tabs < 40 && !(await isInTable()); tabs++) await workbench.press("Tab");
    await workbench.screenshot("keyboard");
    assert.equal(await isInTable(), true);
  });

  it("says by a word what a colour says, and the name before all else", async () => {
    const { tree } = scene.workbench;
    const rows = await tree.rows();
    const coloured = await scene.workbench.page
      .locator("[role=treeitem]:has(.custom-view-tree-node-item-icon[style*='color'])")
      .evaluateAll((items: PageElement[]) =>
        items.map((item) => item.getAttribute("aria-label") ?? ""),
      );
    const bare = (label: string) => !/Older than|Unchanged|is weak|sub account/.test(label);
    const shown = rows.filter(({ level }) => level < 3);
    assert.deepEqual(
      {
        coloured: coloured.length > 0,
        byColourAlone: coloured.filter(bare),
        otherFirst: shown.filter(({ text, label }) => !label.startsWith(text)),
      },
      { coloured: true, byColourAlone: [], otherFirst: [] },
    );
  });

  it("needed no mouse", async () => {
    assert.equal(await scene.workbench.page.evaluate("globalThis.presses"), 0);
  });
});
