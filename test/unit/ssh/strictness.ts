import { createHash } from "node:crypto";

import type { PublicKeyProblem } from "../../../src/ssh/publicKeyError.ts";
import { fieldsOf, integerOf } from "./keyBytes.ts";
import type { ListedKey } from "./sshKeygen.ts";

/** A refusal of something in which `ssh-keygen -l` finds a key. */
interface Stricter {
  readonly problem: PublicKeyProblem;
  readonly text: Buffer;
  /** What `ssh-keygen -l` found; at least one. */
  readonly listed: readonly ListedKey[];
}

/** Why we refuse on purpose what `ssh-keygen -l` accepts. */
export interface Reason {
  readonly reason: string;
  readonly kinds: readonly PublicKeyProblem["kind"][];
  /** Whether the reason is there: judged by the text, not by what the parser said of it. */
  readonly holds: (stricter: Stricter) => boolean;
}

/** Latin-1, so that a character is a byte. */
function textOf({ text }: Stricter): string {
  return text.toString("latin1");
}

function contentLines(stricter: Stricter): string[] {
  return textOf(stricter)
    .split("\n")
    .filter((line) => !/^[ \t\r]*$/.test(line));
}

/** The only line with a key in it, cut into fields as OpenSSH cuts it. */
function fieldsOfLine(stricter: Stricter): string[] {
  return (contentLines(stricter)[0] ?? "").split(/[ \t]+/).filter((part) => part !== "");
}

function decoded(field: string): Buffer {
  return Buffer.from(field.replace(/[\v\f\r]/g, ""), "base64");
}

function isListedKey(blob: Buffer, { listed }: Stricter): boolean {
  const hash = createHash("sha256").update(blob).digest("base64").replace(/=+$/, "");
  return listed.some(({ sha256 }) => sha256 === `SHA256:${hash}`);
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The exponent and the modulus that stand in the second field of the line, whatever their form. */
function rsaNumbers(stricter: Stricter) {
  const blob = decoded(fieldsOfLine(stricter)[1] ?? "");
  const [, exponent = Buffer.alloc(0), modulus = Buffer.alloc(0)] = fieldsOf(blob);
  return { blob, exponent: integerOf(exponent), modulus: integerOf(modulus) };
}

const signatureNames = /^(?:rsa-sha2-(?:256|512))$/;
/** Names that some versions of OpenSSH read as those of plain types, in any case. */
const shortNames = /^(?:rsa|dsa|ecdsa|ed25519|xmss)$/i;

export const reasons: readonly Reason[] = [
  {
    reason: "several lines",
    kinds: ["severalKeys", "extraLines", "wrappedBase64", "notAKey", "privateKey", "badRfc4716"],
    holds: (stricter) => contentLines(stricter).length > 1,
  },
  {
    reason: "something in front of the key",
    kinds: ["options", "badBase64", "unknownType", "notAKey", "truncated", "privateKey"],
    holds: (stricter) => {
      const [, second = "", ...later] = fieldsOfLine(stricter);
      const isTheKey = (field: string) => isListedKey(decoded(field), stricter);
      // The fingerprint of a certificate is that of the key in it.
      const [found] = stricter.listed;
      const isCertificate = (field: string) =>
        found?.type.endsWith("-CERT") === true && decoded(field).includes("-cert-v01@openssh.com");
      return !isTheKey(second) && later.some((field) => isTheKey(field) || isCertificate(field));
    },
  },
  {
    reason: "white space in front",
    kinds: ["leadingSpace"],
    holds: (stricter) => /^[ \t]/.test(contentLines(stricter)[0] ?? ""),
  },
  { reason: "NUL", kinds: ["notText"], holds: ({ text }) => text.includes(0) },
  { reason: "not UTF-8", kinds: ["notText"], holds: ({ text }) => !isUtf8(text) },
  {
    reason: "control character or line separator",
    kinds: ["controlCharacter"],
    holds: ({ text }) => /(?!\t|\n)[\p{Control}\u2028\u2029]/u.test(text.toString()),
  },
  {
    reason: "white space inside the base64",
    kinds: ["badBase64"],
    holds: (stricter) => /[\v\f\r]/.test(fieldsOfLine(stricter)[1] ?? ""),
  },
  {
    reason: "marks of a private key in the comment",
    kinds: ["privateKey"],
    holds: (stricter) => textOf(stricter).includes("PRIVATE KEY"),
  },
  {
    reason: "name of a signature algorithm, or short name, for the type",
    kinds: ["unknownType"],
    holds: (stricter) => {
      const name = fieldsOfLine(stricter)[0] ?? "";
      return signatureNames.test(name) || shortNames.test(name);
    },
  },
  {
    reason: "name of a signature algorithm, or short name, inside the blob",
    kinds: ["typeMismatch"],
    holds: (stricter) => {
      const name = fieldsOf(decoded(fieldsOfLine(stricter)[1] ?? ""))[0]?.toString("latin1") ?? "";
      return signatureNames.test(name) || shortNames.test(name);
    },
  },
  {
    reason: "NUL after the name inside the blob",
    kinds: ["typeMismatch"],
    holds: (stricter) => fieldsOf(decoded(fieldsOfLine(stricter)[1] ?? ""))[0]?.at(-1) === 0,
  },
  {
    reason: "certificate",
    kinds: ["certificate"],
    holds: ({ listed }) => listed.every(({ type }) => type.endsWith("-CERT")),
  },
  {
    reason: "FIDO key",
    kinds: ["fido"],
    holds: ({ listed }) => listed.every(({ type }) => type.endsWith("-SK")),
  },
  {
    reason: "DSA key",
    kinds: ["dsa"],
    holds: ({ listed }) => listed.every(({ type }) => type === "DSA"),
  },
  {
    reason: "RSA numbers with needless zeros, so that the fingerprint is not the blob's",
    kinds: ["badNumber"],
    holds: (stricter) => !isListedKey(rsaNumbers(stricter).blob, stricter),
  },
  {
    reason: "RSA exponent that is even, below 3 or longer than the modulus",
    kinds: ["badNumber"],
    holds: (stricter) => {
      const { exponent, modulus } = rsaNumbers(stricter);
      const tooLong = exponent.toString(2).length > modulus.toString(2).length;
      return exponent % 2n === 0n || exponent < 3n || tooLong;
    },
  },
  {
    reason: "even RSA modulus",
    kinds: ["badNumber"],
    holds: (stricter) => rsaNumbers(stricter).modulus % 2n === 0n,
  },
  {
    reason: "larger than 64 KiB",
    kinds: ["tooLarge"],
    holds: ({ text }) => text.length > 65_536,
  },
];
