import { spawnSync } from "node:child_process";
import { chmodSync, symlinkSync, writeFileSync } from "node:fs";

import type { KeyFile } from "../../../src/ssh/sshDirectory.ts";

/** What can be said of a file whatever the folder and the time: its type, or its problem. */
export function outcome({ result }: KeyFile): unknown {
  return result.kind === "key" ? result.key.type : result.problem;
}

export function makeFifo(file: string): void {
  const { status, error } = spawnSync("mkfifo", [file]);
  if (status !== 0) throw error ?? new Error("mkfifo failed");
}

/** Puts a file that its reader may not open there. For root, that is one of Linux's write-only. */
export function makeUnreadable(file: string): void {
  if (process.geteuid?.() === 0) {
    symlinkSync("/proc/sys/net/ipv4/route/flush", file);
  } else {
    writeFileSync(file, "");
    chmodSync(file, 0);
  }
}
