import { normalizeMd5 } from "../ssh/fingerprint.ts";

/** A public key file of this computer. */
export interface LocalKey {
  readonly path: string;
  readonly fileName: string;
  /** MD5 of the key blob as lower-case pairs joined by colons. */
  readonly fingerprint: string;
  /** `SHA256:` and base64 without padding, as `ssh-keygen -l` prints it. */
  readonly sha256Fingerprint: string;
  readonly type: string;
  readonly bits: number;
}

/** The public keys of this computer by the fingerprint NSML knows them by. */
export class LocalKeyIndex {
  readonly #byFingerprint = new Map<string, LocalKey>();

  /** Of several files with the same key the first one stands for it. */
  constructor(keys: readonly LocalKey[]) {
    for (const key of keys) {
      if (!this.#byFingerprint.has(key.fingerprint)) this.#byFingerprint.set(key.fingerprint, key);
    }
  }

  /** Null when none of the files is this key. */
  find(fingerprint: string): LocalKey | null {
    return this.#byFingerprint.get(normalizeMd5(fingerprint) ?? fingerprint) ?? null;
  }

  isSame(other: LocalKeyIndex): boolean {
    const mine = this.#byFingerprint;
    const theirs = other.#byFingerprint;
    return (
      mine.size === theirs.size &&
      [...mine].every(([fingerprint, key]) => theirs.get(fingerprint)?.path === key.path)
    );
  }
}
