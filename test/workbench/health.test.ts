import assert from "node:assert/strict";
import { openSignedInScene, registerKey } from "../support/scene/scene.ts";
import type { Scene } from "../support/scene/scene.ts";
import { HealthPage } from "../support/workbench/healthPage.ts";

describe("The page of key health", () => {
  let scene: Scene;
  let health: HealthPage;
  const errors: string[] = [];

  before(async () => {
    scene = await openSignedInScene({
      sandbox: { apiKeys: 24, subAccounts: 12, authKeys: 6 },
      prepare(home, sandbox) {
        registerKey(sandbox, "my-laptop", home.addKeyPair("id_ed25519", "ed25519", "jiwoo"), 40);
      },
    });
    health = new HealthPage(scene.workbench.page);
    const { page } = scene.workbench;
    page.on("console", (message) => {
      if (message.text().includes("Content Security Policy")) errors.push(message.text());
    });
  });

  after(() => scene.close());

  const accessKeys = () => scene.sandbox.state.subAccounts.flatMap((one) => one.accessKeys);
  const countOfKeys = () => 7 + 24 + accessKeys().length;

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
        first: first.startsWith(
          "minji-macbook, NSML auth key, 2 years old, registered, Older than",
        ),
        below: below.includes(", API key, "),
        tip: tip.startsWith(name),
        stops: await health.locator(".dot[tabindex='0']").count(),
        focus: await health.focused(),
      },
      { first: true, below: true, tip: true, stops: 1, focus: `Show ${name} in the sidebar` },
    );
  });

  /** Has everything read anew, and waits for the report of that. */
  async function readAgain(): Promise<void> {
    const { sandbox } = scene;
    let release: () => void = () => undefined;
    const until = new Promise<void>((resolve) => (release = resolve));
    const held = sandbox.addFault({ kind: "hold", until, path: "/api/v1/api-keys" });
    await health.button("Read Again").press("Enter");
    await health.locator(".reading").waitFor();
    held.remove();
    release();
    await health.locator(".reading").waitFor({ state: "hidden" });
  }

  it("shows what a filter lets through, in the plot and in the table, a new report too", async () => {
    await health.button(/^Needs care/).press("Enter");
    const care = await health.rows();
    const dots = await health.locator(".dot").count();
    await readAgain();
    const [chip] = await health.locator("[aria-pressed=true]").allInnerTexts();
    assert.deepEqual([chip?.startsWith("Needs care"), await health.rows()], [true, care]);
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
    await health.button("Rotate…: minji-macbook").press("Enter");
    await workbench.quickPick.waitForItem(/id_ed25519/);
    await workbench.quickPick.cancel();
  });

  it("follows what was done about it, with the filter as it was, and reads nothing again", async () => {
    const { workbench, sandbox } = scene;
    await health.button(/^API Keys/).press("Enter");
    const before = await health.rows();
    const off = before.find(({ action }) => action === "Delete…")!;
    const wasNamed = before.filter(({ name }) => name === off.name).length;
    sandbox.resetRequests();
    await health.button(`Delete…: ${off.name}`).first().press("Enter");
    await workbench.dialog.press("Delete");
    const after = await health.waitForRows(
      `One row ${off.name} less`,
      (rows) => rows.filter(({ name }) => name === off.name).length === wasNamed - 1,
    );
    await workbench.screenshot("health-followed");
    const lists = sandbox.requests.filter(({ path }) => /\/(api-keys|access-keys)\?/.test(path));
    assert.deepEqual(
      { rows: after.length, kinds: new Set(after.map(({ kind }) => kind)), lists },
      { rows: before.length - 1, kinds: new Set(["API key"]), lists: [] },
    );
    await health.button(/^All/).press("Enter");
  });

  it("says when a key is gone", async () => {
    const { workbench, sandbox } = scene;
    const gone = sandbox.state.apiKeys.all()[1]!;
    sandbox.state.apiKeys.delete(gone.apiKeyId);
    const next = sandbox.nextRequest({ path: "/api/v1/api-keys" });
    await workbench.runCommand("Ncloud Keys: Refresh");
    await next;
    await sandbox.idle();
    await health.button(`Show ${gone.apiKeyName} in the sidebar`).first().press("Enter");
    await workbench.notifications.waitFor(new RegExp(`“${gone.apiKeyName}” is not in the sidebar`));
    await workbench.notifications.clear();
  });

  it("has run nothing that its policy forbids", () => {
    assert.deepEqual(errors, []);
  });
});
