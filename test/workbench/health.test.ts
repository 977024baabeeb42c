import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import {
  chooseApiKeyForNsml,
  importAccount,
  openScene,
  registerKey,
} from "../support/scene/scene.ts";
import type { Scene } from "../support/scene/scene.ts";
import { HealthPage } from "../support/workbench/healthPage.ts";
import { until } from "../support/workbench/until.ts";
import type { Workbench } from "../support/workbench/workbench.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds wrong with the page, as it looks now. */
async function violations(health: HealthPage): Promise<readonly string[]> {
  const frame = await health.frame();
  await frame.evaluate(axe);
  return await frame.evaluate<string[]>(`axe.run().then(({ violations, passes }) => [
    ...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ": " + html)),
    ...(passes.some(({ id }) => id === "color-contrast") ? [] : ["the contrast was not looked at"]),
  ])`);
}

/** Changes a setting of the user, as the editor's page of settings does. */
function setSetting({ files }: Workbench, name: string, value: unknown): void {
  const file = join(files, "server", "data", "User", "settings.json");
  const settings = JSON.parse(readFileSync(file, "utf8")) as object;
  writeFileSync(file, JSON.stringify({ ...settings, [name]: value }));
}

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

describe("The page of key health", () => {
  let scene: Scene;
  let health: HealthPage;
  const errors: string[] = [];

  before(async () => {
    scene = await openScene({
      sandbox: { apiKeys: 24, subAccounts: 12, authKeys: 6 },
      prepare(home, sandbox) {
        registerKey(sandbox, "my-laptop", home.addKeyPair("id_ed25519", "ed25519", "jiwoo"), 40);
      },
    });
    await importAccount(scene);
    await chooseApiKeyForNsml(scene);
    const { page } = scene.workbench;
    health = new HealthPage(page);
    page.on("console", (message) => {
      if (message.text().includes('Content Security Policy')) errors.push(message.text());
    });
  });

  afterEach(() => scene.sandbox.clearFaults());
  after(() => scene.close());

  const accessKeys = () => scene.sandbox.state.subAccounts.flatMap((one) => one.accessKeys);
  const countOfKeys = () => 7 + 24 + accessKeys().length;

  it("is announced by quiet marks in the tree, and a badge that sends nothing", async () => {
    const { workbench, sandbox } = scene;
    const row = await workbench.tree.waitForRow(/^minji-macbook/);
    const plain = await workbench.tree.waitForRow(/^gpu-node-01/);
    await workbench.tree.waitForRows("All API keys", (rows) =>
      rows.some(({ description }) => description.endsWith(" · old")),
    );
    await sandbox.idle();
    const before = sandbox.requests.length;
    await waitForBadge(workbench, "11");
    const said = await badgeOf(workbench).locator("a").getAttribute("aria-label");
    assert.deepEqual(
      {
        description: row.description.replace(/^\d{4}-\d\d-\d\d/, "DATE"),
        label: row.label.replace(/\d{4}-\d\d-\d\d/, "DATE"),
        plain: plain.description.includes("old"),
        said: said?.includes("11 keys in view need care"),
        sent: sandbox.requests.length - before,
      },
      {
        description: "DATE · old",
        label: "minji-macbook, auth key, DATE, old, Older than 90 days",
        plain: false,
        said: true,
        sent: 0,
      },
    );
    assert.match(await workbench.tree.tooltip(/^minji-macbook/), /Findings.*Older than 90 days/s);
  });

  it("shows every key, also of what the tree has not opened, the most pressing first", async () => {
    const { workbench } = scene;
    await workbench.clickViewAction("Show Key Health");
    const headline = await health.waitForReport();
    const rows = await health.rows();
    const care = rows.filter(({ findings }) => findings.some((text) => text.startsWith("!")));
    assert.deepEqual(
      {
        headline,
        count: rows.length,
        first: rows.slice(0, care.length).every((row) => care.includes(row)),
        dots: await health.locator(".dot").count(),
      },
      {
        headline: `${care.length} of ${countOfKeys()} keys need care`,
        count: countOfKeys(),
        first: true,
        dots: countOfKeys(),
      },
    );
    assert.equal(await health.locator("th[scope=row]").count(), countOfKeys());
  });

  it("is without fault for axe in every theme", async () => {
    const { workbench } = scene;
    const found: Record<string, readonly string[]> = {};
    for (const [name, theme, body] of [
      ["light", "Default Light Modern", "vscode-light"],
      ["dark", "Default Dark Modern", "vscode-dark"],
      ["hc-light", "Default High Contrast Light", "vscode-high-contrast-light"],
      ["hc-black", "Default High Contrast", "vscode-high-contrast"],
    ] as const) {
      setSetting(workbench, "workbench.colorTheme", theme);
      await health.locator(`body[data-vscode-theme-id="${theme}"].${body}`).waitFor();
      found[name] = await violations(health);
      await workbench.screenshot(`health-${name}`);
      await health.locator(".table-section").scrollIntoViewIfNeeded();
      await health.locator("tbody tr").nth(8).scrollIntoViewIfNeeded();
      await workbench.screenshot(`health-table-${name}`);
      await health.locator("h1").scrollIntoViewIfNeeded();
    }
    setSetting(workbench, "workbench.colorTheme", "Default Light Modern");
    await health.locator("body.vscode-light").waitFor();
    await workbench.screenshot("health");
    assert.deepEqual(found, { light: [], dark: [], "hc-light": [], "hc-black": [] });
  });

  it("sorts by the keyboard and says how", async () => {
    const { workbench } = scene;
    const before = await health.sorting();
    await health.button("Age").focus();
    await workbench.press("Enter");
    const oldestFirst = await health.rows();
    await workbench.press("Enter");
    const youngestFirst = await health.rows();
    const after = await health.sorting();
    assert.deepEqual(
      {
        before: before["Findings"],
        after: [after["Age"], after["Findings"]],
        turned: youngestFirst[0]?.name !== oldestFirst[0]?.name,
        oldest: oldestFirst[0]?.age.startsWith("2 years"),
        youngest: youngestFirst[0]?.age.startsWith("today"),
        focus: await health.focused(),
      },
      {
        before: "descending",
        after: ["ascending", "none"],
        turned: true,
        oldest: true,
        youngest: true,
        focus: "Age↑",
      },
    );
  });

  it("leads by the arrow keys from mark to mark, and from there to the row", async () => {
    const { workbench } = scene;
    await health.locator(".dot[tabindex='0']").focus();
    const first = await health.focused();
    await workbench.press("ArrowDown");
    const below = await health.focused();
    await workbench.press("End", "ArrowLeft");
    const spoken = await health.focused();
    const tip = await health.locator(".tip").innerText();
    await workbench.screenshot("health-plot-keyboard");
    await workbench.press("Enter");
    const name = spoken.split(", ")[0]!;
    assert.deepEqual(
      {
        first: first.startsWith("minji-macbook, NSML auth key, 2 years old, registered, Older than"),
        below: below.includes(", API key, "),
        tip: tip.startsWith(name),
        stops: await health.locator(".dot[tabindex='0']").count(),
        focus: await health.focused(),
      },
      { first: true, below: true, tip: true, stops: 1, focus: `Show ${name} in the sidebar` },
    );
  });

  it("shows what a filter lets through, in the plot and in the table", async () => {
    await health.button(/^Needs care/).press("Enter");
    const care = await health.rows();
    const dots = await health.locator(".dot").count();
    await health.button(/^All/).press("Enter");
    assert.deepEqual(
      [care.length === dots, care.every(({ findings }) => findings.join().includes("!"))],
      [true, true],
    );
  });

  it("follows a row to an access key that the tree had not read", async () => {
    const { workbench } = scene;
    const [key] = accessKeys();
    await health.button(`Show ${key!.accessKey} in the sidebar`).press("Enter");
    await workbench.tree.waitForRows("The access key selected", (rows) =>
      rows.some(({ label, selected }) => selected && label.startsWith(`${key!.accessKey}, `)),
    );
  });

  it("goes from a finding to what is to be done about it", async () => {
    const { workbench } = scene;
    await health.button("Upload a New Key…: minji-macbook").press("Enter");
    await workbench.quickPick.waitForItem(/id_ed25519/);
    await workbench.quickPick.cancel();
  });

  it("says when a key is gone", async () => {
    const { workbench, sandbox } = scene;
    const gone = sandbox.state.apiKeys.all()[1]!;
    sandbox.state.apiKeys.delete(gone.apiKeyId);
    await workbench.tree.clickInlineAction("API Keys", "Refresh").catch(() => undefined);
    await workbench.runCommand("Ncloud Keys: Refresh");
    await sandbox.idle();
    await health.button(`Show ${gone.apiKeyName} in the sidebar`).first().press("Enter");
    await workbench.notifications.waitFor(new RegExp(`“${gone.apiKeyName}” is not in the sidebar`));
    await workbench.notifications.clear();
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
        axe: await violations(health),
      },
      {
        gaps: [
          `Access keys of ${owner.loginId} ${fault("Sub Account")}`,
          `NSML Auth Keys ${fault("NSML")}`,
        ],
        rows: 23 + accessKeys().length - owner.accessKeys.length,
        axe: [],
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
        headline: /^\d+ of 30 keys need care$/.test(headline),
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
    setSetting(workbench, "ncloudKeys.keyAgeWarningDays", 0);
    await health.waitForRows("No old key", (rows) =>
      rows.every(({ findings }) => !findings.join().includes('days')),
    );
    await workbench.tree.waitForRows("No old row", (rows) =>
      rows.every(({ description }) => !/\bold\b/.test(description)),
    );
    assert.deepEqual(
      [await health.locator(".threshold").count(), sandbox.requests.length - before],
      [0, 0],
    );
    setSetting(workbench, "ncloudKeys.keyAgeWarningDays", 90);
    await health.locator(".threshold").waitFor({ state: "attached" });
  });

  it("has run nothing that its policy forbids", () => {
    assert.deepEqual(errors, []);
  });

  it("comes back as it was from behind another editor", async () => {
    const { workbench } = scene;
    await workbench.runCommand("File: New Untitled Text File");
    await health.waitUntilClosed();
    await workbench.runCommand("View: Previous Editor");
    await health.waitForReport();
    assert.equal((await health.sorting())["Age"], "ascending");
  });

  it("closes with its account", async () => {
    const { workbench } = scene;
    await workbench.runCommand("Ncloud Keys: Remove All Stored Credentials…");
    await workbench.dialog.press("Remove All");
    await health.waitUntilClosed();
    await waitForBadge(workbench, "");
  });
});
