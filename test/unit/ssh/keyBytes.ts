/** Builds and takes apart key blobs, apart from the code under test. */

export interface KeyLine {
  readonly type: string;
  readonly blob: Buffer;
}

export function parseLine(line: string): KeyLine {
  const [type = "", base64 = ""] = line.split(" ");
  return { type, blob: Buffer.from(base64, "base64") };
}

export function lineOf({ type, blob }: KeyLine, comment = "you@host"): string {
  return `${type} ${blob.toString("base64")} ${comment}\n`;
}

export function field(content: Uint8Array | string): Buffer {
  const bytes = Buffer.from(content as string, "latin1");
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

export function blobOf(...contents: readonly (Uint8Array | string)[]): Buffer {
  return Buffer.concat(contents.map(field));
}

/** The contents of the fields of a well-formed blob. */
export function fieldsOf(blob: Buffer): Buffer[] {
  const fields: Buffer[] = [];
  for (let at = 0; at < blob.length;) {
    const end = at + 4 + blob.readUInt32BE(at);
    fields.push(blob.subarray(at + 4, end));
    at = end;
  }
  return fields;
}

/** A non-negative number as the content of an mpint: minimal, with a zero byte before a high bit. */
export function mpint(value: bigint): Buffer {
  if (value === 0n) return Buffer.alloc(0);
  let hex = value.toString(16);
  if (hex.length % 2 === 1) hex = `0${hex}`;
  if (Number.parseInt(hex.slice(0, 2), 16) >= 0x80) hex = `00${hex}`;
  return Buffer.from(hex, "hex");
}

/** Reads an mpint that is not negative, minimal or not. */
export function integerOf(content: Uint8Array): bigint {
  return BigInt(`0x0${Buffer.from(content).toString("hex")}`);
}

/** `value` in big-endian bytes. */
export function coordinate(value: bigint, size: number): Buffer {
  return Buffer.from(value.toString(16).padStart(2 * size, "0"), "hex");
}
