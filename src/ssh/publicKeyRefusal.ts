import { keyTypeOf, rightSpellingOf } from "./keyType.ts";
import { refusedType, type PublicKeyProblem } from "./publicKeyError.ts";
import { looksPrivate } from "./publicKeyText.ts";
import { linesOf } from "./textScan.ts";

/**
 * Why `text` is not one line that begins with an accepted type: the most useful thing to be said
 * of it. A private key is recognised before anything else, wherever in the text it stands.
 *
 * @param text not empty, without blank lines or white space at its end.
 */
export function explainRefusal(text: string): PublicKeyProblem {
  if (looksPrivate(text)) return { kind: "privateKey" };
  if (text.startsWith("-----BEGIN ")) return { kind: "pem" };
  const lines = linesOf(text).filter((line) => line !== "");
  const first = fieldsOf(lines[0] ?? "");
  return lines.length > 1 ? explainLines(lines, first) : explainLine(lines[0] ?? "", first);
}

function explainLines(lines: readonly string[], first: readonly string[]): PublicKeyProblem {
  const keys = lines.filter((line) => keyField(fieldsOf(line)) >= 0).length;
  if (keys > 1) return { kind: "severalKeys" };
  const next = fieldsOf(lines[1] ?? "")[0] ?? "";
  if (keyTypeOf(first[0] ?? "") !== undefined && first.length <= 2 && isBase64(next)) {
    return { kind: "wrappedBase64" };
  }
  return keys === 1 ? { kind: "extraLines" } : { kind: "notAKey" };
}

function explainLine(line: string, fields: readonly string[]): PublicKeyProblem {
  const [type = "", blob = ""] = fields;
  const at = keyField(fields);
  if (at > 0) return { kind: "options" };
  if (keyTypeOf(type) !== undefined) return explainAcceptedType(line);
  const meansType = isKnownType(type) || rightSpellingOf(type) !== undefined;
  return meansType || looksLikeBlob(blob) ? refusedType(type) : { kind: "notAKey" };
}

/** The first field is right, but is not at the start, or nothing follows it. */
function explainAcceptedType(line: string): PublicKeyProblem {
  if (/^[ \t]/.test(line)) return { kind: "leadingSpace" };
  if (line.includes("\r")) return { kind: "controlCharacter", codePoint: 0x0d };
  return { kind: "truncated" };
}

function fieldsOf(line: string): string[] {
  return line.split(/[ \t\r]/).filter((field) => field !== "");
}

/** Where in a line the type of a key stands, to judge by it and what follows it; -1 for nowhere. */
function keyField(fields: readonly string[]): number {
  return fields.findIndex(
    (field, index) => isKnownType(field) && looksLikeBlob(fields[index + 1] ?? ""),
  );
}

function isKnownType(name: string): boolean {
  return keyTypeOf(name) !== undefined || refusedType(name).kind !== "unknownType";
}

/** Blobs begin with the length of a name, whose upper three bytes are zero. */
function looksLikeBlob(field: string): boolean {
  return field.startsWith("AAAA");
}

function isBase64(field: string): boolean {
  return /^[A-Za-z0-9+/]+={0,2}$/.test(field);
}
