import { randomBytes } from "node:crypto";
import type { Browser, BrowserContext } from "playwright-core";
import { launchBrowser } from "../vscode/browser.ts";
import { waitLimitMs } from "./until.ts";

let browser: Promise<Browser> | undefined;

/**
 * Makes a browser profile: what one person's VS Code on one computer is on the desktop. Its pages are
 * the windows; they share the state, the secrets and the clipboard.
 */
export async function openProfile(origin: string): Promise<BrowserContext> {
  // One Chromium serves all tests of a run.
  browser ??= launchBrowser();
  const profile = await (
    await browser
  ).newContext({
    viewport: { width: 1280, height: 800 },
    deviceScaleFactor: 1,
    reducedMotion: "reduce",
  });
  profile.setDefaultTimeout(waitLimitMs);
  await profile.grantPermissions(["clipboard-read", "clipboard-write"], { origin });
  // The page encrypts secrets with a key it asks the server for, and this server mints none. A key
  // that stays the same is what lets secrets survive a reload.
  const key = randomBytes(32);
  await profile.route("**/mint-key", (route) => route.fulfill({ body: key }));
  return profile;
}

export async function closeBrowser(): Promise<void> {
  const opened = await browser;
  browser = undefined;
  await opened?.close();
}
