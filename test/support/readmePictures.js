/** Takes the README's pictures from what the workbench tests left of the newest VS Code. */
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const target = join(root, "media", "screenshots");

mkdirSync(target, { recursive: true });
for (const name of ["tree", "upload-pick", "api-key-detail", "health"]) {
  copyFileSync(
    join(root, "out", "screenshots", "newest", `${name}.png`),
    join(target, `${name}.png`),
  );
}
