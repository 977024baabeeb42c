import type { CurveName } from "./keyType.ts";

/** A curve y² = x³ - 3x + b over the integers modulo p. */
interface Curve {
  /** Length of p in bits. */
  readonly bits: number;
  /** Length of a coordinate in bytes. */
  readonly size: number;
  /** The same in bits, as what a number is shifted by. */
  readonly coordinateBits: bigint;
  readonly p: bigint;
  readonly b: bigint;
  /** The bounds of OpenSSH for each coordinate, both included. */
  readonly least: bigint;
  readonly most: bigint;
  /** A shorter number that is congruent modulo p, where that is cheaper to get than a remainder. */
  readonly shorten: (value: bigint) => bigint;
}

/** @param n the order of the base point, as long as p. */
function curve(
  bits: number,
  p: bigint,
  b: bigint,
  n: bigint,
  shorten = (value: bigint) => value,
): Curve {
  const size = Math.ceil(bits / 8);
  const coordinateBits = BigInt(8 * size);
  const least = 1n << BigInt(bits >> 1);
  return { bits, size, coordinateBits, p, b, least, most: n - 2n, shorten };
}

/** FIPS 186-4, appendix D.1.2. */
const curves: Readonly<Record<CurveName, Curve>> = {
  nistp256: curve(
    256,
    2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  ),
  nistp384: curve(
    384,
    2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
    0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  ),
  nistp521: curve(
    521,
    2n ** 521n - 1n,
    0x051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
    0x1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
    // 2^521 is congruent to 1.
    (value) => (value >> 521n) + BigInt.asUintN(521, value),
  ),
};

/** The size of keys on a curve, in bits. */
export function curveBits(name: CurveName): number {
  return curves[name].bits;
}

/**
 * Whether `point` is an uncompressed point (SEC 1, section 2.3.3) that OpenSSH takes for a public
 * key: on the curve, and both coordinates longer than half of n and less than n - 1.
 *
 * Arithmetic of our own, because the data are public, so that timing tells nothing, and because
 * asking `node:crypto` takes longer than all the rest of reading a key.
 */
export function isPublicPoint(name: CurveName, point: Buffer): boolean {
  const { size, coordinateBits, p, b, least, most, shorten } = curves[name];
  if (point.length !== 1 + 2 * size || point[0] !== 0x04) return false;
  const coordinates = BigInt(`0x${point.toString("hex", 1)}`);
  const x = coordinates >> coordinateBits;
  const y = BigInt.asUintN(8 * size, coordinates);
  if (x < least || y < least || x > most || y > most) return false;
  return shorten(y * y - ((shorten(x * x) - 3n) * x + b)) % p === 0n;
}
