import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/** What `ssh-keygen -l` says of a key. */
export interface ListedKey {
  readonly bits: number;
  /** As printed: `RSA`, `ECDSA`, `ED25519`, `DSA`, `RSA-CERT`, `ED25519-SK` … */
  readonly type: string;
  readonly sha256: string;
  /** Without the prefix `MD5:`. */
  readonly md5: string;
}

const options = {
  encoding: "latin1",
  env: { ...process.env, LC_ALL: "C" },
  maxBuffer: 2 ** 30,
} as const;

/** Runs `ssh-keygen`; fails unless it ends with `status`. Returns what it printed. */
export function sshKeygen(args: readonly string[], status = 0): string {
  const done = spawnSync("ssh-keygen", args, options);
  if (done.error !== undefined) throw done.error;
  if (done.status !== status) throw new Error(`ssh-keygen ${args.join(" ")}: ${done.stderr}`);
  return done.stdout;
}

/** Makes a key pair without a passphrase, and returns the path of its private half. */
export function generateKeyPair(
  file: string,
  args: readonly string[],
  comment = "you@host",
): string {
  sshKeygen(["-q", ...args, "-N", "", "-C", comment, "-f", file]);
  return file;
}

/** The keys that `ssh-keygen -l` finds in a file; none when it finds fault with the file. */
export function listKeys(file: string): ListedKey[] {
  const md5 = listing(file, "md5");
  return listing(file, "sha256").map(({ bits, fingerprint, type }, index) => ({
    bits,
    type,
    sha256: fingerprint,
    md5: md5[index]!.fingerprint.replace(/^MD5:/, ""),
  }));
}

/**
 * A line for each key: bits, fingerprint, comment, type. OpenSSH 9.2 reads on behind a NUL that
 * follows the key, and then prints a comment with a line feed in it.
 */
const listedKey = /^(\d+) (SHA256:\S{43}|MD5:[0-9a-f:]{47}) [^]*?\(([A-Z0-9-]+)\)\n/gm;

function listing(file: string, algorithm: "md5" | "sha256") {
  // Its status says whether there is a key at all; so does what it prints.
  const done = spawnSync("ssh-keygen", ["-l", "-E", algorithm, "-f", file], options);
  if (done.error !== undefined) throw done.error;
  const rest = done.stdout.replaceAll(listedKey, "");
  if (rest !== "") throw new Error(`ssh-keygen printed what is not understood: ${rest}`);
  return [...done.stdout.matchAll(listedKey)].map(([, bits, fingerprint, type]) => ({
    bits: Number(bits),
    fingerprint: fingerprint!,
    type: type!,
  }));
}

/**
 * What `listKeys` would say of each text in a file of its own, in two runs of `ssh-keygen` for all.
 *
 * It prints a line for every line with a key and passes over the others, so the texts stand in one
 * file with a marker key between them: what is printed between two markers belongs to the text
 * between them, be it of one line or of many. Each marker is a key of its own, with its number in
 * it, so that no text can pass for one and a missing marker is noticed.
 */
export function listKeysOfEach(texts: readonly Uint8Array[], folder: string): ListedKey[][] {
  const markers = Array.from({ length: texts.length + 1 }, (_, index) => markerKey(index));
  const lineFeed = Buffer.from("\n");
  const parts: Uint8Array[] = [];
  texts.forEach((text, index) => parts.push(Buffer.from(markers[index]!.line), text, lineFeed));
  parts.push(Buffer.from(markers[texts.length]!.line));
  const file = path.join(folder, "texts");
  writeFileSync(file, Buffer.concat(parts));
  const listed = listKeys(file);
  rmSync(file);

  const found: ListedKey[][] = [];
  for (const key of listed) {
    if (key.sha256 === markers[found.length]?.sha256) found.push([]);
    else found.at(-1)!.push(key);
  }
  if (found.length !== markers.length) {
    throw new Error(`ssh-keygen stopped at text ${found.length - 1} of ${texts.length}.`);
  }
  return found.slice(0, -1);
}

/** OpenSSH takes any 32 bytes for an Ed25519 key. */
function markerKey(index: number): { readonly line: string; readonly sha256: string } {
  const key = createHash("sha256").update(`marker ${index}`).digest();
  const blob = Buffer.concat([Buffer.from("\0\0\0\x0bssh-ed25519\0\0\0\x20", "latin1"), key]);
  const sha256 = createHash("sha256").update(blob).digest("base64").replace(/=+$/, "");
  return { line: `ssh-ed25519 ${blob.toString("base64")} marker\n`, sha256: `SHA256:${sha256}` };
}

/** The bytes of a key that RFC 4716 wraps, as `ssh-keygen -i` reads them; one line of OpenSSH. */
export function convertRfc4716(text: Uint8Array, folder: string): string {
  const file = path.join(folder, "rfc4716");
  writeFileSync(file, text);
  const line = sshKeygen(["-i", "-f", file]).trim();
  rmSync(file);
  return line;
}

const fixtureFolder = path.join(import.meta.dirname, "../../../../test/fixtures/ssh");

export function fixturePath(name: string): string {
  return path.join(fixtureFolder, name);
}

export function readFixture(name: string): Buffer {
  return readFileSync(fixturePath(name));
}
