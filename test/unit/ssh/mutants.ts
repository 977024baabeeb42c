import { blobMutations, numberMutations } from "./blobMutations.ts";
import { parseLine, type KeyLine } from "./keyBytes.ts";
import type { SeededRandom } from "../support/seededRandom.ts";
import { readFixture } from "./sshKeygen.ts";
import { textMutations } from "./textMutations.ts";

/** A file that may or may not be a public key. */
export interface Mutant {
  /** The mutation, and the type of the key that it was made of. */
  readonly how: string;
  readonly text: Buffer;
}

const mutations = Object.entries({ ...textMutations, ...blobMutations, ...numberMutations });

/** Fixtures, not fresh keys, so that a seed gives the same mutants everywhere. */
function fixtureKeys(): KeyLine[] {
  const cheap = ["rsa-1024", "rsa-2048", "ed25519", "ecdsa-nistp256"];
  // Each costs ssh-keygen near a millisecond, the others next to nothing.
  const dear = ["ecdsa-nistp384", "ecdsa-nistp521"];
  const refused = ["dsa", "certificate-ed25519", "fido-ed25519", "fido-ecdsa"];
  const names = [...cheap, ...cheap, ...cheap, ...dear, ...refused];
  return names.map((name) => parseLine(readFixture(`${name}.pub`).toString()));
}

/** The next `count` mutants that the numbers of `random` make. */
export function makeMutants(count: number, random: SeededRandom): Mutant[] {
  const keys = fixtureKeys();
  return Array.from({ length: count }, () => {
    const [how, mutation] = random.pick(mutations);
    const key = random.pick(keys);
    const text = mutation(key, random.pick(keys), random);
    return { how: `${how} (${key.type})`, text: Buffer.from(text as string) };
  });
}
