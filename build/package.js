/** Packs what `.vscodeignore` lets in: `node build/package.js [file]`. */
import { readFileSync, writeFileSync } from "node:fs";
import { createVSIX } from "@vscode/vsce";

const [packagePath = "ncloud-keys.vsix"] = process.argv.slice(2);
const { repository } = JSON.parse(readFileSync("package.json", "utf8"));
// vsce points the README's pictures and links at the repository, once there is one.
const hasRepository = repository !== undefined;
const readmePath = hasRepository ? "README.md" : "dist/README.md";
if (!hasRepository) {
  writeFileSync(readmePath, withoutRelativeLinks(readFileSync("README.md", "utf8")));
}
await createVSIX({
  packagePath,
  readmePath,
  // What the extension needs is in its bundles.
  dependencies: false,
  allowMissingRepository: true,
  rewriteRelativeLinks: hasRepository,
});

/**
 * The page of the extension resolves no relative address, be the file in the package or not. A line
 * that is a picture or a link goes; a link within a sentence becomes its text.
 */
function withoutRelativeLinks(markdown) {
  const relative = String.raw`!?\[([^\]]*)\]\((?!\w+:|#)[^)]*\)`;
  return markdown
    .replace(new RegExp(`^${relative}\n+`, "gm"), "")
    .replace(new RegExp(relative, "g"), "$1");
}
