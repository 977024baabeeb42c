/** Mocha's root hooks for the tests that drive a window. */
import type { RootHookObject } from "mocha";
import { spoilWindow } from "../scene/sharedWindow.ts";
import { chosenHostName, findHost } from "../vscode/hosts.ts";
import { ensureKoreanFont, findChromium } from "../vscode/prerequisites.ts";
import { closeBrowser } from "./profile.ts";
import { Workbench } from "./workbench.ts";

const installLimitMs = 600_000;

export const mochaHooks: RootHookObject = {
  /** What may have to be fetched is fetched before the clock of any test runs. */
  async beforeAll(this: Mocha.Context): Promise<void> {
    this.timeout(installLimitMs);
    await findHost(chosenHostName());
    findChromium();
    ensureKoreanFont();
  },

  /** A failed test leaves a picture of every window that is open. */
  async afterEach(this: Mocha.Context): Promise<void> {
    const test = this.currentTest;
    if (test?.state !== "failed") return;
    spoilWindow();
    const name = test.fullTitle().replace(/[^\p{L}\p{N}]+/gu, "-");
    for (const [index, workbench] of Workbench.opened.entries()) {
      console.log(
        `    screenshot: ${await workbench.screenshotNow(`failed-${name}-${index + 1}`)}`,
      );
    }
  },

  async afterAll(): Promise<void> {
    for (const workbench of Workbench.opened) await workbench.close();
    await closeBrowser();
  },
};
