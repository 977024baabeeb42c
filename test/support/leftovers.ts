import { spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * What this process has started or made and must not outlive it. Everything here is undone
 * synchronously in the `exit` event, because that is the one place every way out passes: the end of
 * the program, an uncaught error, `process.exit`, and a signal.
 */
const undoings = new Set<() => void>();
const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;
type EndingSignal = keyof typeof signalNumbers;

let watching = false;
const beforeSignalledExit = new Set<() => Promise<void>>();
let signalled = false;

/**
 * Has `undo` run when this process ends, whichever way.
 * @returns a function that takes it back, for what has already been undone.
 */
export function undoAtExit(undo: () => void): () => void {
  watch();
  undoings.add(undo);
  return () => undoings.delete(undo);
}

/**
 * Lets a program end in good order when it is told to: `end` runs before a signal's exit.
 * @returns a function that takes it back.
 */
export function onSignal(end: () => Promise<void>): () => void {
  watch();
  beforeSignalledExit.add(end);
  return () => beforeSignalledExit.delete(end);
}

/**
 * Makes a folder that is gone when this process is. Its path has no symbolic links in it, and is
 * short: macOS allows the path of a socket 104 characters, and its own temporary folder takes half.
 */
export function makeTempFolder(prefix: string): { path: string; remove: () => void } {
  const parent = realpathSync(process.platform === "darwin" ? "/tmp" : tmpdir());
  const path = mkdtempSync(join(parent, prefix));
  const remove = () => rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  const forget = undoAtExit(remove);
  return {
    path,
    remove: () => {
      remove();
      forget();
    },
  };
}

/**
 * Ties a child to this process. It must have been spawned with `detached` (but on Windows), so that
 * it leads a process group and its own children can be ended with it.
 * @returns a function that ends the group and resolves when the child has exited.
 */
export function ownGroup(child: ChildProcess): () => Promise<void> {
  const pid = child.pid;
  if (pid === undefined) return () => Promise.resolve();
  const forget = undoAtExit(() => signalGroup(pid, "SIGKILL"));
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => {
      // Grandchildren that outlive the leader are still reached through the group's id.
      signalGroup(pid, "SIGKILL");
      forget();
      resolve();
    });
  });
  return async () => {
    if (child.exitCode === null && child.signalCode === null) signalGroup(pid, "SIGTERM");
    const impatient = setTimeout(() => signalGroup(pid, "SIGKILL"), 5_000);
    await exited;
    clearTimeout(impatient);
  };
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(pid), "/T", "/F"], { stdio: "ignore" });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already, which is what was wanted.
  }
}

function watch(): void {
  if (watching) return;
  watching = true;
  process.on("exit", () => {
    // Youngest first: a process ends before the folder it writes to is removed.
    for (const undo of [...undoings].reverse()) {
      try {
        undo();
      } catch (error) {
        console.error("Could not clean up:", error);
      }
    }
  });
  for (const signal of Object.keys(signalNumbers) as EndingSignal[]) {
    process.on(signal, () => void exitOn(signal));
  }
}

async function exitOn(signal: EndingSignal): Promise<void> {
  const exit = () => process.exit(128 + signalNumbers[signal]);
  // A second signal means "now".
  if (signalled || beforeSignalledExit.size === 0) exit();
  signalled = true;
  for (const ended of await Promise.allSettled([...beforeSignalledExit].map((end) => end()))) {
    if (ended.status === "rejected") console.error("Could not end in good order:", ended.reason);
  }
  exit();
}
