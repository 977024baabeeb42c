import { workspace, type Disposable } from "vscode";

const section = "ncloudKeys";
const name = "keyAgeWarningDays";
const usual = 90;

/** From how many days on a key counts as old, as the setting says; 0 is never. */
export function keyAgeWarningDays(): number {
  const value = workspace.getConfiguration(section).get<unknown>(name);
  return typeof value === "number" && Number.isFinite(value) && value >= 0
    ? Math.floor(value)
    : usual;
}

export function onDidChangeKeyAgeWarningDays(listener: () => void): Disposable {
  return workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(`${section}.${name}`)) listener();
  });
}
