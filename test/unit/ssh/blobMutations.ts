import { blobOf, field, fieldsOf, integerOf, lineOf, mpint, type KeyLine } from "./keyBytes.ts";
import { typeNames, type KeyMutation } from "./keyMutation.ts";
import type { SeededRandom } from "../support/seededRandom.ts";

const lengths = [
  0, 1, 2, 31, 33, 0x7f, 0x80, 0xff, 0x100, 0xffff, 0x7fffffff, 0x80000000, 0xfffffff0, 0xfffffffb,
  0xfffffffc, 0xfffffffd, 0xfffffffe, 0xffffffff,
];

/** The key with some fields of its blob put in place of its own. */
function withFields(key: KeyLine, change: (fields: Buffer[]) => (Uint8Array | string)[]): string {
  return lineOf({ type: key.type, blob: blobOf(...change(fieldsOf(key.blob))) });
}

/** Where the lengths of a blob's fields stand. */
function lengthOffsets(blob: Buffer): number[] {
  const offsets: number[] = [];
  for (let at = 0; at < blob.length; at += 4 + blob.readUInt32BE(at)) offsets.push(at);
  return offsets;
}

function withIntegers(
  key: KeyLine,
  change: (exponent: bigint, modulus: bigint) => readonly [Uint8Array, Uint8Array],
): string {
  if (key.type !== "ssh-rsa") return lineOf(key, "unchanged");
  return withFields(key, ([name, exponent, modulus]) => [
    name!,
    ...change(integerOf(exponent!), integerOf(modulus!)),
  ]);
}

function withPoint(key: KeyLine, change: (point: Buffer) => Uint8Array): string {
  if (!key.type.startsWith("ecdsa-")) return lineOf(key, "unchanged");
  return withFields(key, ([name, curve, point]) => [name!, curve!, change(Buffer.from(point!))]);
}

/** A number of exactly `bits` bits. */
function numberOf(bits: number, random: SeededRandom): bigint {
  const value = integerOf(random.bytes(Math.ceil(bits / 8)));
  return BigInt.asUintN(bits - 1, value) | (1n << BigInt(bits - 1));
}

/** Blobs that are not what their type promises, in lines that are. */
export const blobMutations: Readonly<Record<string, KeyMutation>> = {
  "a bit of the blob flipped": (key, _, random) => {
    const blob = Buffer.from(key.blob);
    blob[random.below(blob.length)]! ^= 1 << random.below(8);
    return lineOf({ type: key.type, blob });
  },
  "a bit of a field flipped": (key, _, random) =>
    withFields(key, (fields) => {
      const changed = fields.map((content) => Buffer.from(content));
      const content = random.pick(changed.filter(({ length }) => length > 0));
      content[random.below(content.length)]! ^= 1 << random.below(8);
      return changed;
    }),
  "another length of a field": (key, _, random) => {
    const blob = Buffer.from(key.blob);
    const at = random.pick(lengthOffsets(blob));
    const own = blob.readUInt32BE(at);
    blob.writeUInt32BE(random.pick([...lengths, own + 1, Math.max(0, own - 1), own + 4]), at);
    return lineOf({ type: key.type, blob });
  },
  "the blob cut off": (key, _, random) =>
    lineOf({ type: key.type, blob: key.blob.subarray(0, random.below(key.blob.length)) }),
  "bytes after the blob": (key, other, random) => {
    const more = random.pick([Buffer.alloc(1), Buffer.alloc(4), field("x"), other.blob]);
    return lineOf({ type: key.type, blob: Buffer.concat([key.blob, more]) });
  },
  "fields in another order": (key, _, random) =>
    withFields(key, (fields) => {
      const changed: Buffer[] = [...fields];
      const [moved] = changed.splice(random.below(changed.length), 1);
      const copies = random.below(3);
      for (let copy = 0; copy < copies; copy += 1) {
        changed.splice(random.below(changed.length + 1), 0, moved!);
      }
      return changed;
    }),
  "a field of another key": (key, other, random) =>
    withFields(key, (fields) => {
      const changed = [...fields];
      changed[random.below(changed.length)] = random.pick(fieldsOf(other.blob));
      return changed;
    }),
  "another name inside": (key, _, random) =>
    withFields(key, ([, ...rest]) => [random.pick(typeNames), ...rest]),
  "another name inside and outside": (key, _, random) => {
    const type = random.pick(typeNames);
    return lineOf({ type, blob: blobOf(type, ...fieldsOf(key.blob).slice(1)) });
  },
};

/** Numbers and points that are no keys, in blobs that are whole. */
export const numberMutations: Readonly<Record<string, KeyMutation>> = {
  "RSA: an integer in another form": (key, _, random) =>
    withIntegers(key, (exponent, modulus) => {
      const form = random.pick<(value: bigint) => Buffer>([
        (value) => Buffer.concat([Buffer.alloc(1), mpint(value)]),
        (value) => Buffer.concat([Buffer.alloc(5), mpint(value)]),
        (value) => Buffer.from(`0${value.toString(16)}`.replace(/^0(?=(..)+$)/, ""), "hex"),
        (value) => Buffer.concat([Buffer.from([0x80]), mpint(value)]),
        () => Buffer.alloc(1),
      ]);
      return random.below(2) === 0
        ? [form(exponent), mpint(modulus)]
        : [mpint(exponent), form(modulus)];
    }),
  "RSA: another exponent": (key, _, random) =>
    withIntegers(key, (__, modulus) => {
      const exponents = [0n, 1n, 2n, 3n, 4n, 17n, 65536n, modulus - 1n, modulus, modulus << 8n];
      return [mpint(random.pick(exponents)), mpint(modulus)];
    }),
  "RSA: a modulus of another length": (key, _, random) =>
    withIntegers(key, (exponent) => {
      const bits = random.pick([8, 512, 1016, 1023, 1024, 1025, 2047, 8192, 16383, 16384, 16385]);
      return [mpint(exponent), mpint(numberOf(bits, random) | 1n)];
    }),
  "RSA: an even modulus, or none": (key, _, random) =>
    withIntegers(key, (exponent, modulus) => [
      mpint(exponent),
      mpint(random.pick([0n, 1n, modulus - 1n])),
    ]),
  "ECDSA: a point in another form": (key, _, random) =>
    withPoint(key, (point) => {
      const half = (point.length + 1) / 2;
      return random.pick<() => Uint8Array>([
        () => Buffer.of(0),
        () => Buffer.alloc(0),
        () => Buffer.alloc(point.length),
        () => Buffer.concat([Buffer.of(4), Buffer.alloc(point.length - 1)]),
        () => Buffer.concat([Buffer.of(2 + (point.at(-1)! & 1)), point.subarray(1, half)]),
        () => Buffer.concat([Buffer.of(6 + (point.at(-1)! & 1)), point.subarray(1)]),
        () => point.subarray(0, -1),
        () => Buffer.concat([point, Buffer.alloc(1)]),
        () => Buffer.concat([point.subarray(0, half), point.subarray(1, half)]),
        () => Buffer.concat([Buffer.of(4), Buffer.alloc(point.length - 1, 0xff)]),
      ])();
    }),
  "ECDSA: another curve's name": (key, _, random) => {
    const type = random.pick(["nistp256", "nistp384", "nistp521", "nistk163", "secp256r1", ""]);
    return withFields(key, ([name, , ...rest]) => [name!, type, ...rest]);
  },
  "Ed25519: another length": (key, _, random) =>
    key.type === "ssh-ed25519"
      ? withFields(key, ([name]) => [name!, random.bytes(random.pick([0, 1, 31, 32, 33, 64]))])
      : lineOf(key, "unchanged"),
};
