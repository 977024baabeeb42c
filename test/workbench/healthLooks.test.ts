import assert from "node:assert/strict";
import { openScene, openSignedInScene, registerKey } from "../support/scene/scene.ts";
import type { Scene } from "../support/scene/scene.ts";
import { findViolations } from "../support/workbench/axe.ts";
import { HealthPage } from "../support/workbench/healthPage.ts";

describe("The looks of the page of key health", () => {
  let scene: Scene;
  let health: HealthPage;

  before(async () => {
    scene = await openSignedInScene({
      sandbox: { apiKeys: 24, subAccounts: 12, authKeys: 6 },
      prepare(home, sandbox) {
        registerKey(sandbox, "my-laptop", home.addKeyPair("id_ed25519", "ed25519", "jiwoo"), 40);
      },
    });
    health = new HealthPage(scene.workbench.page);
    await scene.workbench.clickViewAction("Show Key Health");
    await health.waitForReport();
  });

  after(() => scene.close());

  it("is without fault for axe in every theme", async () => {
    const { workbench } = scene;
    const found: Record<string, readonly string[]> = {};
    for (const [name, theme, body] of [
      ["dark", "Dark Modern", "vscode-dark"],
      ["hc-light", "Light High Contrast", "vscode-high-contrast-light"],
      ["hc-black", "Dark High Contrast", "vscode-high-contrast:not(.vscode-high-contrast-light)"],
      ["light", "Light Modern", "vscode-light"],
    ] as const) {
      await workbench.runCommand("Preferences: Color Theme");
      await workbench.quickPick.waitFor();
      await workbench.quickPick.type(theme);
      await workbench.quickPick.choose(theme);
      await health.locator(`body.${body}`).waitFor();
      found[name] = await findViolations(await health.frame());
      await workbench.screenshot(`health-${name}`);
      await health.locator(".table-section").scrollIntoViewIfNeeded();
      await health.locator("tbody tr").nth(8).scrollIntoViewIfNeeded();
      await workbench.screenshot(`health-table-${name}`);
      await health.locator("h1").scrollIntoViewIfNeeded();
    }
    await workbench.screenshot("health");
    assert.deepEqual(found, { light: [], dark: [], "hc-light": [], "hc-black": [] });
  });
});

describe("The page of key health of an account without keys", () => {
  let scene: Scene;

  before(async () => {
    scene = await openScene({ sandbox: { apiKeys: 0, subAccounts: 0, authKeys: 0 } });
    await scene.workbench.welcome.press("Import Account…");
    await scene.workbench.quickPick.choose(/default/i);
    await scene.workbench.tree.waitForRow("No API key yet");
  });

  after(() => scene.close());

  it("says so, and what was not asked", async () => {
    const { workbench } = scene;
    const health = new HealthPage(workbench.page);
    await workbench.runCommand("Ncloud Keys: Show Key Health");
    const headline = await health.waitForReport();
    await workbench.screenshot("health-empty");
    assert.deepEqual(
      {
        headline,
        gaps: await health.locator(".gaps li strong").allInnerTexts(),
        plot: await health.locator(".plot-section").isVisible(),
        table: await health.locator("table").isVisible(),
        axe: await findViolations(await health.frame()),
      },
      { headline: "No keys yet", gaps: ["NSML Auth Keys"], plot: false, table: false, axe: [] },
    );
  });

  it("has a row beside it that leads to the first key", async () => {
    const { workbench } = scene;
    const { label } = await workbench.tree.waitForRow("No API key yet");
    assert.equal(label, "No API key yet. Create API Key");
    await workbench.tree.clickRow("No API key yet");
    await workbench.inputBox.waitFor({ title: "Create API Key", step: "1/2" });
    await workbench.screenshot("create-first-api-key");
    await workbench.press("Escape");
  });

  it("is gone after the window was reloaded", async () => {
    const { workbench } = scene;
    await workbench.reload();
    await workbench.openView();
    await workbench.tree.waitForRow("No API key yet");
    assert.equal(await workbench.page.locator(".tab", { hasText: "Key Health" }).count(), 0);
  });
});
