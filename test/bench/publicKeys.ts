import { createECDH, generateKeyPairSync, randomBytes } from "node:crypto";

export const keyTypes = [
  "ssh-ed25519",
  "ssh-rsa",
  "ecdsa-sha2-nistp256",
  "ecdsa-sha2-nistp384",
  "ecdsa-sha2-nistp521",
] as const;
export type KeyTypeName = (typeof keyTypes)[number];

const curves = {
  "ecdsa-sha2-nistp256": "prime256v1",
  "ecdsa-sha2-nistp384": "secp384r1",
  "ecdsa-sha2-nistp521": "secp521r1",
} as const;

/** A new public key as a line of a `.pub` file. */
export function newPublicKeyLine(type: KeyTypeName, comment: string): string {
  const fields = type === "ssh-ed25519" ? [randomBytes(32)] : fieldsOf(type);
  const blob = Buffer.concat([Buffer.from(type), ...fields].map(wireString));
  return `${type} ${blob.toString("base64")} ${comment}`;
}

function fieldsOf(type: Exclude<KeyTypeName, "ssh-ed25519">): Buffer[] {
  if (type === "ssh-rsa") return [Buffer.of(1, 0, 1), newModulus()];
  const ecdh = createECDH(curves[type]);
  return [Buffer.from(type.slice("ecdsa-sha2-".length)), ecdh.generateKeys()];
}

function newModulus(): Buffer {
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 3072 });
  const { n = "" } = publicKey.export({ format: "jwk" });
  return Buffer.concat([Buffer.of(0), Buffer.from(n, "base64url")]);
}

/** A `string` of RFC 4251, section 5. */
function wireString(content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, content]);
}
