import { spawn } from "node:child_process";
import { lstatSync } from "node:fs";
import * as files from "node:fs/promises";
import { hostname, userInfo } from "node:os";
import path from "node:path";

import { askpassFile, askpassInput, askpassVariables } from "./askpass.ts";
import { newKeyBits, type NewKeyPair } from "./newKeyPair.ts";
import { parseOpenSshVersion, takesAskpass, type OpenSshVersion } from "./openSshVersion.ts";
import { codeOf } from "./sshDirectory.ts";
import { SshKeygenError } from "./sshKeygenError.ts";

/** The system's `ssh-keygen`. */
export interface SshKeygen {
  /** Absolute. */
  readonly path: string;
  /** Undefined when it cannot be learnt. Whether a passphrase was taken is looked at in any case. */
  readonly version: OpenSshVersion | undefined;
}

type Surroundings = Pick<NodeJS.Process, "platform" | "env">;

/** @throws SshKeygenError of kind `notInstalled` */
export async function findSshKeygen(system: Surroundings = process): Promise<SshKeygen> {
  const suffix = system.platform === "win32" ? ".exe" : "";
  for (const folder of programFolders(system)) {
    const found = path.join(folder, `ssh-keygen${suffix}`);
    if (!(await isProgram(found))) continue;
    // ssh-keygen does not tell its version; the ssh that came with it does.
    return { path: found, version: await versionOf(path.join(folder, `ssh${suffix}`)) };
  }
  throw new SshKeygenError("notInstalled", "There is no ssh-keygen on PATH");
}

function programFolders({ platform, env }: Surroundings): readonly string[] {
  const isWindows = platform === "win32";
  const folders = (env["PATH"] ?? "").split(isWindows ? ";" : ":");
  const root = env["SystemRoot"];
  if (isWindows && root) folders.push(path.join(root, "System32", "OpenSSH"));
  // A relative folder would be one of whatever folder the editor was started in.
  return folders.filter((folder) => path.isAbsolute(folder));
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await files.access(file, files.constants.X_OK);
    return (await files.stat(file)).isFile();
  } catch {
    return false;
  }
}

async function versionOf(ssh: string): Promise<OpenSshVersion | undefined> {
  const printed = await run(ssh, ["-V"]).catch(() => undefined);
  return printed && parseOpenSshVersion(printed.stderr);
}

/** Whether a file of the pair would stand where something is. */
export function isTaken(directory: string, fileName: string): boolean {
  return [fileName, `${fileName}.pub`].some((name) => {
    try {
      return lstatSync(path.join(directory, name), { throwIfNoEntry: false }) !== undefined;
    } catch {
      // A folder that cannot be read is found out about when it is written to.
      return false;
    }
  });
}

/** What `ssh-keygen` itself would put as the comment. */
function defaultComment(): string {
  return `${userInfo().username}@${hostname()}`;
}

/**
 * Makes a key pair in a folder, which is made too where it is missing. What is there is never
 * overwritten: the pair is made in a folder of its own and then linked to its place, which fails
 * where there is something.
 *
 * @param directory absolute
 * @returns the path of the public key
 * @throws SshKeygenError, of any kind
 * @throws the signal's reason, once it is aborted; the pair is not there then.
 */
export async function generateKeyPair(
  keygen: SshKeygen,
  directory: string,
  pair: NewKeyPair,
  signal: AbortSignal,
): Promise<string> {
  signal.throwIfAborted();
  if (pair.passphrase && keygen.version && !takesAskpass(keygen.version)) {
    throw new SshKeygenError("tooOld", "OpenSSH is older than 8.4");
  }
  if (isTaken(directory, pair.fileName)) throw exists();
  const target = path.join(directory, pair.fileName);
  const { workshop, isNew } = await openWorkshop(directory);
  let isDone = false;
  try {
    await makeIn(workshop, keygen, pair, signal);
    signal.throwIfAborted();
    await linkPair(path.join(workshop, keyName), target);
    isDone = true;
    return `${target}.pub`;
  } finally {
    await files.rm(workshop, { recursive: true, force: true });
    if (isNew && !isDone) await files.rmdir(directory).catch(() => undefined);
  }
}

/** In the workshop; what ssh-keygen asks about it holds no name of the person's choice. */
const keyName = "key";

/** A private folder beside where the pair is to stand, as a link does not leave a file system. */
async function openWorkshop(directory: string) {
  try {
    const made = await files.mkdir(directory, { recursive: true, mode: 0o700 });
    const workshop = await files.mkdtemp(path.join(directory, ".ncloud-keys-"));
    return { workshop, isNew: made !== undefined };
  } catch (cause) {
    throw folderError(cause);
  }
}

async function makeIn(
  workshop: string,
  { path: program, version }: SshKeygen,
  { type, comment, passphrase }: NewKeyPair,
  signal: AbortSignal,
): Promise<void> {
  const keygen = (args: readonly string[], options: Pick<RunOptions, "env" | "input"> = {}) =>
    run(program, [...args, "-f", keyName], { ...options, cwd: workshop, signal });
  const args = ["-q", "-t", type, "-b", String(newKeyBits[type]), "-C", comment];
  if (passphrase) {
    const { name, text } = askpassFile(process.platform);
    const askpass = path.join(workshop, name);
    await files.writeFile(askpass, text, { mode: 0o700 });
    const env = { ...process.env, ...askpassVariables(askpass) };
    const input = (count: number) => askpassInput(passphrase.reveal(), count);
    expectSuccess(await keygen(args, { env, input: input(2) }));
    // Where the askpass program could not be run, OpenSSH goes on with no passphrase at all.
    const opensWithout = await keygen(["-y", "-P", ""]);
    const opensWith = await keygen(["-y"], { env, input: input(1) });
    if (opensWithout.status === 0 || opensWith.status !== 0) {
      const kind = version ? "failed" : "tooOld";
      throw new SshKeygenError(kind, `The passphrase was not taken: ${opensWith.stderr}`);
    }
  } else {
    expectSuccess(await keygen([...args, "-N", ""]));
  }
  // Whatever mask the editor was started with.
  await files.chmod(path.join(workshop, keyName), 0o600);
  await files.chmod(path.join(workshop, `${keyName}.pub`), 0o644);
}

function expectSuccess({ status, stderr }: Ended): void {
  if (status === 0) return;
  throw new SshKeygenError("failed", `ssh-keygen ended with ${status ?? "a signal"}: ${stderr}`);
}

/** Both files or none. */
async function linkPair(made: string, target: string): Promise<void> {
  try {
    await files.link(made, target);
    try {
      await files.link(`${made}.pub`, `${target}.pub`);
    } catch (error) {
      await files.rm(target, { force: true });
      throw error;
    }
  } catch (cause) {
    throw codeOf(cause) === "EEXIST" ? exists() : folderError(cause);
  }
}

function exists(): SshKeygenError {
  return new SshKeygenError("exists", "There is a file of this name");
}

function folderError(cause: unknown): SshKeygenError {
  const code = codeOf(cause);
  return new SshKeygenError("folder", `The folder cannot be written: ${code}`, { code, cause });
}

interface Ended {
  /** Null when it was killed. */
  readonly status: number | null;
  readonly stderr: string;
}

interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: Buffer;
  readonly signal?: AbortSignal;
}

const longestComplaint = 1000;

/**
 * Runs a program to its end, which an abort brings about.
 *
 * @throws SshKeygenError when it cannot be started
 * @throws the signal's reason, once it is aborted and the program has ended.
 */
function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const { cwd, env, input, signal } = options;
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const child = spawn(program, args, {
      ...(cwd !== undefined && { cwd }),
      ...(env && { env }),
      stdio: ["pipe", "ignore", "pipe"],
      windowsHide: true,
      // Without the terminal that the editor may have been started from, where it could ask.
      detached: process.platform !== "win32",
    });
    const stop = () => child.kill();
    signal?.addEventListener("abort", stop);
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr = (stderr + text).slice(0, longestComplaint);
    });
    // It may end without having read its input.
    child.stdin.on("error", () => undefined).end(input);
    child.once("error", (cause) => {
      reject(new SshKeygenError("failed", `${program} cannot be run`, { cause }));
    });
    child.once("close", (status) => {
      signal?.removeEventListener("abort", stop);
      if (signal?.aborted) reject(signal.reason as Error);
      else resolve({ status, stderr: stderr.trim() });
    });
  });
}

export const keyGenerator = {
  find: (): Promise<SshKeygen> => findSshKeygen(),
  isTaken,
  defaultComment,
  generate: generateKeyPair,
} as const;

/** The system's key generator, as commands are handed it. */
export type KeyGenerator = typeof keyGenerator;
