/**
 * Runs everything that has to be well before a change goes in, and says in its last line how it went:
 * `tests: N passed, N failed`. Names of stages run those alone, with what they are made from:
 * `node test/run.js unit host:newest`. With `--long` the tests that try many cases try them all.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { constants } from "node:os";
import { join, resolve } from "node:path";
import { clearTimeout, setTimeout } from "node:timers";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const results = join(root, "out", "results");
const killGraceMs = 10_000;

const tool = (path) => join("node_modules", ...path.split("/"));
const compiled = (path) => join("out", "test", ...path.split("/"));

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {string} title
 * @property {string[][]} commands arguments for node, one command after the other
 * @property {number} minutes the time limit of one command
 * @property {string[]} [after] stages it is made from
 * @property {string[]} [needs] files it cannot run without
 * @property {string[]} [stale] what an earlier run may have left
 * @property {boolean} [mocha] whether it reports its tests in a file
 * @property {Record<string, string>} [env]
 */

/** @type {Stage[]} */
const stages = [
  {
    name: "types",
    title: "Type check and compilation",
    commands: [[tool("typescript/bin/tsc")], [tool("typescript/bin/tsc"), "-p", "src/healthPage"]],
    minutes: 5,
    // A test that was deleted must not run.
    stale: ["out/src", "out/test", "out/.tsbuildinfo"],
  },
  {
    name: "lint",
    title: "Lint and format",
    commands: [
      [tool("eslint/bin/eslint.js"), "."],
      [tool("prettier/bin/prettier.cjs"), "--check", "."],
    ],
    minutes: 5,
  },
  { name: "build", title: "Bundle", commands: [["esbuild.js"]], minutes: 2 },
  {
    name: "unit",
    title: "Unit tests",
    commands: [mocha("unit", ["out/test/unit/**/*.test.js"])],
    minutes: 5,
    after: ["types"],
    needs: ["out/test/unit"],
    mocha: true,
  },
  hostStage("oldest"),
  hostStage("newest"),
  workbenchStage("oldest"),
  workbenchStage("newest"),
];

/** @returns {Stage} */
function hostStage(host) {
  return {
    name: `host:${host}`,
    title: `Host tests, in the extension host of the ${host} VS Code`,
    commands: [[compiled("support/runHostTests.js"), host]],
    minutes: 15,
    after: ["types", "build"],
    needs: ["dist/extension.js", compiled("host/index.js")],
    mocha: true,
    env: { TEST_RESULT_FILE: resultFile(`host:${host}`) },
  };
}

/** @returns {Stage} */
function workbenchStage(host) {
  const name = `workbench:${host}`;
  const options = ["--timeout", "120000", "--slow", "15000"];
  const hooks = ["--require", compiled("support/workbench/hooks.js")];
  return {
    name,
    title: `Workbench tests, in the window of the ${host} VS Code`,
    commands: [mocha(name, [...options, ...hooks, "out/test/workbench/**/*.test.js"])],
    minutes: 20,
    after: ["types", "build"],
    needs: ["dist/extension.js", compiled("support/workbench/hooks.js")],
    stale: [`out/screenshots/${host}`],
    mocha: true,
    env: { VSCODE_HOST: host },
  };
}

function mocha(name, args) {
  const reporter = ["--reporter", compiled("support/countingReporter.js")];
  const output = ["--reporter-option", `output=${resultFile(name)}`];
  const strict = ["--forbid-only", "--forbid-pending"];
  const program = ["--enable-source-maps", tool("mocha/bin/mocha.js")];
  return [...program, ...reporter, ...output, ...strict, ...args];
}

function resultFile(name) {
  return join(results, `${name.replace(":", "-")}.json`);
}

/** A stage is chosen by its name or the part of it before the colon, and brings what it is made from. */
function chooseStages(names) {
  if (names.length === 0) return stages;
  const chosen = new Set();
  for (const name of names) {
    const found = stages.filter((stage) => [stage.name, stage.name.split(":")[0]].includes(name));
    if (found.length === 0) {
      const known = stages.map((stage) => stage.name).join(", ");
      throw new Error(`There is no stage "${name}". The stages are: ${known}.`);
    }
    for (const stage of found) [...(stage.after ?? []), stage.name].forEach((n) => chosen.add(n));
  }
  return stages.filter((stage) => chosen.has(stage.name));
}

/** Runs a stage and counts: its tests, or itself as one. A stage that did not run has failed. */
async function runStage(stage) {
  for (const path of [...(stage.stale ?? []), resultFile(stage.name)]) {
    rmSync(resolve(root, path), { recursive: true, force: true });
  }
  const missing = (stage.needs ?? []).find((path) => !existsSync(resolve(root, path)));
  if (missing !== undefined) {
    console.error(`Cannot run: ${missing} is missing.`);
    return { passed: 0, failed: 1 };
  }
  let well = true;
  for (const command of stage.commands) well = (await run(command, stage)) && well;
  if (!stage.mocha) return { passed: well ? 1 : 0, failed: well ? 0 : 1 };
  return countTests(stage, well);
}

function countTests(stage, well) {
  let counts = { passed: 0, failed: 0 };
  try {
    counts = JSON.parse(readFileSync(resultFile(stage.name), "utf8"));
  } catch {
    console.error("The tests left no result.");
  }
  const { passed, failed } = counts;
  if (passed + failed === 0) console.error("No test ran.");
  // An end that is not explained by a failed test is a failure of its own.
  const unexplained = failed === 0 && (!well || passed === 0);
  return { passed, failed: unexplained ? 1 : failed };
}

let current;

/** Runs node with these arguments; resolves to whether it ended well and in time. */
function run(args, { minutes, env }) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  current = child;
  let killer;
  const limit = setTimeout(() => {
    console.error(`Stopped after ${minutes} minutes.`);
    // What the child has started ends with it when it is asked; the second call is for a deaf one.
    child.kill("SIGTERM");
    killer = setTimeout(() => child.kill("SIGKILL"), killGraceMs);
  }, minutes * 60_000);
  return new Promise((resolve) => {
    const end = (well) => {
      clearTimeout(limit);
      clearTimeout(killer);
      current = undefined;
      resolve(well);
    };
    child.once("error", (error) => {
      console.error(error.message);
      end(false);
    });
    child.once("exit", (code) => end(code === 0));
  });
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    const exit = () => process.exit(128 + constants.signals[signal]);
    if (!current) exit();
    current.once("exit", exit);
    current.kill(signal);
  });
}

/** Every case instead of a sample, and the time that takes. */
function beLong() {
  process.env.NCLOUD_KEYS_TEST_LONG = "1";
  for (const stage of stages) stage.minutes *= 6;
}

async function main(args) {
  const names = args.filter((arg) => arg !== "--long");
  if (names.length < args.length) beLong();
  const chosen = chooseStages(names);
  mkdirSync(results, { recursive: true });
  const report = [];
  for (const stage of chosen) {
    console.log(`\n=== ${stage.title} (${stage.name})`);
    const began = Date.now();
    const counts = await runStage(stage);
    report.push({ ...counts, name: stage.name, seconds: (Date.now() - began) / 1000 });
  }
  console.log("\n=== Summary");
  for (const { name, passed, failed, seconds } of report) {
    const time = `${seconds.toFixed(1)} s`.padStart(9);
    console.log(`${name.padEnd(17)} ${time}  ${passed} passed, ${failed} failed`);
  }
  const sum = (key) => report.reduce((total, counts) => total + counts[key], 0);
  console.log(`tests: ${sum("passed")} passed, ${sum("failed")} failed`);
  return sum("failed") === 0;
}

try {
  process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1;
} catch (error) {
  console.error(error.message);
  console.log("tests: 0 passed, 1 failed");
  process.exitCode = 1;
}
