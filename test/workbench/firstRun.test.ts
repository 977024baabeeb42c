import assert from "node:assert/strict";
import { failures } from "../support/scene/failures.ts";
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
    await workbench.notifications.waitFor("Sign in to NAVER Cloud first.");
    await workbench.notifications.clear();
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

  it("ticks nothing for commands that end at a sign-in", async () => {
    const { workbench } = scene;
    for (const command of ["Upload SSH Public Key…", "Show Key Health"]) {
      await workbench.runCommand(`Ncloud Keys: ${command}`);
      await workbench.notifications.waitFor("Sign in to NAVER Cloud first.");
      await workbench.notifications.clear();
    }
    assert.deepEqual(await done(), [false, false, false, false]);
  });

  it("ticks the first step once an account is there, and the second once keys were read", async () => {
    const { workbench, sandbox } = scene;
    const denied = sandbox.addFault(failures["a missing permission"]!.fault);
    await walkthrough.press("Import Account…");
    await workbench.quickPick.choose(/default/i);
    await workbench.tree.waitForRow(/^No permission to list/);
    await workbench.tree.waitForRow("No permission");
    await walkthrough.waitForSteps("The first step done", ([first]) => first?.isDone ?? false);
    assert.deepEqual(await done(), [true, false, false, false]);
    denied.remove();
    await workbench.runCommand("Ncloud Keys: Refresh");
    await walkthrough.waitForSteps("The second step done", (all) => all[1]?.isDone ?? false);
    assert.deepEqual(await done(), [true, true, false, false]);
  });

  it("ticks the third step for a key that is in NSML, and not for an upload that was left", async () => {
    const { workbench } = scene;
    await walkthrough.openStep("Upload an SSH public key", "upload");
    await workbench.notifications.clear();
    await workbench.screenshot("walkthrough-upload");
    await walkthrough.press("Upload SSH Public Key…");
    await workbench.quickPick.choose("ml-training");
    await workbench.quickPick.waitForItem("id_ed25519.pub");
    await workbench.quickPick.cancel();
    const afterCancel = await done();
    await walkthrough.press("Upload SSH Public Key…");
    await workbench.quickPick.choose("id_ed25519.pub");
    await workbench.inputBox.waitFor({ message: /in NSML/ });
    await workbench.inputBox.accept();
    await walkthrough.waitForSteps("The third step done", (all) => all[2]?.isDone ?? false);
    assert.deepEqual(
      { afterCancel, afterUpload: await done() },
      { afterCancel: [true, true, false, false], afterUpload: [true, true, true, false] },
    );
  });

  it("ticks the last step when the page of key health is there", async () => {
    const { workbench } = scene;
    await changeSetting(workbench, "workbench.colorTheme", "Visual Studio Dark");
    await walkthrough.openStep("See which keys need care", "health");
    await workbench.notifications.clear();
    await workbench.screenshot("walkthrough-health");
    await walkthrough.press("Show Key Health");
    await workbench.page.locator(".tab", { hasText: "Key Health" }).waitFor();
    await workbench.page.locator(".tab", { hasText: /Welcome|Walkthrough/ }).click();
    await walkthrough.waitForSteps("Four steps done", (all) => all.every(({ isDone }) => isDone));
  });
});
