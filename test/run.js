/**
 * Runs everything that has to be well before a change goes in, and says in its last line how it went:
 * `tests: N passed, N failed`. Names of stages run those alone, with what they are made from:
 * `node test/run.js unit host:newest`. With `--long` the tests that try many cases try them all.
 *
 * Two stages run at a time, but for a build machine: a window waits more than it works. What a stage prints is shown when it
 * has ended.
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
/** A build machine has nobody who waits, and one window at a time is the steadier way. */
const stagesAtOnce = process.env.CI ? 1 : 2;
/** Every case instead of a sample, and the time that takes. */
const isLong = process.argv.includes("--long");
if (isLong) process.env.NCLOUD_KEYS_TEST_LONG = "1";
const patience = isLong ? 6 : 1;

/** What does not hang on the release of VS Code: a sample is the newest one, the long run takes both. */
const sameOnEveryHost = [
  "healthChanges",
  "healthLooks",
  "hostileWorkspace",
  "keyboard",
  "keychain",
  "plantedSecret",
  "races",
];

/** What Windows does not have: FIFOs, devices, modes of files, programs that are scripts of a shell. */
const posixTests = "out/test/unit/**/*.posix.test.js";
const notOnWindows = process.platform === "win32" ? ["--ignore", posixTests] : [];

const tool = (path) => join("node_modules", ...path.split("/"));
const compiled = (path) => join("out", "test", ...path.split("/"));

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {string} title
 * @property {string[][]} commands arguments for node, one command after the other
 * @property {number} minutes the time limit of one command
 * @property {string[]} [after] stages it is made from
 * @property {string[]} [machine] what it needs of the machine, by the names of `support/prepare.ts`
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
    title: "Lint, format and unused code",
    commands: [
      [tool("eslint/bin/eslint.js"), "."],
      [tool("prettier/bin/prettier.cjs"), "--check", "."],
      [tool("knip/bin/knip.js")],
    ],
    minutes: 5,
  },
  { name: "build", title: "Bundle", commands: [["esbuild.js"]], minutes: 2 },
  {
    name: "prepare",
    title: "What the tests need of this machine",
    // What the stages that were chosen need; see `chooseStages`.
    commands: [],
    minutes: 20,
    after: ["types"],
    needs: [compiled("support/prepare.js")],
  },
  {
    name: "package",
    title: "Package",
    commands: [
      ["build/package.js", "out/ncloud-keys.vsix"],
      mocha("package", ["out/test/package/**/*.test.js"]),
    ],
    minutes: 5,
    after: ["types", "build"],
    needs: ["dist/extension.js", "out/test/package"],
    stale: ["out/ncloud-keys.vsix"],
    mocha: true,
  },
  workbenchStage("newest"),
  workbenchStage("oldest"),
  {
    name: "unit",
    title: "Unit tests",
    commands: [mocha("unit", ["out/test/unit/**/*.test.js", ...notOnWindows])],
    minutes: 10,
    after: ["types", "prepare"],
    machine: ["ssh-keygen"],
    needs: ["out/test/unit"],
    mocha: true,
  },
  hostStage("oldest"),
  hostStage("newest"),
];

/** @returns {Stage} */
function hostStage(host) {
  return {
    name: `host:${host}`,
    title: `Host tests, in the extension host of the ${host} VS Code`,
    commands: [[compiled("support/runHostTests.js"), host]],
    minutes: 15,
    after: ["types", "build", "prepare"],
    machine: ["browser", host],
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
  const known = host === "newest" || isLong ? [] : sameOnEveryHost;
  const without = known.flatMap((test) => ["--ignore", `out/test/workbench/${test}.test.js`]);
  return {
    name,
    title: `Workbench tests, in the window of the ${host} VS Code`,
    commands: [mocha(name, [...options, ...hooks, ...without, "out/test/workbench/**/*.test.js"])],
    minutes: 30,
    after: ["types", "build", "prepare", "package"],
    machine: ["ssh-keygen", "browser", host],
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

/**
 * A stage is chosen by its name or the part of it before the colon, and brings what it is made from:
 * of the machine no more than it needs, as a VS Code weighs hundreds of megabytes.
 */
function chooseStages(names) {
  const chosen = new Set();
  for (const name of names.length === 0 ? stages.map((stage) => stage.name) : names) {
    const found = stages.filter((stage) => [stage.name, stage.name.split(":")[0]].includes(name));
    if (found.length === 0) {
      const known = stages.map((stage) => stage.name).join(", ");
      throw new Error(`There is no stage "${name}". The stages are: ${known}.`);
    }
    for (const stage of found) [...(stage.after ?? []), stage.name].forEach((n) => chosen.add(n));
  }
  const stagesToRun = stages.filter((stage) => chosen.has(stage.name));
  const machine = new Set(stagesToRun.flatMap((stage) => stage.machine ?? []));
  return stagesToRun.map((stage) =>
    stage.name === "prepare"
      ? { ...stage, commands: [[compiled("support/prepare.js"), ...machine]] }
      : stage,
  );
}

/** Runs a stage and counts: its tests, or itself as one. A stage that did not run has failed. */
async function runStage(stage, print) {
  for (const path of [...(stage.stale ?? []), resultFile(stage.name)]) {
    rmSync(resolve(root, path), { recursive: true, force: true });
  }
  const missing = (stage.needs ?? []).find((path) => !existsSync(resolve(root, path)));
  if (missing !== undefined) {
    print(`Cannot run: ${missing} is missing.\n`);
    return { passed: 0, failed: 1 };
  }
  let well = true;
  for (const command of stage.commands) well = (await run(command, stage, print)) && well;
  if (!stage.mocha) return { passed: well ? 1 : 0, failed: well ? 0 : 1 };
  return countTests(stage, well, print);
}

function countTests(stage, well, print) {
  let counts = { passed: 0, failed: 0 };
  try {
    counts = JSON.parse(readFileSync(resultFile(stage.name), "utf8"));
  } catch {
    print("The tests left no result.\n");
  }
  const { passed, failed } = counts;
  if (passed + failed === 0) print("No test ran.\n");
  // An end that is not explained by a failed test is a failure of its own.
  const unexplained = failed === 0 && (!well || passed === 0);
  return { passed, failed: unexplained ? 1 : failed };
}

const running = new Set();
let isStopping = false;

/** Runs node with these arguments; resolves to whether it ended well and in time. */
function run(args, { minutes, env }, print) {
  if (isStopping) return Promise.resolve(false);
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  running.add(child);
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", print);
  let killer;
  const limit = setTimeout(
    () => {
      print(`Stopped after ${minutes * patience} minutes.\n`);
      // What the child has started ends with it when it is asked; the second call is for a deaf one.
      child.kill("SIGTERM");
      killer = setTimeout(() => child.kill("SIGKILL"), killGraceMs);
    },
    minutes * patience * 60_000,
  );
  return new Promise((resolve) => {
    const end = (well) => {
      clearTimeout(limit);
      clearTimeout(killer);
      running.delete(child);
      resolve(well);
    };
    child.once("error", (error) => {
      print(`${error.message}\n`);
      end(false);
    });
    child.once("close", (code) => end(code === 0));
  });
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    isStopping = true;
    const exit = () => {
      if (running.size === 0) process.exit(128 + constants.signals[signal]);
    };
    exit();
    for (const child of running) {
      child.once("close", exit);
      child.kill(signal);
    }
  });
}

/** Runs a stage, and shows what it printed when it has ended. */
async function reportOf(stage) {
  const began = Date.now();
  console.log(`--- ${stage.title} begins (${stage.name})`);
  let printed = "";
  const counts = await runStage(stage, (text) => (printed += text));
  console.log(`\n=== ${stage.title} (${stage.name})\n${printed.trimEnd()}`);
  return { ...counts, name: stage.name, seconds: (Date.now() - began) / 1000 };
}

/** Runs the stages in their order, two at a time, each when what it is made from has ended. */
async function runStages(chosen) {
  const left = [...chosen];
  const underWay = new Map();
  const reports = new Map();
  const isReady = ({ after = [] }) =>
    after.every((name) => reports.has(name) || !chosen.some((stage) => stage.name === name));
  for (;;) {
    let next;
    while (underWay.size < stagesAtOnce && (next = left.find(isReady))) {
      left.splice(left.indexOf(next), 1);
      underWay.set(next.name, reportOf(next));
    }
    if (underWay.size === 0) return chosen.map(({ name }) => reports.get(name));
    const report = await Promise.race(underWay.values());
    underWay.delete(report.name);
    reports.set(report.name, report);
  }
}

async function main(args) {
  const names = args.filter((arg) => arg !== "--long");
  const chosen = chooseStages(names);
  mkdirSync(results, { recursive: true });
  const report = await runStages(chosen);
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
