import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "./until.ts";
import type { Workbench } from "./workbench.ts";

let changes = 0;
/** The settings each window began with, of those that were changed. */
const originals = new WeakMap<Workbench, string>();

/** Changes a setting of the user in their file, and waits until the window has read it. */
export async function changeSetting(workbench: Workbench, name: string, value: unknown) {
  const file = settingsFile(workbench);
  const before = readFileSync(file, "utf8");
  if (!originals.has(workbench)) originals.set(workbench, before);
  const title = `Settings ${++changes}`;
  const settings = { ...(JSON.parse(before) as object), "window.title": title, [name]: value };
  await writeSettings(workbench, JSON.stringify(settings), (shown) => shown === title);
}

/** Puts the settings back to what they were when the window was opened. */
export async function resetSettings(workbench: Workbench): Promise<void> {
  const original = originals.get(workbench);
  if (original === undefined) return;
  originals.delete(workbench);
  await writeSettings(workbench, original, (shown) => !shown.startsWith("Settings "));
}

function settingsFile(workbench: Workbench): string {
  return join(workbench.files, "server", "data", "User", "settings.json");
}

/**
 * A lean VS Code does not watch its files; changing a setting of its own makes it read all of them.
 * The title of the window, a setting too, shows when it has.
 */
async function writeSettings(
  workbench: Workbench,
  text: string,
  hasRead: (title: string) => boolean,
): Promise<void> {
  writeFileSync(settingsFile(workbench), text);
  await workbench.runCommand("View: Toggle Minimap");
  const read = () => workbench.page.title();
  await until(workbench.page, "The title of the settings that were written", read, hasRead);
}
