import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export type Settings = Readonly<Record<string, unknown>>;

const quietSettings: Settings = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "chat.disableAIFeatures": true,
  "telemetry.telemetryLevel": "off",
  "extensions.ignoreRecommendations": true,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "remote.autoForwardPorts": false,
};

/**
 * Fills a user data folder before a start. Settings that are there already stay as they are.
 * @param folder where VS Code keeps `User`, `Machine` and the rest.
 * @param locale the display language; English when undefined.
 */
export function prepareUserData(
  folder: string,
  { settings = {}, locale }: { settings?: Settings | undefined; locale?: string | undefined },
): void {
  mkdirSync(join(folder, "User"), { recursive: true });
  const settingsFile = join(folder, "User", "settings.json");
  if (!existsSync(settingsFile)) writeJson(settingsFile, { ...quietSettings, ...settings });
  if (locale && !locale.startsWith("en")) addLanguagePack(folder, locale);
}

/**
 * VS Code speaks a language when a language pack for it is installed. An empty pack is enough for
 * extensions to be shown in that language, and VS Code's own texts stay English.
 */
function addLanguagePack(folder: string, locale: string): void {
  const translations = join(folder, `main.i18n.${locale}.json`);
  writeJson(translations, { version: "1.0.0", contents: {} });
  const pack = {
    hash: "empty",
    extensions: [
      { extensionIdentifier: { id: "ncloud-keys.empty-language-pack" }, version: "1.0.0" },
    ],
    translations: { vscode: translations },
    label: locale,
  };
  writeJson(join(folder, "languagepacks.json"), { [locale]: pack });
}

function writeJson(file: string, content: unknown): void {
  writeFileSync(file, `${JSON.stringify(content, undefined, 2)}\n`);
}
