import { rm, writeFile } from "node:fs/promises";
import { build, context } from "esbuild";
import { noticesOf } from "./build/notices.js";

const outdir = "dist";
const bodiesOfNode = "./build/bodiesOfNode.js";

/** @type {import("esbuild").BuildOptions} */
const common = {
  outdir,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  // The parser of form data, which no answer that we read is, and node-fetch never loads.
  external: ["vscode", "*/multipart-parser.js"],
  alias: {
    "fetch-blob": bodiesOfNode,
    "fetch-blob/from.js": bodiesOfNode,
    "formdata-polyfill/esm.min.js": bodiesOfNode,
  },
  minify: true,
  sourcemap: "linked",
  legalComments: "none",
  logLevel: "info",
  metafile: true,
};

/**
 * What activates. In one build with the rest it would begin with chunks of what both use, and a file
 * more costs the editor more than all of its lines.
 */
/** @type {import("esbuild").BuildOptions} */
const activatingOptions = {
  ...common,
  entryPoints: ["src/extension.ts"],
  plugins: [
    {
      name: "composition-is-loaded-later",
      setup(build) {
        const path = "./composition.js";
        build.onResolve({ filter: /\/composition\.ts$/ }, () => ({ path, external: true }));
      },
    },
  ],
};

/** The rest, split so that the HTTP stack and the commands come when they are wanted. */
/** @type {import("esbuild").BuildOptions} */
const options = {
  ...common,
  entryPoints: ["src/composition.ts"],
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
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
  metafile: true,
};

/** Bytes. What the editor loads to activate the extension, and everything that is packaged. */
const mostToActivate = 40 * 1024;
const mostInAll = 250 * 1024;

/** @throws when the bundle has grown beyond its limits, or HTTP has got into what the view loads. */
function checkBundles(metafiles) {
  const [activatingInputs, inputs] = metafiles.map((metafile) => Object.keys(metafile.inputs));
  const doubled = activatingInputs.filter((input) => inputs.includes(input));
  if (doubled.length > 0) throw new Error(`There would be two modules of ${doubled.join(", ")}.`);
  const outputs = Object.assign({}, ...metafiles.map((metafile) => metafile.outputs));
  const all = Object.entries(outputs).filter(([file]) => !file.endsWith(".map"));
  const activating = outputs[`${outdir}/extension.js`].bytes;
  const inAll = all.reduce((sum, [, { bytes }]) => sum + bytes, 0);
  // Where esbuild's own lines go: what comes after a build may print for other programs.
  console.error(`${activating} bytes to activate, ${inAll} in all`);
  if (activating > mostToActivate) throw new Error(`More than ${mostToActivate} to activate.`);
  if (inAll > mostInAll) throw new Error(`More than ${mostInAll} bytes in all.`);
  for (const file of loadedWith(`${outdir}/composition.js`, outputs)) {
    const isHttp = Object.keys(outputs[file].inputs).some((input) =>
      input.includes("/node-fetch/"),
    );
    if (isHttp) throw new Error(`HTTP is loaded before the first request, in ${file}.`);
  }
}

/** The files that are loaded with this one, without what is imported later. */
function loadedWith(file, outputs, loaded = new Set()) {
  if (loaded.has(file)) return loaded;
  loaded.add(file);
  for (const { path, kind, external } of outputs[file].imports) {
    if (kind === "import-statement" && !external) loadedWith(path, outputs, loaded);
  }
  return loaded;
}

await rm(outdir, { recursive: true, force: true });
if (process.argv.includes("--watch")) {
  for (const each of [activatingOptions, options, pageOptions]) {
    await (await context({ ...each, minify: false })).watch();
  }
} else {
  const metafiles = [];
  for (const each of [activatingOptions, options, pageOptions]) {
    metafiles.push((await build(each)).metafile);
  }
  checkBundles(metafiles);
  await writeFile(`${outdir}/THIRD-PARTY-NOTICES.txt`, noticesOf(metafiles));
}
