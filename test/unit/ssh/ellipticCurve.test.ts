import assert from "node:assert/strict";

import { blobOf, coordinate } from "./keyBytes.ts";
import { kindOf } from "./observed.ts";
import { listKeysOfEach } from "./sshKeygen.ts";
import { useTemporaryFolder } from "./temporaryFolder.ts";

interface TestCurve {
  readonly bits: number;
  readonly p: bigint;
  readonly b: bigint;
  readonly n: bigint;
}

/** SEC 2, sections 2.4.2, 2.5.1 and 2.6.1. */
const curves: readonly TestCurve[] = [
  {
    bits: 256,
    p: BigInt(`0xFFFFFFFF00000001${"0".repeat(24)}${"F".repeat(24)}`),
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    n: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  },
  {
    bits: 384,
    p: BigInt(`0x${"F".repeat(63)}EFFFFFFFF${"0".repeat(16)}FFFFFFFF`),
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
    n: BigInt(`0x${"F".repeat(48)}C7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973`),
  },
  {
    bits: 521,
    p: BigInt(`0x1FF${"F".repeat(128)}`),
    b: 0x51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
    n: BigInt(
      `0x1FF${"F".repeat(63)}A51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409`,
    ),
  },
];

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (let square = base % modulus, rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** The y of a point with this x, if there is one. All three p leave 3 when divided by 4. */
function yOf({ p, b }: TestCurve, x: bigint): bigint | undefined {
  const square = (((x * x * x - 3n * x + b) % p) + p) % p;
  const root = power(square, (p + 1n) / 4n, p);
  return (root * root) % p === square ? root : undefined;
}

/** The first point from `x` on, upwards or downwards. */
function pointFrom(curve: TestCurve, x: bigint, step: 1n | -1n): readonly [bigint, bigint] {
  for (let at = x; ; at += step) {
    const y = yOf(curve, at);
    if (y !== undefined) return [at, y];
  }
}

function lineOf({ bits }: TestCurve, [x, y]: readonly [bigint, bigint]): Buffer {
  const size = Math.ceil(bits / 8);
  const point = Buffer.concat([Buffer.of(4), coordinate(x, size), coordinate(y, size)]);
  const blob = blobOf(`ecdsa-sha2-nistp${bits}`, `nistp${bits}`, point);
  return Buffer.from(`ecdsa-sha2-nistp${bits} ${blob.toString("base64")}`);
}

describe("a point of an elliptic curve", () => {
  const folder = useTemporaryFolder();

  for (const curve of curves) {
    const { bits, p, n } = curve;
    const half = 1n << BigInt(bits >> 1);

    it(`is accepted or refused at the bounds of ssh-keygen: nistp${bits}`, () => {
      const [x, y] = pointFrom(curve, n / 2n, 1n);
      const points: Record<string, readonly [bigint, bigint]> = {
        "some point": [x, y],
        "its negative": [x, p - y],
        "not on the curve": [x, y + 1n],
        "y beyond p, but congruent": [x, y + p],
        "the largest x": pointFrom(curve, n - 2n, -1n),
        "x one too large, or more": pointFrom(curve, n - 1n, 1n),
        "the least x": pointFrom(curve, half, 1n),
        "x one too small, or less": pointFrom(curve, half - 1n, -1n),
        "x of zero": pointFrom(curve, 0n, 1n),
      };
      const lines = Object.values(points).map((point) => lineOf(curve, point));

      const listed = listKeysOfEach(lines, folder());

      const names = Object.keys(points);
      const good = ["some point", "its negative", "the largest x", "the least x"];
      const judged = (accepts: (index: number) => boolean) =>
        Object.fromEntries(names.map((name, index) => [name, accepts(index)]));
      assert.deepEqual(
        {
          ours: judged((index) => kindOf(lines[index]!) === "accepted"),
          theirs: judged((index) => listed[index]!.length === 1),
        },
        {
          ours: judged((index) => good.includes(names[index]!)),
          theirs: judged((index) => good.includes(names[index]!)),
        },
      );
    });
  }
});
