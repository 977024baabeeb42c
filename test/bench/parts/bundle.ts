import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { PartResult, Row } from "../row.ts";

const dist = fileURLToPath(new URL("../../../../dist/", import.meta.url));

/** What the build has made. That it is no larger than this, the build sees to itself. */
export function bundle(): Promise<PartResult> {
  const loaded = loadedWith(join(dist, "extension.js"));
  const activated = [...loaded].reduce((sum, file) => sum + statSync(file).size, 0);
  const files = readdirSync(dist, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(js|css)$/.test(file))
    .map((file) => statSync(join(dist, file)).size);
  const all = files.reduce((sum, size) => sum + size, 0);
  return Promise.resolve({
    rows: [
      sizeRow("Loaded to activate", activated, 40, loaded.size),
      sizeRow("The whole bundle", all, 250, files.length),
    ],
  });
}

function sizeRow(what: string, bytes: number, mostKb: number, files: number): Row {
  return {
    what: `${what}, minified`,
    against: "—",
    ratio: undefined,
    goal: `≤ ${mostKb} KB`,
    met: bytes <= mostKb * 1024,
    ours: bytes,
    unit: "bytes",
    details: `${(bytes / 1024).toFixed(1)} KB in ${files === 1 ? "1 file" : `${files} files`}`,
  };
}

/** A file with those it imports, but for what is imported later. */
function loadedWith(file: string, loaded = new Set<string>()): Set<string> {
  if (loaded.has(file)) return loaded;
  loaded.add(file);
  const imports = readFileSync(file, "utf8").matchAll(/(?:from|import)"(\.[^"]+)"/g);
  for (const [, path = ""] of imports) loadedWith(join(dirname(file), path), loaded);
  return loaded;
}
