import assert from "node:assert/strict";
import { openScene, type Scene } from "../support/scene/scene.ts";
import { changeSetting } from "../support/workbench/userSettings.ts";
import { Walkthrough } from "../support/workbench/walkthrough.ts";

const keyPage = "https://www.ncloud.com/mypage/manage/authkey";

describe("The first run", () => {
  let scene: Scene;
  let walkthrough: Walkthrough;

  before(async () => {
    scene = await openScene({
      workbench: {},
      prepare: (home) => home.addKeyPair("id_ed25519", "ed25519", "jiwoo"),
    });
    const { page } = scene.workbench;
    // In a narrow one a walkthrough shows no pictures.
    await page.setViewportSize({ width: 1440, height: 900 });
    walkthrough = new Walkthrough(page);
  });

  after(() => scene.close());

  const done = async () => (await walkthrough.steps()).map(({ isDone }) => isDone);

  it("has the extension's commands in the palette", async () => {
    const { workbench } = scene;
    assert.ok((await workbench.commandsFor("Ncloud Keys: Ref")).includes("Ncloud Keys: Refresh"));
    await workbench.runCommand("Ncloud Keys: Refresh");
    await workbench.quickPick.waitUntilClosed();
  });

  it("has one button, and the console's key page one click away", async () => {
    const { workbench } = scene;
    const { buttons } = await workbench.welcome.read();
    const link = workbench.page.locator(".welcome-view-content a", { hasText: "key page" });
    await workbench.screenshot("first-run");
    assert.deepEqual(
      { buttons, keyPage: await link.getAttribute("href") },
      { buttons: ["Import Account…"], keyPage },
    );
  });

  it("has a walkthrough of four steps, each with its picture", async () => {
    const { workbench } = scene;
    await workbench.runCommand("Welcome: Open Walkthrough...");
    await workbench.quickPick.choose("Get Started with Ncloud Keys");
    const steps = await walkthrough.waitForSteps("Four steps", (all) => all.length === 4);
    await walkthrough.picture("account").waitFor();
    await workbench.screenshot("walkthrough-account");
    assert.deepEqual(steps, [
      {
        title: "Import an account, or sign in",
        isDone: false,
        buttons: ["Import Account…", "Sign In…"],
      },
      { title: "See every key", isDone: false, buttons: [] },
      { title: "Upload an SSH public key", isDone: false, buttons: [] },
      { title: "See which keys need care", isDone: false, buttons: [] },
    ]);
  });

  it("ticks the first two steps when an account is there and its keys are in view", async () => {
    const { workbench } = scene;
    await walkthrough.press("Import Account…");
    await workbench.quickPick.choose(/default/i);
    await workbench.tree.waitForRow(/^API Keys \d/);
    await walkthrough.waitForSteps("Two steps done", ([first, second]) =>
      [first, second].every((step) => step?.isDone),
    );
    assert.deepEqual(await done(), [true, true, false, false]);
  });

  it("ticks the others when their commands have run", async () => {
    const { workbench } = scene;
    await walkthrough.openStep("Upload an SSH public key", "upload");
    await workbench.screenshot("walkthrough-upload");
    await walkthrough.press("Upload SSH Public Key…");
    await workbench.quickPick.waitFor();
    await workbench.quickPick.cancel();
    await walkthrough.waitForSteps("Three steps done", (all) => all[2]?.isDone ?? false);
    await changeSetting(workbench, "workbench.colorTheme", "Visual Studio Dark");
    await walkthrough.openStep("See which keys need care", "health");
    await workbench.screenshot("walkthrough-health");
    await walkthrough.press("Show Key Health");
    await workbench.page.locator(".tab", { hasText: "Key Health" }).waitFor();
    await workbench.page.locator(".tab", { hasText: /Welcome|Walkthrough/ }).click();
    await walkthrough.waitForSteps("Four steps done", (all) => all.every(({ isDone }) => isDone));
  });
});
