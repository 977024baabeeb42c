import assert from "node:assert/strict";
import { openSignedInScene, registerKey } from "../support/scene/scene.ts";
import type { Scene } from "../support/scene/scene.ts";
import { findViolations } from "../support/workbench/axe.ts";
import { HealthPage } from "../support/workbench/healthPage.ts";
import { until } from "../support/workbench/until.ts";
import { changeSetting } from "../support/workbench/userSettings.ts";
import type { Workbench } from "../support/workbench/workbench.ts";

const badgeOf = ({ page }: Workbench) =>
  page.locator(".activitybar .action-item", {
    has: page.locator("[class*=workbench-view-extension-ncloudKeys]"),
  });

async function badgeText(workbench: Workbench): Promise<string> {
  const badge = badgeOf(workbench).locator(".badge-content");
  return (await badge.isVisible()) ? ((await badge.textContent()) ?? "") : "";
}

async function waitForBadge(workbench: Workbench, wanted: string): Promise<void> {
  const read = () => badgeText(workbench);
  await until(workbench.page, `The badge "${wanted}"`, read, (text) => text === wanted);
}

describe("Key health, as time goes by", () => {
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
    await scene.workbench.runCommand("Ncloud Keys: Show Key Health");
    await health.waitForReport();
  });

  after(() => scene.close());

  afterEach(() => scene.sandbox.clearFaults());

  const accessKeys = () => scene.sandbox.state.subAccounts.flatMap((one) => one.accessKeys);

  it("is announced by quiet marks in the tree, and a badge that sends nothing", async () => {
    const { workbench, sandbox } = scene;
    const row = await workbench.tree.waitForRow(/^minji-macbook/);
    const plain = await workbench.tree.waitForRow(/^gpu-node-01/);
    await workbench.tree.waitForRows("All API keys", (rows) =>
      rows.some(({ label }) => / API key, .*Unchanged for over 90 days$/.test(label)),
    );
    await sandbox.idle();
    const before = sandbox.requests.length;
    await waitForBadge(workbench, "11");
    const said = await badgeOf(workbench).locator("a").getAttribute("aria-label");
    assert.deepEqual(
      {
        description: row.description.replace(/\d{4}-\d\d-\d\d/, "DATE"),
        label: row.label.replace(/\d{4}-\d\d-\d\d/, "DATE"),
        plain: plain.description.includes("old"),
        said: said?.includes("11 keys in view need care"),
        sent: sandbox.requests.length - before,
      },
      {
        description: "old · DATE",
        label: "minji-macbook, auth key, DATE, Older than 90 days",
        plain: false,
        said: true,
        sent: 0,
      },
    );
    assert.match(await workbench.tree.tooltip(/^minji-macbook/), /Findings.*Older than 90 days/s);
  });

  it("lists what could not be read, and shows the rest", async () => {
    const { workbench, sandbox } = scene;
    const owner = sandbox.state.subAccounts.find((one) => one.accessKeys.length > 0)!;
    sandbox.addFault({ kind: "status", status: 500, path: new RegExp(owner.subAccountId) });
    sandbox.addFault({ kind: "status", status: 500, path: "/nsml/" });
    await health.button("Read Again").press("Enter");
    await health.locator(".gaps li").nth(1).waitFor();
    await workbench.screenshot("health-gaps");
    const gaps = await health.locator(".gaps li").allInnerTexts();
    const rows = await health.rows();
    const fault = (service: string) =>
      `${service} reports a fault of its own. Try again in a moment.`;
    assert.deepEqual(
      {
        gaps: gaps.sort(),
        rows: rows.length,
        axe: await findViolations(await health.frame()),
      },
      {
        gaps: [
          `Access keys of ${owner.loginId} ${fault("Sub Account")}`,
          `NSML Auth Keys ${fault("NSML")}`,
        ],
        rows: 24 + accessKeys().length - owner.accessKeys.length,
        axe: [],
      },
    );
  });

  it("names a folder of public keys that cannot be read, and takes no key for one of elsewhere", async () => {
    const { workbench, home } = scene;
    const elsewhere = (rows: Awaited<ReturnType<HealthPage["rows"]>>) =>
      rows.filter(({ findings }) => findings.join().includes("Not on this computer")).length;
    const file = home.addFile("no-folder", "");
    await changeSetting(workbench, "ncloudKeys.sshDirectory", file);
    await health.button("Read Again").press("Enter");
    await health.locator(".gaps li").filter({ hasText: "Public keys" }).waitFor();
    await workbench.screenshot("health-no-folder");
    const gaps = await health.locator(".gaps li").allInnerTexts();
    const without = elsewhere(await health.rows());
    await changeSetting(workbench, "ncloudKeys.sshDirectory", "~/.ssh");
    await health.button("Read Again").press("Enter");
    const rows = await health.waitForRows("The folder read again", (now) => elsewhere(now) > 0);
    assert.deepEqual(
      { gaps, without, with: elsewhere(rows) },
      {
        gaps: ["Public keys of this computer Folder not readable"],
        without: 0,
        with: scene.sandbox.state.authKeys.length - 1,
      },
    );
  });

  it("can be cancelled, and shows what had been read", async () => {
    const { workbench, sandbox } = scene;
    let release: (value?: unknown) => void = () => undefined;
    const held = new Promise((resolve) => (release = resolve));
    sandbox.addFault({ kind: "hold", until: held, path: /\/access-keys$/ });
    const asked = sandbox.nextRequest({ path: /\/access-keys$/ });
    await health.button("Read Again").press("Enter");
    await asked;
    await until(
      workbench.page,
      "The other groups read",
      () => health.locator("#progress-text").innerText(),
      (text) => /: 3 of \d+ requests/.test(text),
    );
    await workbench.screenshot("health-reading");
    const focus = await health.focused();
    await health.button("Cancel").press("Enter");
    const headline = await health.waitForReport();
    release();
    await sandbox.idle();
    assert.deepEqual(
      {
        focus,
        headline: /^\d+ of 31 keys need care$/.test(headline),
        said: (await health.locator(".details").innerText()).split("\n")[0],
        then: await health.focused(),
      },
      {
        focus: "Cancel",
        headline: true,
        said: "Reading was cancelled. This is what had been read until then.",
        then: "Read Again",
      },
    );
  });

  it("follows the setting at once, with the tree and its badge, and asks for nothing", async () => {
    const { workbench, sandbox } = scene;
    const before = sandbox.requests.length;
    await changeSetting(workbench, "ncloudKeys.keyAgeWarningDays", 0);
    await health.waitForRows("No old key", (rows) =>
      rows.every(({ findings }) => !findings.join().includes("days")),
    );
    await workbench.tree.waitForRows("No old row", (rows) =>
      rows.every(({ description }) => !/\bold\b/.test(description)),
    );
    assert.deepEqual(
      [await health.locator(".threshold").count(), sandbox.requests.length - before],
      [0, 0],
    );
    await changeSetting(workbench, "ncloudKeys.keyAgeWarningDays", 30);
    await health.locator(".threshold").waitFor({ state: "attached" });
  });

  it("comes back as it was from behind another editor", async () => {
    const { workbench } = scene;
    await health.button("Age").press("Enter");
    await workbench.runCommand("File: New Untitled Text File");
    await health.waitUntilClosed();
    await workbench.runCommand("View: Open Previous Editor");
    await health.waitForReport();
    assert.equal((await health.sorting())["Age"], "descending");
  });

  it("closes with its account", async () => {
    const { workbench } = scene;
    await workbench.runCommand("Ncloud Keys: Remove All Stored Credentials…");
    await workbench.dialog.press("Remove All");
    await health.waitUntilClosed();
    await waitForBadge(workbench, "");
    await workbench.welcome.read();
  });
});
