import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Workbench } from "./workbench.ts";

/**
 * Changes a setting of the user in their file. A lean VS Code does not watch its files; changing
 * a setting of its own makes it read all of them.
 */
export async function changeSetting(workbench: Workbench, name: string, value: unknown) {
  const file = join(workbench.files, "server", "data", "User", "settings.json");
  const settings = JSON.parse(readFileSync(file, "utf8")) as object;
  writeFileSync(file, JSON.stringify({ ...settings, [name]: value }));
  await workbench.runCommand("View: Toggle Minimap");
}
