/** Packs what `.vscodeignore` lets in: `node build/package.js [file]`. */
import { readFileSync } from "node:fs";
import { createVSIX } from "@vscode/vsce";

const [packagePath = "ncloud-keys.vsix"] = process.argv.slice(2);
const { repository } = JSON.parse(readFileSync("package.json", "utf8"));
await createVSIX({
  packagePath,
  // What the extension needs is in its bundles.
  dependencies: false,
  // vsce can point the README's links at a repository only once there is one.
  allowMissingRepository: true,
  rewriteRelativeLinks: repository !== undefined,
});
