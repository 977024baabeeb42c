import { PublicKeyError } from "./publicKeyError.ts";

/** A non-negative integer of the wire: its bytes, big-endian, without leading zeros. */
export interface WireInteger {
  readonly bytes: Buffer;
  /** Length in bits; 0 for zero. */
  readonly bits: number;
}

/**
 * Reads the data types of RFC 4251, section 5, one after the other. Nothing is read beyond the end:
 * a length that promises more than there is fails with a `PublicKeyError` of kind `truncated`.
 */
export class WireReader {
  private readonly bytes: Buffer;
  private offset = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  get atEnd(): boolean {
    return this.offset === this.bytes.length;
  }

  /** Moves behind `expected` if those are the next bytes; otherwise stays where it is. */
  skip(expected: Uint8Array): boolean {
    for (let at = 0; at < expected.length; at += 1) {
      if (this.bytes[this.offset + at] !== expected[at]) return false;
    }
    this.offset += expected.length;
    return true;
  }

  /** A `string`, as a view of the bytes it stands in. */
  readString(): Buffer {
    const start = this.skipString();
    return this.bytes.subarray(start, this.offset);
  }

  /** A `string` that holds a name. A byte beyond ASCII becomes a character that no name has. */
  readName(): string {
    const start = this.skipString();
    return this.bytes.toString("latin1", start, this.offset);
  }

  /**
   * An `mpint`; undefined when it is negative or has needless leading zeros. OpenSSH reads the
   * latter, but drops the zeros before it takes the fingerprint, which is then not this blob's.
   */
  readInteger(): WireInteger | undefined {
    const bytes = this.readString();
    const first = bytes[0];
    if (first === undefined) return { bytes, bits: 0 };
    if (first >= 0x80) return undefined;
    if (first > 0) return { bytes, bits: bytes.length * 8 - leadingZeroBits(first) };
    const second = bytes[1];
    if (second === undefined || second < 0x80) return undefined;
    return { bytes: bytes.subarray(1), bits: (bytes.length - 1) * 8 };
  }

  /** Moves behind the next `string` and returns where its content starts. */
  private skipString(): number {
    const start = this.offset + 4;
    if (start > this.bytes.length) throw new PublicKeyError({ kind: "truncated" });
    const length = this.bytes.readUInt32BE(this.offset);
    if (length > this.bytes.length - start) throw new PublicKeyError({ kind: "truncated" });
    this.offset = start + length;
    return start;
  }
}

/** `text`, which is ASCII, as a `string`. */
export function wireString(text: string): Buffer {
  const bytes = Buffer.alloc(4 + text.length);
  bytes.writeUInt32BE(text.length);
  bytes.write(text, 4, "latin1");
  return bytes;
}

/** How many of the eight bits of a byte come before its first one bit. */
function leadingZeroBits(byte: number): number {
  return Math.clz32(byte) - 24;
}
