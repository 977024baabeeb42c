import { isAscii, isUtf8 } from "node:buffer";

import { PublicKeyError } from "./publicKeyError.ts";

/** The largest file or text that is looked at, in bytes. An RSA key of 16384 bits needs 2,800. */
export const maxPublicKeyBytes = 64 * 1024;

/**
 * What only a private key contains: a PEM label of any kind (also those of SSH.com and of SSH 1),
 * PuTTY's header and section, and the base64 of the magic `openssh-key-v1` (PROTOCOL.key), which
 * gives a key away that lost its first line.
 */
const privateKeyMarks = [
  "PRIVATE KEY",
  "PuTTY-User-Key-File-",
  "Private-Lines:",
  "b3BlbnNzaC1rZXktdjE",
];

/** Whether `text` contains a private key, or so much as the marks of one. */
export function looksPrivate(text: string): boolean {
  return privateKeyMarks.some((mark) => text.includes(mark));
}

/**
 * `input` as text, decoded as UTF-8. Throws `PublicKeyError`: `tooLarge`, `notText`, or
 * `privateKey` for one that is not proper text (UTF-16, a comment in another encoding).
 */
export function toPublicKeyText(input: string | Uint8Array): string {
  const text = typeof input === "string" ? checkedLength(input) : decode(input);
  if (text.includes("\0")) throw notText(text);
  return text;
}

function checkedLength(text: string): string {
  // A character makes one to three bytes of UTF-8 each.
  const fits = text.length * 3 <= maxPublicKeyBytes || Buffer.byteLength(text) <= maxPublicKeyBytes;
  if (!fits) throw new PublicKeyError({ kind: "tooLarge", maxBytes: maxPublicKeyBytes });
  return text;
}

function decode(bytes: Uint8Array): string {
  if (bytes.length > maxPublicKeyBytes) {
    throw new PublicKeyError({ kind: "tooLarge", maxBytes: maxPublicKeyBytes });
  }
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isAscii(buffer)) return buffer.toString("latin1");
  if (isUtf8(buffer)) return buffer.toString("utf8");
  throw notText(buffer.toString("latin1"));
}

/** `text`: what cannot be taken for text, one character a byte or with NULs in it. */
function notText(text: string): PublicKeyError {
  if (looksPrivate(text.replaceAll("\0", ""))) return new PublicKeyError({ kind: "privateKey" });
  const utf16 = text.startsWith("\xff\xfe") || text.startsWith("\xfe\xff");
  return new PublicKeyError({ kind: "notText", utf16 });
}
