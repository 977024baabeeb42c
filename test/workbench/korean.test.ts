import assert from "node:assert/strict";
import { openScene, type Scene } from "../support/scene/scene.ts";
import { findViolations } from "../support/workbench/axe.ts";
import { HealthPage } from "../support/workbench/healthPage.ts";
import type { PageElement } from "../support/workbench/pageElement.ts";

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

  /** What of these elements is wider than the place it has. */
  async function cutOff(selector: string): Promise<readonly string[]> {
    return await scene.workbench.page.locator(selector).evaluateAll((elements) => {
      const boxes = elements as PageElement[];
      return boxes
        .filter((box) => box.scrollWidth > box.clientWidth)
        .map((box) => box.textContent ?? "");
    });
  }

  it("imports an account from the first view", async () => {
    const { workbench } = scene;
    const { buttons } = await workbench.welcome.read();
    await workbench.screenshot("ko-first-run");
    assert.deepEqual(
      { buttons, cutOff: await cutOff(".welcome-view-content .monaco-button") },
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
    assert.equal(title, "NSML용 API Key");
    await workbench.quickPick.choose("ml-training");
    await workbench.tree.waitForRow(/^NSML 인증키 \d/);
    const rows = await workbench.tree.rows();
    assert.deepEqual(
      rows.filter(({ level }) => level === 1).map(({ text }) => text),
      ["NSML 인증키", "API Key", "서브 계정 Access Key"],
    );
  });

  it("uploads a public key and says so", async () => {
    const { workbench } = scene;
    await workbench.tree.clickInlineAction("NSML 인증키", "SSH 공개 키 업로드…");
    await workbench.quickPick.waitForItem("id_ed25519.pub");
    await workbench.screenshot("ko-upload-pick");
    await workbench.quickPick.choose("id_ed25519.pub");
    const asked = await workbench.inputBox.waitFor({ message: /인증키 ID/ });
    assert.match(asked.message, /^NSML에 등록할 Ed25519 키의 인증키 ID/);
    await workbench.inputBox.accept();
    await workbench.notifications.waitFor("“jiwoo-laptop” 인증키를 NSML에 업로드했습니다.");
    await workbench.screenshot("ko-uploaded");
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
        cutOff: await cutOff(".dialog-buttons .monaco-button"),
      },
      { message: "NSML 인증키(jiwoo-laptop)를 삭제하시겠습니까?", canDelete: true, cutOff: [] },
    );
    await workbench.press("Escape");
  });

  it("shows the health of the keys with no column cut off, and no English but names", async () => {
    const { workbench, sandbox } = scene;
    const health = new HealthPage(workbench.page);
    await workbench.clickViewAction("키 상태 점검");
    const headline = await health.waitForReport();
    await workbench.screenshot("ko-health");
    const heads = await health.locator("thead th").evaluateAll((heads) => {
      const boxes = heads as PageElement[];
      return boxes.map((box) => [box.textContent ?? "", box.scrollWidth <= box.clientWidth]);
    });
    const { apiKeys, authKeys, subAccounts } = sandbox.state;
    const values = [
      "id_ed25519.pub",
      ...authKeys.flatMap(({ title, name }) => [title, name]),
      ...apiKeys.all().flatMap(({ apiKeyName, apiKeyId }) => [apiKeyName, apiKeyId]),
      ...subAccounts.flatMap(({ loginId, accessKeys }) => [
        loginId,
        ...accessKeys.map(({ accessKey }) => accessKey),
      ]),
    ].sort((a, b) => b.length - a.length);
    const text = await health.locator("main").innerText();
    const words = values.reduce((rest, value) => rest.replaceAll(value, ""), text);
    const english = words.replace(/API Key|Access Key|API|NSML|Enter/g, "").match(/[A-Za-z]{2,}/g);
    await health.locator("table").scrollIntoViewIfNeeded();
    await health.locator("tbody tr").nth(12).scrollIntoViewIfNeeded();
    await workbench.screenshot("ko-health-table");
    assert.ok(heads.some(([text]) => String(text).startsWith("경과 기간")));
    assert.deepEqual(
      {
        headline: /^키 \d+개 중 \d+개에 확인이 필요합니다$/.test(headline),
        cutOff: heads.filter(([, fits]) => fits !== true),
        english,
        faults: await findViolations(await health.frame()),
      },
      { headline: true, cutOff: [], english: null, faults: [] },
    );
  });
});
