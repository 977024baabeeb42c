import { curveBits, isPublicPoint } from "./ellipticCurve.ts";
import { type CurveName, type KeyType } from "./keyType.ts";
import { PublicKeyError, showableType } from "./publicKeyError.ts";
import { WireReader, wireString, type WireInteger } from "./wireReader.ts";

/** What the decoded part of a key says about it. */
export interface KeyBlobFacts {
  /** As `ssh-keygen -l` counts: the RSA modulus, the curve, 256 for Ed25519. */
  readonly bits: number;
  /** For ECDSA only. */
  readonly curve?: CurveName;
}

/** OpenSSH's limits for an RSA modulus. */
const minRsaBits = 1024;
const maxRsaBits = 16384;
const ed25519Bytes = 32;

/** The type that a blob gives itself. Fails with `truncated`. */
export function keyBlobType(blob: Buffer): string {
  return new WireReader(blob).readName();
}

/** What every blob of a type begins with: its name, and for ECDSA that of the curve once more. */
interface Head {
  readonly type: Buffer;
  readonly curve?: { readonly name: CurveName; readonly field: Buffer };
}

function ecdsaHead(name: CurveName): Head {
  return { type: wireString(`ecdsa-sha2-${name}`), curve: { name, field: wireString(name) } };
}

const heads: Readonly<Record<KeyType, Head>> = {
  "ssh-rsa": { type: wireString("ssh-rsa") },
  "ssh-ed25519": { type: wireString("ssh-ed25519") },
  "ecdsa-sha2-nistp256": ecdsaHead("nistp256"),
  "ecdsa-sha2-nistp384": ecdsaHead("nistp384"),
  "ecdsa-sha2-nistp521": ecdsaHead("nistp521"),
};

/**
 * Checks that `blob` is a whole key of `type`, and nothing more: RFC 4253 section 6.6 (RSA),
 * RFC 5656 section 3.1 (ECDSA), RFC 8709 section 4 (Ed25519). Throws `PublicKeyError`.
 */
export function readKeyBlob(type: KeyType, blob: Buffer): KeyBlobFacts {
  const reader = new WireReader(blob);
  const head = heads[type];
  if (!reader.skip(head.type)) throw typeMismatch(type, reader.readName());
  const facts = readFields(type, head, reader);
  if (!reader.atEnd) throw new PublicKeyError({ kind: "trailingBytes" });
  return facts;
}

function typeMismatch(type: KeyType, innerType: string): PublicKeyError {
  const shown = showableType(innerType);
  return new PublicKeyError({
    kind: "typeMismatch",
    type,
    ...(shown === undefined ? {} : { innerType: shown }),
  });
}

function readFields(type: KeyType, { curve }: Head, reader: WireReader): KeyBlobFacts {
  if (curve === undefined) {
    return type === "ssh-rsa" ? readRsa(reader) : readEd25519(type, reader);
  }
  if (!reader.skip(curve.field)) throw curveMismatch(type, reader);
  if (!isPublicPoint(curve.name, reader.readString())) {
    throw new PublicKeyError({ kind: "badPoint", type });
  }
  return { bits: curveBits(curve.name), curve: curve.name };
}

function curveMismatch(type: KeyType, reader: WireReader): PublicKeyError {
  reader.readString(); // Fails if the name is not all there.
  return new PublicKeyError({ kind: "curveMismatch", type });
}

function readEd25519(type: KeyType, reader: WireReader): KeyBlobFacts {
  if (reader.readString().length !== ed25519Bytes) {
    throw new PublicKeyError({ kind: "badLength", type });
  }
  return { bits: 256 };
}

function readRsa(reader: WireReader): KeyBlobFacts {
  const exponent = reader.readInteger();
  const modulus = reader.readInteger();
  if (modulus === undefined || !isOdd(modulus)) {
    throw new PublicKeyError({ kind: "badNumber", number: "modulus" });
  }
  const { bits } = modulus;
  if (bits < minRsaBits) {
    throw new PublicKeyError({ kind: "tooShort", bits, minBits: minRsaBits });
  }
  if (bits > maxRsaBits) throw new PublicKeyError({ kind: "tooLong", bits, maxBits: maxRsaBits });
  if (exponent === undefined || !isRsaExponent(exponent, bits)) {
    throw new PublicKeyError({ kind: "badNumber", number: "exponent" });
  }
  return { bits };
}

/** RFC 8017, section 3.1: odd, at least 3, less than the modulus (here: no longer than it). */
function isRsaExponent(exponent: WireInteger, modulusBits: number): boolean {
  return isOdd(exponent) && exponent.bits > 1 && exponent.bits <= modulusBits;
}

/** The product of odd primes, and what has no factor in common with an even number, is odd. */
function isOdd({ bytes }: WireInteger): boolean {
  return ((bytes.at(-1) ?? 0) & 1) === 1;
}
