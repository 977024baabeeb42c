import { rm, writeFile } from "node:fs/promises";
import { build, context } from "esbuild";
import { noticesOf } from "./build/notices.js";

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

/** The page of key health runs in a browser and shares no chunk with the extension. */
/** @type {import("esbuild").BuildOptions} */
const pageOptions = {
  entryPoints: ["src/healthPage/main.ts", "src/healthPage/page.css"],
  outdir: `${outdir}/health`,
  bundle: true,
  format: "esm",
  platform: "browser",
  target: "chrome132",
  minify: true,
  legalComments: "none",
  logLevel: "info",
};

await rm(outdir, { recursive: true, force: true });
if (process.argv.includes("--watch")) {
  for (const each of [options, pageOptions]) {
    await (await context({ ...each, minify: false })).watch();
  }
} else {
  const metafiles = [];
  for (const each of [options, pageOptions]) {
    metafiles.push((await build({ ...each, metafile: true })).metafile);
  }
  await writeFile(`${outdir}/THIRD-PARTY-NOTICES.txt`, noticesOf(metafiles));
}
