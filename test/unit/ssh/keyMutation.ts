import type { KeyLine } from "./keyBytes.ts";
import type { SeededRandom } from "../support/seededRandom.ts";

/** Makes a key file of `key`, perhaps with parts of `other`, that may be wrong somewhere. */
export type KeyMutation = (key: KeyLine, other: KeyLine, random: SeededRandom) => Buffer | string;

const accepted = [
  "ssh-rsa",
  "ssh-ed25519",
  "ecdsa-sha2-nistp256",
  "ecdsa-sha2-nistp384",
  "ecdsa-sha2-nistp521",
];

/** Names that are, were, or look like those of key types. */
export const typeNames = [
  ...accepted,
  ...accepted.map((name) => name.toUpperCase()),
  ...accepted.map((name) => `${name}-cert-v01@openssh.com`),
  "ecdsa-sha-nistp256",
  "rsa",
  "RSA",
  "ed25519",
  "ECDSA",
  "rsa-sha2-256",
  "rsa-sha2-512",
  "ssh-dss",
  "sk-ssh-ed25519@openssh.com",
  "sk-ecdsa-sha2-nistp256@openssh.com",
  "ssh-ed448",
  "ssh-rsa\0",
  "ssh-rsa,ssh-ed25519",
  "",
];
