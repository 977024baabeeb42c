/** Cuts the README's pictures out of what the workbench tests left of the newest VS Code. */
import { mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { launchBrowser } from "../../out/test/support/vscode/browser.js";

const root = new URL("../../", import.meta.url);
const from = new URL("out/screenshots/newest/", root);
const to = new URL("media/screenshots/", root);

const sidebar = { x: 48, y: 36, width: 300 };
const pick = { x: 340, y: 6, width: 602 };
const editor = { x: 352, y: 68, width: 924 };
/** What is worth seeing of each window, in pixels of its picture. */
const pictures = {
  tree: { ...sidebar, height: 322 },
  "upload-pick": { ...pick, height: 314 },
  "api-key-detail": { ...sidebar, height: 322 },
  health: { ...editor, height: 570 },
  "ko-tree": { ...sidebar, height: 630 },
  "ko-upload-pick": { ...pick, height: 182 },
  "ko-health": { ...editor, height: 486 },
};

const browser = await launchBrowser();
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
mkdirSync(to, { recursive: true });
for (const [name, clip] of Object.entries(pictures)) {
  const picture = readFileSync(new URL(`${name}.png`, from), "base64");
  await page.setContent(
    `<style>body { margin: 0 }</style><img src="data:image/png;base64,${picture}">`,
  );
  await page.locator("img").evaluate((image) => image.decode());
  await page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, to)), clip });
}
await browser.close();
