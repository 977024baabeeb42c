import { rm } from "node:fs/promises";
import { build, context } from "esbuild";

const outdir = "dist";

/** @type {import("esbuild").BuildOptions} */
const options = {
  entryPoints: ["src/extension.ts"],
  outdir,
  bundle: true,
  // Splitting is what keeps the HTTP stack out of the file that activates; esbuild splits ESM only.
  format: "esm",
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  platform: "node",
  target: "node20",
  external: ["vscode"],
  minify: true,
  // Error classes are told apart by name in the log, and minifying would rename them.
  keepNames: true,
  sourcemap: "linked",
  legalComments: "none",
  logLevel: "info",
};

await rm(outdir, { recursive: true, force: true });
if (process.argv.includes("--watch")) {
  await (await context({ ...options, minify: false })).watch();
} else {
  await build(options);
}
