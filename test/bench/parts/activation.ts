import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { makeTempFolder } from "../../support/leftovers.ts";
import { installBuiltExtension } from "../../support/vscode/extensionFiles.ts";
import { findHost, type HostName } from "../../support/vscode/hosts.ts";
import { startServer } from "../../support/vscode/server.ts";
import { closeBrowser, openProfile } from "../../support/workbench/profile.ts";
import type { HostTimes, Plan } from "../floor/driver.ts";
import { compared, type PartResult, type Profile, type Row } from "../row.ts";
import { meanOf, type Shares } from "../timeShares.ts";

const checkout = fileURLToPath(new URL("../../../../", import.meta.url));
const code = fileURLToPath(new URL("../", import.meta.url));
/** How often they are activated in each order. */
const rounds = 3;
/** A multiple of three: each of them is the first, the second and the last one as often. */
const profiled = 3;
const limitMs = 30_000;

const ours = "ncloud-keys.ncloud-keys";
const floor = "bench.floor";
const wideFloor = "bench.wide-floor";
/** All there are; any three that follow each other begin with each of them. */
const orders = [
  [ours, floor, wideFloor],
  [floor, wideFloor, ours],
  [wideFloor, ours, floor],
  [ours, wideFloor, floor],
  [floor, ours, wideFloor],
  [wideFloor, floor, ours],
];

/** Loading and activating the extension in a fresh extension host, against the least extension. */
export async function activation(hostName: HostName): Promise<PartResult> {
  const folder = makeTempFolder("ncloud-keys-bench-");
  const extensionsDir = join(folder.path, "extensions");
  const results = join(folder.path, "results");
  mkdirSync(extensionsDir);
  installBuiltExtension(checkout, extensionsDir);
  const leastFiles = ["floor/floor.js"];
  install(extensionsDir, "floor", leastFiles, withCommands("floor", 1));
  install(extensionsDir, "wide-floor", leastFiles, withCommands("wide-floor", ownCommandCount()));
  const plan: Plan = { results, orders, profiled };
  const driverFiles = ["floor/driver.js", "measure.js", "timeShares.js"];
  const activationEvents = ["onStartupFinished"];
  install(extensionsDir, "driver", driverFiles, { activationEvents, plan });

  const server = await startServer({
    host: await findHost(hostName),
    extensionsDir,
    builtinExtensions: [],
  });
  try {
    const profile = await openProfile(server.origin);
    const page = await profile.newPage();
    const hosts: HostTimes[] = [];
    await page.goto(`${server.origin}/?ew=true`);
    for (;;) {
      hosts.push(await readTimes(results, hosts.length));
      if (hosts.length === profiled + rounds * orders.length) break;
      // A window that is loaded anew gets an extension host of its own.
      await page.reload();
    }
    return {
      rows: rowsOf(hosts.slice(profiled), hostName),
      profiles: [profileOf(hosts.slice(0, profiled), hostName)],
    };
  } finally {
    await closeBrowser();
    await server.stop();
    folder.remove();
  }
}

function ownCommandCount(): number {
  const manifest = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8")) as {
    contributes: { commands: readonly unknown[] };
  };
  return manifest.contributes.commands.length;
}

/** As ours: a view in a container of its own. */
function withCommands(name: string, count: number): object {
  const commands = Array.from({ length: count }, (_, index) => ({
    command: `${name}.command${index}`,
    title: `Command ${index}`,
  }));
  return {
    contributes: {
      commands,
      viewsContainers: { activitybar: [{ id: name, title: name, icon: "$(key)" }] },
      views: { [name]: [{ id: `${name}.view`, name }] },
    },
  };
}

/** @param files the main one first */
function install(extensionsDir: string, name: string, files: string[], parts: object): void {
  const target = join(extensionsDir, `bench.${name}-1.0.0`);
  for (const file of files) cpSync(join(code, file), join(target, file));
  const manifest = {
    name,
    publisher: "bench",
    version: "1.0.0",
    type: "module",
    main: `./${files[0]}`,
    engines: { vscode: "^1.100.0" },
    ...parts,
  };
  writeFileSync(join(target, "package.json"), JSON.stringify(manifest));
}

/** Waits for the line of the next host. */
async function readTimes(results: string, index: number): Promise<HostTimes> {
  const limit = Date.now() + limitMs;
  for (;;) {
    const lines = existsSync(results) ? readFileSync(results, "utf8").split("\n") : [];
    // The last one is empty, or not all there.
    if (lines.length > index + 1) {
      const found = JSON.parse(lines[index]!) as HostTimes & { readonly error?: string };
      if (found.error !== undefined) throw new Error(found.error);
      return found;
    }
    if (Date.now() > limit) throw new Error(`Extension host ${index + 1} has not answered.`);
    await sleep(50);
  }
}

function rowsOf(hosts: readonly HostTimes[], host: HostName): Row[] {
  const timesOf = (id: string) => hosts.map((times) => times[id] as number);
  const row = (against: string, id: string, most: number): Row => {
    const figures = compared(timesOf(ours), timesOf(id));
    return {
      what: `Load and activate (${host})`,
      against,
      ...figures,
      goal: `≤ ${most} ×`,
      met: figures.ratio <= most,
      details: `${figures.details}, ${hosts.length} fresh hosts`,
    };
  };
  return [
    row("an extension with one tree, one command, one log channel", floor, 2),
    row("the same with as many commands", wideFloor, 1.3),
  ];
}

function profileOf(hosts: readonly HostTimes[], host: HostName): Profile {
  const column = (name: string, id: string) => {
    return { name, shares: meanOf(hosts.map((times) => times[id] as Shares)) };
  };
  return {
    title: `Load and activate (${host})`,
    columns: [
      column("ours", ours),
      column("one tree, one command", floor),
      column("as many commands", wideFloor),
    ],
  };
}
