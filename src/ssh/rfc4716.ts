import { PublicKeyError } from "./publicKeyError.ts";
import { linesOf } from "./textScan.ts";

/** A key as an SSH2 public key file holds it: no type in front, that is in the base64 alone. */
export interface Rfc4716Key {
  /** The lines of the body in one piece, unchecked. */
  readonly base64: string;
  /** The `Comment` header; empty when there is none. */
  readonly comment: string;
}

const beginMarker = "---- BEGIN SSH2 PUBLIC KEY ----";
const endMarker = "---- END SSH2 PUBLIC KEY ----";

export function isRfc4716(text: string): boolean {
  return text.startsWith(beginMarker);
}

/**
 * Reads the file format of RFC 4716, section 3, which PuTTYgen and SSH.com write. Its limits of 72
 * bytes a line and 1024 bytes a header are not enforced, as no writer or reader keeps them.
 *
 * @param text begins with the begin marker; no blank lines after the end.
 * @throws PublicKeyError `badRfc4716`, `severalKeys`, or `extraLines` for what follows the end.
 */
export function readRfc4716(text: string): Rfc4716Key {
  const lines = linesOf(text);
  const end = lines.indexOf(endMarker);
  if (lines[0] !== beginMarker || end < 0) throw new PublicKeyError({ kind: "badRfc4716" });
  if (end < lines.length - 1) {
    const several = lines.includes(beginMarker, 1);
    throw new PublicKeyError({ kind: several ? "severalKeys" : "extraLines" });
  }
  const { headers, bodyStart } = readHeaders(lines, end);
  const body = lines.slice(bodyStart, end);
  if (body.length === 0 || body.includes("")) {
    throw new PublicKeyError({ kind: "badRfc4716" });
  }
  return { base64: body.join(""), comment: unquoted(headers.get("comment") ?? "") };
}

/** Headers are the lines with a colon, which base64 has not, and the lines that continue them. */
function readHeaders(lines: readonly string[], end: number) {
  const headers = new Map<string, string>();
  let next = 1;
  while (next < end) {
    const colon = lines[next]?.indexOf(":") ?? -1;
    if (colon < 0) break;
    const parts: string[] = [];
    let part: string;
    do {
      part = lines[next] ?? "";
      next += 1;
      parts.push(part.endsWith("\\") ? part.slice(0, -1) : part);
    } while (part.endsWith("\\") && next < end);
    const header = parts.join("");
    headers.set(header.slice(0, colon).toLowerCase(), header.slice(colon + 1).trim());
  }
  return { headers, bodyStart: next };
}

/** Section 3.3.2: quotes around the whole are not part of the comment; inside, nothing is escaped. */
function unquoted(comment: string): string {
  const quoted = comment.length >= 2 && comment.startsWith('"') && comment.endsWith('"');
  return quoted ? comment.slice(1, -1).trim() : comment;
}
