import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Scene } from "./scene.ts";

/**
 * Leaks a secret to a log, a file, the profile and the window, there for no longer than one turn of
 * the page's event loop. What the window has seen goes with its page only.
 *
 * @returns what takes the rest back
 */
export async function plantLeaks({ workbench, home }: Scene, secret: string) {
  const { page, files } = workbench;
  const inLogs = join(files, "server", "data", "logs", "planted.log");
  writeFileSync(inLogs, `GET / ${Buffer.from(`key:${secret}`).toString("base64")}\n`);
  const inHome = home.addFile("planted.txt", secret.slice(3, 28));
  await page.evaluate(`(async () => {
    const planted = document.createElement("a");
    planted.title = ${JSON.stringify(secret)};
    document.body.append(planted);
    localStorage.setItem("planted", planted.title);
    await new Promise((resolve) => setTimeout(resolve));
    planted.remove();
  })()`);
  return async () => {
    await page.evaluate(`localStorage.removeItem("planted")`);
    for (const path of [inLogs, inHome]) rmSync(path);
  };
}
