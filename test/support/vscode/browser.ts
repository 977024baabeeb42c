import { chromium, type Browser } from "playwright-core";
import { makeTempFolder } from "../leftovers.ts";
import { isolatedEnvironment } from "./environment.ts";
import { findChromium } from "./prerequisites.ts";

/** Chromium as a part of a test: no services of its own, and able to run as root in a container. */
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts a headless Chromium that ends with this process. */
export async function launchBrowser(): Promise<Browser> {
  const folder = makeTempFolder("ncloud-keys-browser-");
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: flags,
    env: definedOnly(isolatedEnvironment({ home: folder.path, temp: folder.path })),
    // Signals are answered in one place for everything that was started; Playwright then ends the
    // browser in its own exit handler.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  browser.once("disconnected", folder.remove);
  // Once more after Playwright's handler, since a browser that still runs can write.
  process.once("exit", folder.remove);
  return browser;
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  const entries = Object.entries(env);
  return Object.fromEntries(entries.flatMap(([name, value]) => (value ? [[name, value]] : [])));
}
