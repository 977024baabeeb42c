import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Host } from "./hosts.ts";

/** What a package of the extension holds, as its allow-list of files has it. */
const packaged =
  /^(package\.json|package\.nls(\.[\w-]+)?\.json|dist|media|l10n|(README|CHANGELOG)(\.[\w-]+)?\.md|LICENSE(\.\w+)?)$/i;

/** Puts the built extension of a checkout into a folder of installed extensions. */
export function installBuiltExtension(checkout: string, extensionsDir: string): void {
  const manifest = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8")) as {
    publisher: string;
    name: string;
    version: string;
    main: string;
  };
  if (!existsSync(join(checkout, manifest.main))) {
    throw new Error(`${manifest.main} is missing in ${checkout}: run "npm run build" first.`);
  }
  const { publisher, name, version } = manifest;
  const target = join(extensionsDir, `${publisher}.${name}-${version}`);
  for (const entry of readdirSync(checkout).filter((entry) => packaged.test(entry))) {
    cpSync(join(checkout, entry), join(target, entry), { recursive: true });
  }
}

/** Installs a package as a person does with "Install from VSIX…". */
export function installPackage(host: Host, vsix: string, extensionsDir: string): void {
  const main = join(host.folder, "lib", "vscode", "out", "server-main.js");
  const args = [main, "--install-extension", vsix, "--extensions-dir", extensionsDir];
  const result = spawnSync(host.node, [...args, "--accept-server-license-terms"], {
    encoding: "utf8",
    timeout: 60_000,
  });
  if (result.status !== 0) {
    throw new Error(`${vsix} could not be installed:\n${result.stdout}${result.stderr}`);
  }
}
