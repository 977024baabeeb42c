import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "./until.ts";
import type { Workbench } from "./workbench.ts";

let changes = 0;

/**
 * Changes a setting of the user in their file, and waits until the window has read it. A lean VS
 * Code does not watch its files; changing a setting of its own makes it read all of them. The title
 * of the window, a setting too, shows when it has.
 */
export async function changeSetting(workbench: Workbench, name: string, value: unknown) {
  const file = join(workbench.files, "server", "data", "User", "settings.json");
  const settings = JSON.parse(readFileSync(file, "utf8")) as object;
  const title = `Settings ${++changes}`;
  writeFileSync(file, JSON.stringify({ ...settings, "window.title": title, [name]: value }));
  await workbench.runCommand("View: Toggle Minimap");
  await until(
    workbench.page,
    `The title ${title}`,
    () => workbench.page.title(),
    (shown) => shown === title,
  );
}
