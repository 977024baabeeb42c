import { cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const checkout = fileURLToPath(new URL("../../../", import.meta.url));

/** The extensions of this folder that tests put beside ours. */
type TestExtension = "assistant" | "runCounter";

/** Puts one of them into a folder of installed extensions. */
export function installTestExtension(name: TestExtension, extensionsDir: string): void {
  const target = join(extensionsDir, `ncloud-keys-test.${name.toLowerCase()}-1.0.0`);
  const place = ["test", "support", name];
  cpSync(join(checkout, ...place, "package.json"), join(target, "package.json"));
  cpSync(join(checkout, "out", ...place, "extension.js"), join(target, "extension.js"));
}
