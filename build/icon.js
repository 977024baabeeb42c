/** Draws the icon of the gallery, which takes no SVG, from `media/icon.svg`: `npm run icon`. */
import { readFileSync, writeFileSync } from "node:fs";
import { launchBrowser } from "../out/test/support/vscode/browser.js";

const media = new URL("../media/", import.meta.url);
const size = 256;

const browser = await launchBrowser();
const page = await browser.newPage({ viewport: { width: size, height: size } });
const svg = readFileSync(new URL("icon.svg", media), "utf8");
await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`);
writeFileSync(new URL("icon.png", media), await page.screenshot({ omitBackground: true }));
await browser.close();
