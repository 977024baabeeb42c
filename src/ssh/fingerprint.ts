import { createHash } from "node:crypto";

/** Sixteen bytes in hexadecimal with colons between them, to be overwritten by each fingerprint. */
const colonPairs = Buffer.alloc(47, ":");

/**
 * The MD5 fingerprint (RFC 4716, section 4): lower-case hexadecimal bytes with colons between them,
 * which is how NSML reports a key's `fingerprint`.
 *
 * @param blob the decoded key.
 */
export function md5Fingerprint(blob: Uint8Array): string {
  const hex = createHash("md5").update(blob).digest("hex");
  // A third of the time that splitting and joining the string takes.
  for (let from = 0, to = 0; from < hex.length; from += 2, to += 3) {
    colonPairs[to] = hex.charCodeAt(from);
    colonPairs[to + 1] = hex.charCodeAt(from + 1);
  }
  return colonPairs.toString("latin1");
}

/**
 * The fingerprint as `ssh-keygen -l` prints it: `SHA256:` and base64 without padding.
 *
 * @param blob the decoded key.
 */
export function sha256Fingerprint(blob: Uint8Array): string {
  // 32 bytes make 43 characters and one of padding.
  return `SHA256:${createHash("sha256").update(blob).digest("base64").slice(0, 43)}`;
}

const md5Pattern = /^(?:MD5:)?([0-9a-f]{2}(?::[0-9a-f]{2}){15}|[0-9a-f]{32})$/i;

/**
 * An MD5 fingerprint in the form of `md5Fingerprint`, from any form in use: with the prefix `MD5:`
 * of `ssh-keygen -E md5`, in upper case, or without colons (NSML's `name` of a key). Undefined when
 * `text` is not an MD5 fingerprint.
 */
export function normalizeMd5(text: string): string | undefined {
  const digits = md5Pattern.exec(text)?.[1]?.toLowerCase();
  return digits?.replaceAll(":", "").match(/../g)?.join(":");
}
