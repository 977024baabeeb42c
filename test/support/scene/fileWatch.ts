import fs from "node:fs";
import module from "node:module";
import { fileURLToPath } from "node:url";

type Method = (this: unknown, path: unknown, ...rest: unknown[]) => unknown;

/** What opens a file or reads it whole, and what only asks about a path. */
const reading = ["open", "readFile"] as const;
const asking = ["readdir", "opendir", "stat", "lstat", "access"] as const;

/** The names under which something reads a file. */
export const readers: readonly string[] = [
  ...reading.flatMap((name) => [name, `${name}Sync`]),
  "createReadStream",
];

const others = [...asking.flatMap((name) => [name, `${name}Sync`]), "exists", "existsSync"];

/**
 * Tells every path that this process opens, reads, lists or asks about from now on, whichever form
 * of `node:fs` is used; a file that is open already is not told. Gives what ends it.
 */
export function watchFiles(note: (method: string, path: string) => void): () => void {
  const originals: (readonly [owner: Record<string, Method>, name: string, Method])[] = [];
  const watch = (owner: object, name: string) => {
    const methods = owner as Record<string, Method>;
    const original = methods[name]!;
    originals.push([methods, name, original]);
    methods[name] = function (path, ...rest) {
      const text = pathOf(path);
      if (text !== undefined) note(name, text);
      return original.call(this, path, ...rest);
    };
    // Such as the form of it that `promisify` asks for.
    Object.defineProperties(methods[name], Object.getOwnPropertyDescriptors(original));
  };
  for (const name of [...readers, ...others]) watch(fs, name);
  for (const name of [...reading, ...asking]) watch(fs.promises, name);
  module.syncBuiltinESMExports();
  return () => {
    for (const [owner, name, original] of originals) owner[name] = original;
    module.syncBuiltinESMExports();
  };
}

/** Undefined for what is no path, such as the number of an open file. */
function pathOf(path: unknown): string | undefined {
  if (path instanceof URL) return fileURLToPath(path);
  return typeof path === "string" || Buffer.isBuffer(path) ? path.toString() : undefined;
}
