import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { md5Fingerprint } from "../../../src/ssh/fingerprint.ts";
import type { KeyToUpload } from "../../../src/changes/uploadAuthKey.ts";
import { blobOf } from "../ssh/keyBytes.ts";

/** A key pair that is made for one test and never written anywhere but into a temporary folder. */
export interface NewKey {
  readonly blob: Buffer;
  /** As it stands in a `.pub` file of OpenSSH. */
  readonly line: string;
  readonly fingerprint: string;
  /** The private half in PEM. */
  readonly privateText: string;
}

export function newEd25519(comment = "kim@desk"): NewKey {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const blob = blobOf("ssh-ed25519", coordinate(publicKey, "x"));
  return keyOf("ssh-ed25519", blob, comment, privateKey);
}

export function newNistp256(comment = "kim@desk"): NewKey {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const point = Buffer.concat([
    Buffer.of(4),
    coordinate(publicKey, "x"),
    coordinate(publicKey, "y"),
  ]);
  const blob = blobOf("ecdsa-sha2-nistp256", "nistp256", point);
  return keyOf("ecdsa-sha2-nistp256", blob, comment, privateKey);
}

/** The key as PuTTY writes it (RFC 4716). */
export function rfc4716Of({ blob }: NewKey, comment: string): string {
  const base64 = blob.toString("base64").replace(/.{70}/g, "$&\n");
  return [
    "---- BEGIN SSH2 PUBLIC KEY ----",
    `Comment: "${comment}"`,
    base64,
    "---- END SSH2 PUBLIC KEY ----",
    "",
  ].join("\n");
}

export function toUpload({ line, fingerprint }: NewKey, title: string): KeyToUpload {
  return { title, line, fingerprint };
}

function keyOf(type: string, blob: Buffer, comment: string, privateKey: KeyObject): NewKey {
  return {
    blob,
    line: `${type} ${blob.toString("base64")} ${comment}`,
    fingerprint: md5Fingerprint(blob),
    privateText: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

function coordinate(key: KeyObject, name: "x" | "y"): Buffer {
  return Buffer.from(key.export({ format: "jwk" })[name] ?? "", "base64url");
}
