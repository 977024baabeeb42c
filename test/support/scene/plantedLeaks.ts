import { randomBytes } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { changeSetting } from "../workbench/userSettings.ts";
import type { Scene } from "./scene.ts";
import { ownLogFile } from "./writtenLogs.ts";

/** Where a secret could come to light, and what the search says of one that was leaked there. */
const places = {
  "a label": "the window",
  "a spoken label": "the window",
  "a hover": "the window",
  "a message": "the window",
  "the globalState": "the profile",
  "the page's storage": "the profile",
  "the console": "the console",
  "the clipboard": "the clipboard",
  "the settings": "VS Code's files: server/data/User/settings.json",
  "a log of VS Code": "VS Code's files: server/data/logs/planted.log",
  "a file": "the home folder: planted.txt",
} as const;

type Leak = keyof typeof places | "our log";

/** A secret of its own for each place, so that what is found says where it leaked. */
export function newLeaks(): Readonly<Record<Leak, string>> {
  const secret = () => randomBytes(20).toString("hex");
  const names: readonly Leak[] = [...(Object.keys(places) as (keyof typeof places)[]), "our log"];
  return Object.fromEntries(names.map((name) => [name, secret()])) as Record<Leak, string>;
}

/**
 * Leaks each secret at its place; those in the window are there for no longer than one turn of the
 * page's event loop. What the window has seen goes with its page only.
 *
 * @returns what the search has to find, and what takes the leaks back
 */
export async function plantLeaks(
  scene: Scene,
  leaks: Readonly<Record<Leak, string>>,
): Promise<{ readonly found: readonly string[]; readonly takeBack: () => Promise<void> }> {
  const { workbench, home } = scene;
  const { page, files } = workbench;
  const vsCodeLog = join(files, "server", "data", "logs", "planted.log");
  const inBase64 = Buffer.from(`key:${leaks["a log of VS Code"]}`).toString("base64");
  writeFileSync(vsCodeLog, `GET / ${inBase64}\n`);
  const ownLog = ownLogFile(files);
  const logBefore = readFileSync(ownLog.path);
  writeFileSync(ownLog.path, `${logBefore.toString()}GET / ${leaks["our log"]}\n`);
  const file = home.addFile("planted.txt", leaks["a file"].slice(3, 28));
  await changeSetting(workbench, "ncloudKeys.planted", leaks["the settings"]);
  await workbench.writeClipboard(leaks["the clipboard"]);
  await page.evaluate(`(${plantInPage})(${JSON.stringify(leaks)})`);
  const found = Object.entries(places).map(([leak, place]) =>
    leak === "a log of VS Code" ? `${leak} in base64 in ${place}` : `${leak} in ${place}`,
  );
  return {
    found: [...found, `our log in VS Code's files: ${ownLog.name}`].sort(),
    takeBack: async () => {
      for (const path of [vsCodeLog, file]) rmSync(path);
      writeFileSync(ownLog.path, logBefore);
      await changeSetting(workbench, "ncloudKeys.planted", undefined);
      await workbench.writeClipboard("");
      await page.evaluate(`(${takeFromPage})()`);
    },
  };
}

/** The database in which the page keeps what extensions put into `globalState`. */
const withItems = `(use) => new Promise((resolve, reject) => {
  const opening = indexedDB.open("vscode-web-state-db-global");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const database = opening.result;
    const writing = database.transaction("ItemTable", "readwrite");
    use(writing.objectStore("ItemTable"));
    writing.oncomplete = () => resolve(database.close());
    writing.onerror = () => reject(writing.error);
  };
})`;

const plantInPage = `async (leaks) => {
  const planted = document.createElement("div");
  planted.textContent = leaks["a label"];
  planted.setAttribute("aria-label", leaks["a spoken label"]);
  planted.title = leaks["a hover"];
  document.body.append(planted);
  await new Promise((resolve) => setTimeout(resolve));
  // A text that changes shows what it says now, as a message does that is written anew.
  planted.firstChild.data = leaks["a message"];
  await new Promise((resolve) => setTimeout(resolve));
  planted.remove();
  console.log(leaks["the console"]);
  localStorage.setItem("planted", leaks["the page's storage"]);
  await (${withItems})((items) => items.put(leaks["the globalState"], "planted"));
}`;

const takeFromPage = `async () => {
  localStorage.removeItem("planted");
  await (${withItems})((items) => items.delete("planted"));
}`;
