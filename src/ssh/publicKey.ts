import { keyBlobType, readKeyBlob } from "./keyBlob.ts";
import { keyTypeOf, type CurveName, type KeyType } from "./keyType.ts";
import { PublicKeyError, refusedType } from "./publicKeyError.ts";
import { explainRefusal } from "./publicKeyRefusal.ts";
import { looksPrivate, toPublicKeyText } from "./publicKeyText.ts";
import { isRfc4716, readRfc4716 } from "./rfc4716.ts";
import { contentEnd, contentStart, fieldEnd, skipBlanks } from "./textScan.ts";

/** An SSH public key of a type that NSML takes. */
export interface PublicKey {
  readonly type: KeyType;
  /** As `ssh-keygen -l` counts: the RSA modulus, the curve, 256 for Ed25519. */
  readonly bits: number;
  /** For ECDSA only. */
  readonly curve?: CurveName;
  /** The decoded key, which is what fingerprints are made of (RFC 4253, section 6.6). */
  readonly blob: Uint8Array;
  /** What follows the key, or the Comment header of RFC 4716; empty when there is none. */
  readonly comment: string;
  /** `type base64` or `type base64 comment`: exactly what may be sent. */
  readonly line: string;
  /** Whether the text was an RFC 4716 file, so that `line` does not stand in it. */
  readonly converted: boolean;
}

/**
 * Reads the one public key that a file or a pasted text consists of: one line as in OpenSSH's
 * `.pub` files (sshd(8), "AUTHORIZED_KEYS FILE FORMAT", without options), or an RFC 4716 file.
 * A byte order mark, blank lines and white space at line ends are passed over, and any number of
 * spaces and tabs separates the fields. Nothing else is repaired.
 *
 * What is accepted, `ssh-keygen -l` accepts too, with the same type, size and fingerprints.
 *
 * @param input at most `maxPublicKeyBytes` of UTF-8.
 * @throws PublicKeyError for anything else, and no other error. Time is linear in the input.
 */
export function parsePublicKey(input: string | Uint8Array): PublicKey {
  const text = toPublicKeyText(input);
  const end = contentEnd(text);
  const start = contentStart(text, end);
  if (start === end) throw new PublicKeyError({ kind: "empty" });
  const content = text.slice(start, end);
  if (!content.includes("\n")) return parseLine(content);
  if (isRfc4716(content)) return parseRfc4716(content);
  throw new PublicKeyError(explainRefusal(content));
}

function parseLine(line: string): PublicKey {
  const typeEnd = fieldEnd(line, 0);
  const type = keyTypeOf(line.slice(0, typeEnd));
  const keyStart = skipBlanks(line, typeEnd);
  if (type === undefined || keyStart === line.length) {
    throw new PublicKeyError(explainRefusal(line));
  }
  const keyEnd = fieldEnd(line, keyStart);
  const base64 = line.slice(keyStart, keyEnd);
  const comment = checkedComment(line.slice(skipBlanks(line, keyEnd)));
  return publicKey(type, base64, decodeBase64(base64), comment, false);
}

function parseRfc4716(text: string): PublicKey {
  if (looksPrivate(text)) throw new PublicKeyError({ kind: "privateKey" });
  const { base64, comment } = readRfc4716(text);
  const blob = decodeBase64(base64);
  const name = keyBlobType(blob);
  const type = keyTypeOf(name);
  if (type === undefined) throw new PublicKeyError(refusedType(name));
  return publicKey(type, base64, blob, checkedComment(comment), true);
}

function publicKey(
  type: KeyType,
  base64: string,
  blob: Buffer,
  comment: string,
  converted: boolean,
): PublicKey {
  const { bits, curve } = readKeyBlob(type, blob);
  const line = comment === "" ? `${type} ${base64}` : `${type} ${base64} ${comment}`;
  return curve === undefined
    ? { type, bits, blob, comment, line, converted }
    : { type, bits, curve, blob, comment, line, converted };
}

/**
 * Decodes the one encoding that RFC 4648, section 4, gives each sequence of bytes. Node decodes
 * much else, which the comparison finds out.
 */
function decodeBase64(base64: string): Buffer {
  const blob = Buffer.from(base64, "base64");
  if (blob.toString("base64") !== base64) throw new PublicKeyError({ kind: "badBase64" });
  return blob;
}

/** Control characters but for the tab, separators of lines, and halves of surrogate pairs. */
const notPrintable = /(?!\t)[\p{Control}\u2028\u2029\p{Surrogate}]/u;

/** The comment goes to NCP with the key: it must be a piece of one line, and hold no secret. */
function checkedComment(comment: string): string {
  if (comment === "") return comment;
  if (looksPrivate(comment)) throw new PublicKeyError({ kind: "privateKey" });
  const codePoint = notPrintable.exec(comment)?.[0].codePointAt(0);
  if (codePoint !== undefined) throw new PublicKeyError({ kind: "controlCharacter", codePoint });
  return comment;
}
