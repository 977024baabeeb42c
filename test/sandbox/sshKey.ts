import { createHash } from "node:crypto";

/** One string of the SSH wire format (RFC 4251, section 5): its length, then its bytes. */
function wireString(content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, content]);
}

/** The blob of an ed25519 public key (RFC 8709, section 4) around 32 bytes. */
export function ed25519Blob(point: Buffer): Buffer {
  return Buffer.concat([wireString(Buffer.from("ssh-ed25519")), wireString(point)]);
}

/** The type a blob itself states, or undefined when it is no key blob. */
export function typeInside(blob: Buffer): string | undefined {
  if (blob.length < 4) return undefined;
  const end = 4 + blob.readUInt32BE();
  // A type alone is no key: something has to follow it.
  return end < blob.length ? blob.toString("latin1", 4, end) : undefined;
}

/** The 32 hexadecimal digits that NSML uses as the name of an auth key. */
export function md5OfBlob(blob: Buffer): string {
  return createHash("md5").update(blob).digest("hex");
}

/** The same digits as NSML shows them: lower-case pairs, joined by colons. */
export function fingerprintOf(blob: Buffer): string {
  return md5OfBlob(blob).replace(/(..)(?!$)/g, "$1:");
}
