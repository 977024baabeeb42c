import { md5Fingerprint, sha256Fingerprint } from "../../../src/ssh/fingerprint.ts";
import { parsePublicKey, type PublicKey } from "../../../src/ssh/publicKey.ts";
import { PublicKeyError, type PublicKeyProblem } from "../../../src/ssh/publicKeyError.ts";
import type { ListedKey } from "./sshKeygen.ts";

/** The parser's answer as a value. Any error but its own is passed on, and fails the test. */
export function observe(
  input: string | Uint8Array,
): { readonly key: PublicKey } | { readonly problem: PublicKeyProblem } {
  try {
    return { key: parsePublicKey(input) };
  } catch (error) {
    if (error instanceof PublicKeyError) return { problem: error.problem };
    throw error;
  }
}

/** The kind of refusal, or `accepted`. */
export function kindOf(input: string | Uint8Array): string {
  const result = observe(input);
  return "key" in result ? "accepted" : result.problem.kind;
}

/** A key in the words of `ssh-keygen -l`. */
export function asListed(key: PublicKey): ListedKey {
  const types = { "ssh-rsa": "RSA", "ssh-ed25519": "ED25519" } as const;
  return {
    bits: key.bits,
    type: key.type === "ssh-rsa" || key.type === "ssh-ed25519" ? types[key.type] : "ECDSA",
    sha256: sha256Fingerprint(key.blob),
    md5: md5Fingerprint(key.blob),
  };
}
