/** Says what keeps a tag from being released: `node build/releaseProblems.js v1.2.3`. */
import { readFileSync } from "node:fs";

const [tag = ""] = process.argv.slice(2);
const { version, repository } = JSON.parse(readFileSync("package.json", "utf8"));
const changelog = readFileSync("CHANGELOG.md", "utf8");

const problems = [];
if (tag !== `v${version}`) problems.push(`The tag is "${tag}", and package.json has ${version}.`);
if (!/\d{4}-\d\d-\d\d/.test(headingOf(version) ?? "")) {
  problems.push(`CHANGELOG.md has no section of ${version} with a date.`);
}
if (repository === undefined) {
  problems.push(
    "package.json names no repository: pictures and links of the page would be missing.",
  );
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;

function headingOf(version) {
  return changelog.split("\n").find((line) => line.startsWith(`## [${version}]`));
}
