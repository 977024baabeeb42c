import { createCipheriv, createHash, randomBytes } from "node:crypto";

export const DIGITS = "0123456789";
export const LOWER_CASE = "abcdefghijklmnopqrstuvwxyz";
export const UPPER_CASE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
export const HEX = "0123456789abcdef";
export const ALPHANUMERIC = UPPER_CASE + LOWER_CASE + DIGITS;

const POOL_BYTES = 65_536;

/** Draws from a stream of bytes, which is either repeatable (seeded) or not (secret). */
export class Random {
  readonly #refill: (bytes: number) => Buffer;
  #pool: Buffer = Buffer.alloc(0);
  #position = 0;
  /** Where texts are put together: a buffer for each would be most of the work. */
  readonly #text = Buffer.alloc(64);

  private constructor(refill: (bytes: number) => Buffer) {
    this.#refill = refill;
  }

  /** The same seed draws the same things on every machine. */
  static seeded(seed: string): Random {
    const key = createHash("sha256").update(seed).digest();
    const keystream = createCipheriv("aes-256-ctr", key, Buffer.alloc(16));
    return new Random((bytes) => keystream.update(Buffer.alloc(bytes)));
  }

  /** For whatever would open a door: secret keys and API key values. */
  static secret(): Random {
    return new Random(randomBytes);
  }

  bytes(length: number): Buffer {
    this.#fill(length);
    const start = this.#position;
    this.#position += length;
    return Buffer.from(this.#pool.subarray(start, this.#position));
  }

  /** A number from 0 up to, and without, 1. */
  fraction(): number {
    this.#fill(4);
    const drawn = this.#pool.readUInt32BE(this.#position);
    this.#position += 4;
    return drawn / 2 ** 32;
  }

  /** A whole number from 0 up to, and without, `limit`. */
  below(limit: number): number {
    return Math.floor(this.fraction() * limit);
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  pick<T>(choices: readonly T[]): T {
    const choice = choices[this.below(choices.length)];
    if (choice === undefined) throw new RangeError("There is nothing to pick from.");
    return choice;
  }

  /** Up to 64 characters of an ASCII alphabet of at most 256, each equally likely. */
  text(alphabet: string, length: number): string {
    const mask = 2 ** Math.ceil(Math.log2(alphabet.length)) - 1;
    for (let filled = 0; filled < length;) {
      this.#fill(1);
      // A draw beyond the alphabet is thrown away: folding it back in would favour the first letters.
      const index = this.#pool.readUInt8(this.#position++) & mask;
      if (index < alphabet.length) this.#text[filled++] = alphabet.charCodeAt(index);
    }
    return this.#text.toString("latin1", 0, length);
  }

  uuid(): string {
    const digits = this.text(HEX, 32);
    const ends = [8, 12, 16, 20, 32];
    return ends.map((end, index) => digits.slice(ends[index - 1] ?? 0, end)).join("-");
  }

  /** Sees to it that as many bytes are left in the pool. */
  #fill(bytes: number): void {
    if (this.#pool.length - this.#position >= bytes) return;
    this.#pool = this.#refill(POOL_BYTES);
    this.#position = 0;
  }
}
