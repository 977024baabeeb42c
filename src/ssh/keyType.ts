/** A curve as its key type spells it (RFC 5656, section 10.1). */
export type CurveName = "nistp256" | "nistp384" | "nistp521";

/** The key types that may be sent to NSML, by their real names (RFC 4253, RFC 5656, RFC 8709). */
export type KeyType = "ssh-rsa" | "ssh-ed25519" | `ecdsa-sha2-${CurveName}`;

const keyTypes: ReadonlyMap<string, KeyType> = new Map(
  (
    [
      "ssh-rsa",
      "ssh-ed25519",
      "ecdsa-sha2-nistp256",
      "ecdsa-sha2-nistp384",
      "ecdsa-sha2-nistp521",
    ] satisfies KeyType[]
  ).map((type) => [type, type]),
);

/**
 * Names that people and documents use for an accepted type. The first is how NSML's page "Create
 * authentication key" spells it; `rsa-sha2-*` name signatures, not keys (RFC 8332, section 3).
 */
const misspellings: ReadonlyMap<string, KeyType> = new Map([
  ["ecdsa-sha-nistp256", "ecdsa-sha2-nistp256"],
  ["ecdsa-sha-nistp384", "ecdsa-sha2-nistp384"],
  ["ecdsa-sha-nistp521", "ecdsa-sha2-nistp521"],
  ["ed25519", "ssh-ed25519"],
  ["rsa", "ssh-rsa"],
  ["rsa-sha2-256", "ssh-rsa"],
  ["rsa-sha2-512", "ssh-rsa"],
]);

/** The accepted type of this name, if there is one. */
export function keyTypeOf(name: string): KeyType | undefined {
  return keyTypes.get(name);
}

/** The accepted type that was probably meant by `name`, if there is one. */
export function rightSpellingOf(name: string): KeyType | undefined {
  const lower = name.toLowerCase();
  return keyTypeOf(lower) ?? misspellings.get(lower);
}
