/**
 * Loaded into the server and its extension host by `NODE_OPTIONS`: writes down every file that is
 * opened or read, one path a line, into the file that NCLOUD_KEYS_TEST_READS names.
 */
import fs, { appendFileSync } from "node:fs";
import module from "node:module";
import { fileURLToPath } from "node:url";

type Method = (this: unknown, path: unknown, ...rest: unknown[]) => unknown;

const record = process.env["NCLOUD_KEYS_TEST_READS"];
const append = appendFileSync;

function note(path: unknown): void {
  const text = path instanceof URL ? fileURLToPath(path) : String(path);
  if (record !== undefined && typeof path !== "number") append(record, `${text}\n`);
}

function watch(owner: object, name: string): void {
  const methods = owner as Record<string, Method>;
  const original = methods[name]!;
  methods[name] = function (path, ...rest) {
    // What the record itself needs is not of interest, and would have no end.
    if (path !== record) note(path);
    return original.call(this, path, ...rest);
  };
}

for (const name of ["open", "openSync", "readFile", "readFileSync", "createReadStream"]) {
  watch(fs, name);
}
for (const name of ["open", "readFile"]) watch(fs.promises, name);
module.syncBuiltinESMExports();
