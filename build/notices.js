/** The notices that go with the package: of every npm package whose code is really in the bundles. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Licences that ask for no more than their text beside the code. */
const accepted = ["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0"];

/**
 * Returns the text of the notices.
 * @param {import("esbuild").Metafile[]} metafiles what esbuild says of each bundle
 * @throws when a package has another licence, or none that can be read
 */
export function noticesOf(metafiles) {
  const folders = new Set(metafiles.flatMap(bundledFolders));
  const notices = [...folders].map(noticeOf).sort();
  return [
    "Ncloud Keys contains code of these packages, each under its own license.",
    ...notices,
  ].join(`\n\n${"-".repeat(80)}\n\n`);
}

/** The folders of the packages of which at least a byte is in an output. */
function bundledFolders({ outputs }) {
  return Object.values(outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .flatMap(([path]) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []);
}

function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  if (!accepted.includes(license)) {
    throw new Error(`${name} has the license ${license}, which is none of ${accepted.join(", ")}.`);
  }
  // Apache-2.0 asks that a NOTICE goes along too.
  const texts = [licenceText(name, folder), fileLike(folder, /^notice/i)].filter(Boolean);
  return [`${name} ${version} (${license})`, ...texts].join("\n\n");
}

/** The licence's file; a package that forgot it may have the text in its README. */
function licenceText(name, folder) {
  const file = fileLike(folder, /^licen[cs]e/i);
  if (file !== undefined) return file;
  const inReadme = /\n(?:#+ *Licen[cs]e|Licen[cs]e\n-+)\n+([^]*?)(?=\n(?:#|\[[^\]]*\]:)|$)/i;
  const [, text = ""] = inReadme.exec(fileLike(folder, /^readme/i) ?? "") ?? [];
  if (!/copyright/i.test(text)) throw new Error(`The license text of ${name} was not found.`);
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").trim();
}

function fileLike(folder, pattern) {
  const name = readdirSync(folder).find((name) => pattern.test(name));
  return name && readFileSync(join(folder, name), "utf8").trim();
}
