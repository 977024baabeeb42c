import { closeSync, constants, fstatSync, open, read, type Dirent, type Stats } from "node:fs";
import { lstat, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

import { md5Fingerprint, sha256Fingerprint } from "./fingerprint.ts";
import { parsePublicKey, type PublicKey } from "./publicKey.ts";
import { PublicKeyError, type PublicKeyProblem } from "./publicKeyError.ts";
import { maxPublicKeyBytes } from "./publicKeyText.ts";

/** Why a file could not be read. `code`: of the system, such as `EACCES`. */
type ReadProblem =
  | { readonly kind: "missing" }
  | { readonly kind: "danglingLink" }
  | { readonly kind: "notAFile"; readonly what: "folder" | "fifo" | "socket" | "device" }
  | { readonly kind: "unreadable"; readonly code: string };

export type KeyFileProblem = PublicKeyProblem | ReadProblem;

export type KeyFileResult =
  | {
      readonly kind: "key";
      readonly key: PublicKey;
      readonly md5Fingerprint: string;
      readonly sha256Fingerprint: string;
    }
  | { readonly kind: "problem"; readonly problem: KeyFileProblem };

export interface KeyFile {
  /** Absolute, if what was asked for was. */
  readonly path: string;
  readonly fileName: string;
  /** Milliseconds since the epoch; undefined when not even that can be learnt. */
  readonly modifiedAt: number | undefined;
  readonly result: KeyFileResult;
}

export interface LocalKeyFile extends KeyFile {
  /** Whether a file of this name without `.pub` stands beside it. It is never opened. */
  readonly hasPrivateKey: boolean;
}

export interface LocalKeyListing {
  /** False: there is no such folder, which is no failure. */
  readonly exists: boolean;
  /** In the order of their names' UTF-16 code units. */
  readonly files: readonly LocalKeyFile[];
}

/** The folder itself could not be listed. `code` is the system's, such as `EACCES`. */
export class SshDirectoryError extends Error {
  override readonly name = "SshDirectoryError";
  readonly kind: "unreadable" | "notADirectory";
  readonly code: string;

  constructor(cause: unknown) {
    const code = codeOf(cause);
    super(`The SSH folder could not be listed: ${code}`, { cause });
    this.kind = code === "ENOTDIR" ? "notADirectory" : "unreadable";
    this.code = code;
  }
}

/**
 * So many files are read together, and then parsed. If each were parsed as soon as it is read, the
 * threads that read would wait for this one between two files.
 */
export const filesAtATime = 32;

/**
 * Reads and parses every `*.pub` of a folder, each with its key or its problem.
 *
 * @param directory absolute.
 * @throws SshDirectoryError when the folder exists but cannot be listed.
 * @throws the signal's reason, once it is aborted.
 */
export async function listPublicKeyFiles(
  directory: string,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<LocalKeyListing> {
  signal?.throwIfAborted();
  const entries = await readEntries(directory);
  if (entries === undefined) return { exists: false, files: [] };
  const names = new Set(entries.map((entry) => entry.name));
  const found = entries.filter((entry) => isPublicKeyName(entry.name)).sort(byName);
  const files: LocalKeyFile[] = [];
  for (let start = 0; start < found.length; start += filesAtATime) {
    if (signal?.aborted === true) break;
    const slice = found.slice(start, start + filesAtATime);
    const paths = slice.map(({ name }) => path.join(directory, name));
    const contents = await Promise.all(
      slice.map((entry, index) => readContent(paths[index]!, entry.isFile())),
    );
    for (const [index, { name }] of slice.entries()) {
      const hasPrivateKey = names.has(name.slice(0, -publicKeySuffix.length));
      files.push({ ...keyFileOf(paths[index]!, contents[index]!), hasPrivateKey });
    }
  }
  // By now all that was opened is closed.
  signal?.throwIfAborted();
  return { exists: true, files };
}

/**
 * Reads and parses one file of any name, such as one that a person chose. Never fails: what is
 * wrong with the file is its result.
 */
export async function readPublicKeyFile(file: string): Promise<KeyFile> {
  return keyFileOf(file, await readContent(file, false));
}

const publicKeySuffix = ".pub";

function isPublicKeyName(name: string): boolean {
  return name.toLowerCase().endsWith(publicKeySuffix);
}

function byName(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : 1;
}

async function readEntries(directory: string): Promise<Dirent[] | undefined> {
  try {
    return await readdir(directory, { withFileTypes: true });
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw new SshDirectoryError(error);
  }
}

function keyFileOf(file: string, content: Content): KeyFile {
  const { modifiedAt } = content;
  const result =
    "problem" in content
      ? ({ kind: "problem", problem: content.problem } as const)
      : parseKeyFile(content.bytes);
  return { path: file, fileName: path.basename(file), modifiedAt, result };
}

/** The key in what was read or pasted, with its fingerprints, or what is wrong with it. Never fails. */
export function parseKeyFile(content: string | Uint8Array): KeyFileResult {
  try {
    const key = parsePublicKey(content);
    const { blob } = key;
    return {
      kind: "key",
      key,
      md5Fingerprint: md5Fingerprint(blob),
      sha256Fingerprint: sha256Fingerprint(blob),
    };
  } catch (error) {
    if (error instanceof PublicKeyError) return { kind: "problem", problem: error.problem };
    throw error;
  }
}

type Content = { readonly modifiedAt: number | undefined } & (
  { readonly bytes: Uint8Array } | { readonly problem: KeyFileProblem }
);

/** @param isRegular a listing said so, which saves asking before the file is opened. */
async function readContent(file: string, isRegular: boolean): Promise<Content> {
  try {
    // Opening a device can have effects (a tape rewinds), so links and the like are asked first.
    const stats = isRegular ? undefined : await stat(file);
    return stats === undefined || stats.isFile() ? await readRegularFile(file) : notAFile(stats);
  } catch (error) {
    return explainFailure(file, codeOf(error));
  }
}

// Descriptors and not file handles, which take twice the time for a thousand small files.
const openFile = promisify(open);
const readFile = promisify(read);

/**
 * What was a file a moment ago may have become a FIFO, whose opening would wait for a writer.
 * Windows has neither of these flags.
 */
const optionalFlags: Readonly<Record<string, number | undefined>> = constants;
const openFlags =
  constants.O_RDONLY | (optionalFlags["O_NONBLOCK"] ?? 0) | (optionalFlags["O_NOCTTY"] ?? 0);

/**
 * Reads no more than the parser takes, or one byte more, which it refuses. Only what may go to the
 * disk is asynchronous: the state of a file that was just opened is known, and closing one that was
 * only read has nothing to write.
 */
async function readRegularFile(file: string): Promise<Content> {
  const descriptor = await openFile(file, openFlags);
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) return notAFile(stats);
    const { mtimeMs: modifiedAt, size } = stats;
    if (size > maxPublicKeyBytes) {
      return { modifiedAt, problem: { kind: "tooLarge", maxBytes: maxPublicKeyBytes } };
    }
    return { modifiedAt, bytes: await readUpTo(size, descriptor) };
  } finally {
    closeSync(descriptor);
  }
}

/** @param size of the file; files that the system makes up, as in /proc, have 0 and a content. */
async function readUpTo(size: number, descriptor: number): Promise<Uint8Array> {
  const buffer = Buffer.allocUnsafe(size === 0 ? maxPublicKeyBytes + 1 : size);
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await readFile(descriptor, buffer, length, buffer.length - length, null);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}

function notAFile(stats: Stats): Content {
  let what: "folder" | "fifo" | "socket" | "device" = "device";
  if (stats.isDirectory()) what = "folder";
  else if (stats.isFIFO()) what = "fifo";
  else if (stats.isSocket()) what = "socket";
  return { modifiedAt: stats.mtimeMs, problem: { kind: "notAFile", what } };
}

async function explainFailure(file: string, code: string): Promise<Content> {
  const own = await lstat(file).catch(() => undefined);
  const modifiedAt = own?.mtimeMs;
  if (code !== "ENOENT") return { modifiedAt, problem: { kind: "unreadable", code } };
  const kind = own?.isSymbolicLink() === true ? "danglingLink" : "missing";
  return { modifiedAt, problem: { kind } };
}

/** The system's code of an error, such as `EACCES`. */
export function codeOf(error: unknown): string {
  const isCoded = error instanceof Error && "code" in error && typeof error.code === "string";
  return isCoded ? (error.code as string) : "unknown";
}
