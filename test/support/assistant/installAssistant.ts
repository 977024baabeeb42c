import { cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const checkout = fileURLToPath(new URL("../../../../", import.meta.url));

/** Puts the stand-in for an assistant into a folder of installed extensions. */
export function installAssistant(extensionsDir: string): void {
  const target = join(extensionsDir, "ncloud-keys-test.assistant-stand-in-1.0.0");
  const place = ["test", "support", "assistant"];
  cpSync(join(checkout, ...place, "package.json"), join(target, "package.json"));
  cpSync(join(checkout, "out", ...place, "extension.js"), join(target, "extension.js"));
}
