/**
 * Loaded into the server and its extension host by `NODE_OPTIONS`: writes down every path that is
 * read, listed or asked about, one a line with the process and the method, into the file that
 * NCLOUD_KEYS_TEST_READS names.
 */
import { appendFileSync } from "node:fs";
import { watchFiles } from "./fileWatch.ts";

const record = process.env["NCLOUD_KEYS_TEST_READS"];
const append = appendFileSync;
const type = process.argv.find((arg) => arg.startsWith("--type="))?.replace("--type=", "");

watchFiles((method, path) => {
  // What the record itself needs is not of interest, and would have no end.
  if (record === undefined || path === record) return;
  append(record, `${type ?? "server"}\t${method}\t${path}\n`);
});
