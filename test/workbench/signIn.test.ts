import assert from "node:assert/strict";
import { openScene, type Scene } from "../support/scene/scene.ts";

describe("Signing in by typing", () => {
  let scene: Scene;

  before(async () => {
    scene = await openScene();
  });

  after(() => scene.close());

  async function chooseCustomZone(): Promise<void> {
    const { workbench, sandbox } = scene;
    await workbench.quickPick.waitFor({ step: "1/4" });
    await workbench.quickPick.choose("Custom Origin…");
    await workbench.inputBox.waitFor({ message: /Origin that serves/ });
    await workbench.inputBox.type(sandbox.origin);
    await workbench.inputBox.accept();
    await workbench.inputBox.waitFor({ step: "2/4" });
  }

  it("leads from the welcome view through four steps", async () => {
    const { workbench } = scene;
    const { buttons } = await workbench.welcome.read();
    assert.deepEqual(buttons, ["Import Account…"]);
    await workbench.screenshot("welcome");
    await workbench.welcome.follow("sign in by typing one");
    const state = await workbench.quickPick.waitFor({ step: "1/4" });
    const zones = (await workbench.quickPick.items()).map(({ label }) => label);
    assert.deepEqual(
      { title: state.title, zones },
      {
        title: "Sign In to NAVER Cloud",
        zones: ["Public", "Government", "Financial", "Custom Origin…"],
      },
    );
  });

  it("refuses an origin that is not https, and says why while it is typed", async () => {
    const { workbench } = scene;
    await workbench.quickPick.choose("Custom Origin…");
    await workbench.inputBox.waitFor({ message: /Origin that serves/ });
    await workbench.inputBox.type("http://ncp.example.com");
    await workbench.inputBox.waitFor({ message: /must begin with https/ });
    await workbench.inputBox.pressButton("Back");
  });

  it("says that the key is wrong, keeps the box open and stores nothing", async () => {
    const { workbench, sandbox } = scene;
    await chooseCustomZone();
    await workbench.inputBox.type(sandbox.accessKeyId);
    await workbench.inputBox.accept();
    const asked = await workbench.inputBox.waitFor({ step: "3/4" });
    await workbench.inputBox.type("x".repeat(40));
    await workbench.inputBox.accept();
    const refused = await workbench.inputBox.waitFor({ message: /did not accept/ });
    await workbench.screenshot("sign-in-wrong-key");
    assert.deepEqual(
      { masked: asked.masked, kept: refused.value.length, severity: refused.severity },
      { masked: true, kept: 40, severity: "error" },
    );
  });

  it("goes back to the access key ID with what was typed there", async () => {
    const { workbench, sandbox } = scene;
    await workbench.inputBox.pressButton("Back");
    const state = await workbench.inputBox.waitFor({ step: "2/4" });
    assert.equal(state.value, sandbox.accessKeyId);
    await workbench.inputBox.accept();
    await workbench.inputBox.waitFor({ step: "3/4" });
  });

  it("asks which API key NSML requests carry, and shows all three groups", async () => {
    const { workbench, sandbox } = scene;
    await workbench.inputBox.type(sandbox.secretKey);
    await workbench.inputBox.accept();
    await workbench.quickPick.waitFor({ step: "4/4" });
    const first = await workbench.quickPick.waitForItem(/ml-training/);
    await workbench.screenshot("sign-in-api-key");
    assert.deepEqual({ isChosen: first.focused }, { isChosen: true });
    await workbench.quickPick.accept();
    await workbench.waitForStatusBar(/Signed in to/);
    // Three groups and below them 2, 3 and 2 rows, none of which says "Loading…".
    await workbench.tree.waitForRows("three groups, all loaded", (all) => {
      const groups = all.filter(({ level }) => level === 1);
      const counts = groups.map(({ description }) => description).join();
      return counts === "2,3,2" && all.length === 10;
    });
  });

  it("signs out after asking, and leaves the welcome view", async () => {
    const { workbench } = scene;
    await workbench.runCommand("Ncloud Keys: Sign Out…");
    const dialog = await workbench.dialog.read();
    assert.match(dialog.message, /^Sign out of “.+”\?$/);
    await workbench.screenshot("sign-out");
    await workbench.dialog.press("Cancel");
    assert.equal(await workbench.welcome.isShown(), false);
    await workbench.runCommand("Ncloud Keys: Sign Out…");
    await workbench.dialog.press("Sign Out");
    assert.deepEqual((await workbench.welcome.read()).buttons, ["Import Account…"]);
  });
});
