import { spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ownGroup, undoAtExit } from "../leftovers.ts";
import { cacheFolder } from "./cacheFolder.ts";

/** An npm package to keep in the cache, with folders inside it that need an install of their own. */
export interface CachedPackage {
  /** As in a package.json: a name and an exact version, or a range where any will do. */
  readonly name: string;
  readonly version: string;
  /** Folders inside the package whose own dependencies it does not bring. */
  readonly nested?: readonly string[];
  readonly size: string;
}

/**
 * Returns the folder of a package in the cache, having fetched it if it is not there yet.
 * Packages are installed without their scripts: nothing is compiled, no system headers are needed.
 * @throws an error whose message can be shown as it is.
 */
export async function cachedPackage(wanted: CachedPackage): Promise<string> {
  const cache = cacheFolder();
  const home = join(cache, `${wanted.name}-${wanted.version}`);
  const folder = join(home, "node_modules", wanted.name);
  if (existsSync(folder)) return folder;

  console.log(`Fetching ${wanted.name}@${wanted.version} (${wanted.size}) into ${cache}`);
  await mkdir(cache, { recursive: true });
  const unfinished = await mkdtemp(join(cache, ".installing-"));
  const forget = undoAtExit(() => rmSync(unfinished, { recursive: true, force: true }));
  try {
    await install(wanted, unfinished);
    await moveInto(unfinished, home, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
    forget();
  }
  return folder;
}

async function install(wanted: CachedPackage, into: string): Promise<void> {
  // Without a package.json npm would install into the nearest folder above that has one.
  await writeFile(join(into, "package.json"), '{ "private": true }\n');
  await npm(into, ["install", `${wanted.name}@${wanted.version}`], wanted);
  for (const nested of wanted.nested ?? []) {
    const folder = join(into, "node_modules", wanted.name, nested);
    await npm(folder, ["install", "--omit=dev"], wanted);
  }
}

/** A folder appears in the cache complete or not at all; of two runs at once the first one wins. */
async function moveInto(unfinished: string, home: string, folder: string): Promise<void> {
  try {
    await rename(unfinished, home);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}

async function npm(folder: string, command: string[], wanted: CachedPackage): Promise<void> {
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const windows = process.platform === "win32";
  // "." and not the path, which may have spaces and goes through a shell on Windows.
  const child = spawn("npm", [...command, ...flags, "--prefix=."], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    detached: !windows,
    shell: windows,
  });
  ownGroup(child);
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) {
    throw new Error(
      `${wanted.name}@${wanted.version} could not be installed from the npm registry ` +
        `(npm ended with ${code ?? "a signal"}). Is the registry in reach? npm said:\n${output.trim()}`,
    );
  }
}
