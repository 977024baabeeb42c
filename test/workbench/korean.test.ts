import assert from "node:assert/strict";
import { openScene, type Scene } from "../support/scene/scene.ts";
import { findViolations } from "../support/workbench/axe.ts";
import { HealthPage } from "../support/workbench/healthPage.ts";
import { cutOff } from "../support/workbench/cutOff.ts";
import type { PageElement } from "../support/workbench/pageElement.ts";
import { Walkthrough } from "../support/workbench/walkthrough.ts";
import { managingKeysInKorean } from "./korean/manageKeys.ts";
import { asked, cutOffIn as findCutOff, englishIn, valuesOf } from "./korean/screen.ts";

const treeNames = ".part.sidebar .customview-tree .label-name";

describe("The main walk in Korean", () => {
  let scene: Scene;

  before(async () => {
    scene = await openScene({
      sandbox: { apiKeys: 12, subAccounts: 6, authKeys: 3 },
      workbench: { locale: "ko" },
      prepare: (home) => home.addKeyPair("id_ed25519", "ed25519", "jiwoo@laptop"),
    });
  });

  after(() => scene.close());

  const cutOffIn = (selector: string) => findCutOff(scene, selector);

  it("imports an account from the first view", async () => {
    const { workbench } = scene;
    const { buttons } = await workbench.welcome.read();
    await workbench.screenshot("ko-first-run");
    assert.deepEqual(
      { buttons, cutOff: await cutOffIn(".welcome-view-content .monaco-button") },
      { buttons: ["계정 가져오기…"], cutOff: [] },
    );
    await workbench.welcome.press("계정 가져오기…");
    await workbench.quickPick.choose(/default/i);
    await workbench.tree.waitForRow(/^API Key \d/);
  });

  it("chooses the API key for NSML, and names the three groups", async () => {
    const { workbench } = scene;
    await workbench.tree.clickRow(/^API Key 필요/);
    const { title } = await workbench.quickPick.waitFor();
    assert.deepEqual([title, await cutOffIn(asked)], ["NSML용 API Key", []]);
    await workbench.quickPick.choose("ml-training");
    await workbench.tree.waitForRow(/^NSML 인증키 \d/);
    const rows = await workbench.tree.rows();
    assert.deepEqual(
      {
        groups: rows.filter(({ level }) => level === 1).map(({ text }) => text),
        cutOff: await cutOffIn(treeNames),
      },
      { groups: ["NSML 인증키", "API Key", "서브 계정 Access Key"], cutOff: [] },
    );
  });

  it("uploads a public key and says so", async () => {
    const { workbench } = scene;
    await workbench.tree.clickInlineAction("NSML 인증키", "SSH 공개 키 업로드…");
    await workbench.quickPick.waitForItem("id_ed25519.pub");
    await workbench.screenshot("ko-upload-pick");
    const cutOffInPick = await cutOffIn(asked);
    await workbench.quickPick.choose("id_ed25519.pub");
    const { message } = await workbench.inputBox.waitFor({ message: /인증키 ID/ });
    assert.match(message, /^NSML에 등록할 Ed25519 키의 인증키 ID/);
    assert.deepEqual([cutOffInPick, await cutOffIn(asked)], [[], []]);
    await workbench.inputBox.accept();
    await workbench.notifications.waitFor("“jiwoo-laptop” 인증키를 NSML에 업로드했습니다.");
    await workbench.screenshot("ko-uploaded");
    const toasts = await workbench.notifications.list();
    assert.deepEqual(
      toasts.filter(({ isCut }) => isCut),
      [],
    );
    await workbench.notifications.clear();
  });

  it("copies a key ID and says so in the status bar", async () => {
    const { workbench, sandbox } = scene;
    const [subAccount] = sandbox.state.subAccounts;
    await workbench.tree.expandRow(new RegExp(subAccount?.loginId ?? ""));
    await workbench.tree.waitForRow(/(비)?활성/);
    await workbench.tree.selectRow("jiwoo-laptop");
    await workbench.press("Control+c");
    await workbench.waitForClipboard("jiwoo-laptop");
    await workbench.waitForStatusBar("키 ID를 복사했습니다");
    await workbench.screenshot("ko-tree");
    assert.deepEqual(await cutOffIn(treeNames), []);
  });

  it("asks before it deletes, naming the key", async () => {
    const { workbench } = scene;
    await workbench.tree.contextMenu("jiwoo-laptop", "NSML 인증키 삭제…");
    const { message, buttons } = await workbench.dialog.read();
    await workbench.screenshot("ko-delete");
    assert.deepEqual(
      {
        message,
        canDelete: buttons.includes("삭제"),
        cutOff: await cutOffIn(".dialog-buttons .monaco-button"),
      },
      { message: "NSML 인증키(jiwoo-laptop)를 삭제하시겠습니까?", canDelete: true, cutOff: [] },
    );
    await workbench.press("Escape");
  });

  managingKeysInKorean(() => scene);

  it("shows the health of the keys with no column cut off, and no English but names", async () => {
    const { workbench, sandbox } = scene;
    const health = new HealthPage(workbench.page);
    await workbench.clickViewAction("키 상태 점검");
    const headline = await health.waitForReport();
    await workbench.screenshot("ko-health");
    const heads = await health.locator("thead th").allTextContents();
    const loginIdHeights = await health
      .locator("td.owner .detail")
      .evaluateAll((ids: PageElement[]) => ids.map(({ clientHeight }) => clientHeight));
    const files = ["id_ed25519.pub", "id_1.pub", "id_2.pub"];
    const english = englishIn(
      await health.locator("main").innerText(),
      [...valuesOf(sandbox), ...files],
      /API Key|Access Key|API|NSML|Enter/g,
    );
    await health.locator("table").scrollIntoViewIfNeeded();
    await health.locator("tbody tr").nth(12).scrollIntoViewIfNeeded();
    await workbench.screenshot("ko-health-table");
    assert.ok(heads.some((text) => text.startsWith("경과 기간")));
    assert.deepEqual(
      {
        headline: /^키 \d+개 중 \d+개에 확인이 필요합니다$/.test(headline),
        cutOff: await cutOff(health.locator("thead th, tbody th, tbody td, .chip, .legend")),
        // A login ID that breaks has two lines.
        heightsOfLoginIds: new Set(loginIdHeights).size,
        english,
        faults: await findViolations(await health.frame()),
      },
      { headline: true, cutOff: [], heightsOfLoginIds: 1, english: null, faults: [] },
    );
  });

  it("has a walkthrough whose steps and buttons can be read to their end", async () => {
    const { workbench } = scene;
    const walkthrough = new Walkthrough(workbench.page);
    // In a narrow window a walkthrough shows no pictures.
    await workbench.page.setViewportSize({ width: 1440, height: 900 });
    await workbench.runCommand("Welcome: Open Walkthrough...");
    await workbench.quickPick.choose("Ncloud Keys 안내");
    await walkthrough.waitForSteps("Four steps", (all) => all.length === 4);
    await walkthrough.openStep("SSH 공개 키 업로드", "upload");
    await workbench.screenshot("ko-walkthrough");
    const details = ".gettingStartedSlideDetails";
    assert.deepEqual(
      {
        steps: (await walkthrough.steps()).map(({ title, buttons }) => [title, ...buttons]),
        cutOff: await cutOffIn(`${details} .step-title, ${details} .monaco-button`),
      },
      {
        steps: [
          ["계정 가져오기 또는 로그인"],
          ["모든 키 조회"],
          ["SSH 공개 키 업로드", "SSH 공개 키 업로드…"],
          ["확인이 필요한 키 점검"],
        ],
        cutOff: [],
      },
    );
  });
});
