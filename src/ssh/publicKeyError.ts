import { rightSpellingOf, type KeyType } from "./keyType.ts";

/**
 * Why a text is not a public key that NSML takes. `kind` chooses the words; the other members are
 * facts to put into them. Apart from a key type's name, no member repeats the text.
 */
export type PublicKeyProblem =
  | { readonly kind: "empty" }
  | { readonly kind: "tooLarge"; readonly maxBytes: number }
  /** NUL bytes, or not UTF-8. `utf16`: begins with a UTF-16 byte order mark, as PowerShell writes. */
  | { readonly kind: "notText"; readonly utf16: boolean }
  | { readonly kind: "notAKey" }
  | { readonly kind: "privateKey" }
  /** A PEM file that is not private: a public key of OpenSSL, or an X.509 certificate. */
  | { readonly kind: "pem" }
  | { readonly kind: "certificate" }
  /** A key of a hardware token, `sk-…`. */
  | { readonly kind: "fido" }
  | { readonly kind: "dsa" }
  | { readonly kind: "unknownType"; readonly type?: string; readonly rightSpelling?: KeyType }
  | { readonly kind: "severalKeys" }
  /** One key, and lines that are neither keys nor blank. */
  | { readonly kind: "extraLines" }
  /** Something stands before the type: options of authorized_keys, or a host of known_hosts. */
  | { readonly kind: "options" }
  | { readonly kind: "leadingSpace" }
  | { readonly kind: "controlCharacter"; readonly codePoint: number }
  /** The base64 of a key is broken over several lines. */
  | { readonly kind: "wrappedBase64" }
  | { readonly kind: "badBase64" }
  /** An SSH2 public key file that does not follow RFC 4716. */
  | { readonly kind: "badRfc4716" }
  | { readonly kind: "truncated" }
  | { readonly kind: "trailingBytes" }
  | { readonly kind: "typeMismatch"; readonly type: KeyType; readonly innerType?: string }
  | { readonly kind: "curveMismatch"; readonly type: KeyType }
  /** Not an uncompressed point of the curve, or one that cannot be a public key. */
  | { readonly kind: "badPoint"; readonly type: KeyType }
  /** An Ed25519 key that is not 32 bytes long. */
  | { readonly kind: "badLength"; readonly type: KeyType }
  | { readonly kind: "badNumber"; readonly number: "exponent" | "modulus" }
  | { readonly kind: "tooShort"; readonly bits: number; readonly minBits: number }
  | { readonly kind: "tooLong"; readonly bits: number; readonly maxBits: number };

/** The only error of the public-key parser. Its message is for a log: it names the kind alone. */
export class PublicKeyError extends Error {
  override readonly name = "PublicKeyError";
  readonly problem: PublicKeyProblem;

  constructor(problem: PublicKeyProblem) {
    super(`Not an acceptable SSH public key: ${problem.kind}`);
    this.problem = problem;
  }

  get kind(): PublicKeyProblem["kind"] {
    return this.problem.kind;
  }
}

const certificateType = /^[a-z0-9-]{1,40}-cert-v0[01]@openssh\.com$/;
const fidoType = /^(?:webauthn-)?sk-[a-z0-9-]{1,40}@openssh\.com$/;

/**
 * The longest name in use has 43 characters. Lower case only, so that no piece of base64, which
 * could be of a private key, is ever taken for a name.
 */
const printableType = /^[a-z][a-z0-9.-]{0,31}(?:@[a-z0-9.-]{1,31})?$/;

/** `name` if it is fit to be shown as a key type, else undefined. */
export function showableType(name: string): string | undefined {
  return printableType.test(name) ? name : undefined;
}

/** Why a key of type `name`, which is not one of the accepted types, is refused. */
export function refusedType(name: string): PublicKeyProblem {
  if (certificateType.test(name)) return { kind: "certificate" };
  if (fidoType.test(name)) return { kind: "fido" };
  if (name === "ssh-dss") return { kind: "dsa" };
  const type = showableType(name);
  const rightSpelling = rightSpellingOf(name);
  return {
    kind: "unknownType",
    ...(type === undefined ? {} : { type }),
    ...(rightSpelling === undefined ? {} : { rightSpelling }),
  };
}
