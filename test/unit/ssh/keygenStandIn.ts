import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findSshKeygen, type SshKeygen } from "../../../src/ssh/sshKeygen.ts";

/** The one that the machine has. */
export const realKeygen = await findSshKeygen();

/**
 * An `ssh-keygen` in a folder of its own that does something before it becomes the real one.
 *
 * @param script lines of a shell, run where the pair is being made
 * @param version what the `ssh` beside it prints; none stands there when undefined
 */
export function standIn(folder: string, script: string, version?: string): Promise<SshKeygen> {
  const bin = path.join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  const write = (name: string, text: string) =>
    writeFileSync(path.join(bin, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  write("ssh-keygen", `${script}\nexec '${realKeygen.path}' "$@"`);
  if (version !== undefined) write("ssh", `echo '${version}' >&2`);
  return findSshKeygen({ platform: process.platform, env: { PATH: bin } });
}

/** A file through which a program can say that it has come to a point. */
export function makeFifo(folder: string): string {
  const fifo = path.join(folder, "fifo");
  execFileSync("mkfifo", [fifo]);
  return fifo;
}
