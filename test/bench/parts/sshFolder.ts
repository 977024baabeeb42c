import { readdir, readFile, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LocalKeyIndex } from "../../../src/inventory/localKeyIndex.ts";
import { readLocalKeys } from "../../../src/inventory/readLocalKeys.ts";
import { filesAtATime } from "../../../src/ssh/sshDirectory.ts";
import { makeTempFolder } from "../../support/leftovers.ts";
import { takeTurns, timeOf } from "../measure.ts";
import { newPublicKeyLine, type KeyTypeName } from "../publicKeys.ts";
import { meanOf, timeShares } from "../timeShares.ts";
import { compared, type PartResult } from "../row.ts";

const fileCount = 1_000;
/** As people's keys are: of ten, six are Ed25519, three RSA, one ECDSA. */
const mix: readonly KeyTypeName[] = [
  ...Array<KeyTypeName>(6).fill("ssh-ed25519"),
  ...Array<KeyTypeName>(3).fill("ssh-rsa"),
  "ecdsa-sha2-nistp256",
];

/** A folder of a thousand public keys listed, parsed and matched, against reading the same files. */
export async function sshFolder(): Promise<PartResult> {
  const folder = makeTempFolder("ncloud-keys-bench-");
  writeKeys(folder.path);
  const { ours, bare } = await takeTurns(
    {
      ours: () => timeOf(() => readByUs(folder.path)),
      bare: () => timeOf(() => readFiles(folder.path)),
    },
    { rounds: 31, warmUp: 5 },
  );
  const profiles = await takeTurns(
    {
      ours: () => timeShares(() => readByUs(folder.path), 5),
      bare: () => timeShares(() => readFiles(folder.path), 5),
    },
    { rounds: 3, warmUp: 0 },
  );
  folder.remove();
  const what = "1,000 `.pub` files listed, parsed, matched";
  const figures = compared(ours, bare);
  const row = {
    what,
    against: "reading the same files",
    ...figures,
    goal: "≤ 1.5 ×",
    met: figures.ratio <= 1.5,
  };
  const columns = [
    { name: "ours", shares: meanOf(profiles.ours) },
    { name: "bare", shares: meanOf(profiles.bare) },
  ];
  return { rows: [row], profiles: [{ title: what, columns }] };
}

async function readByUs(folder: string): Promise<void> {
  const keys = await readLocalKeys(folder, new AbortController().signal);
  const index = new LocalKeyIndex(keys);
  // An account has a hundred auth keys at most.
  const found = keys.slice(0, 100).filter(({ fingerprint }) => index.find(fingerprint));
  if (keys.length !== fileCount || found.length !== 100) throw new Error("Keys are missing.");
}

function writeKeys(folder: string): void {
  // Making an RSA key takes longer than everything that is measured here: few serve for all.
  const rsa = Array.from({ length: 3 }, () => newPublicKeyLine("ssh-rsa", "office"));
  for (let index = 0; index < fileCount; index++) {
    const type = mix[index % mix.length]!;
    const line =
      type === "ssh-rsa" ? rsa[index % rsa.length]! : newPublicKeyLine(type, `laptop-${index}`);
    writeFileSync(join(folder, `id_${index}.pub`), `${line}\n`);
  }
}

/** As many at a time as we read, by `readFile` with callbacks. */
function readFiles(folder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    readdir(folder, (failure, names) => {
      if (failure) {
        reject(failure);
        return;
      }
      let next = 0;
      let ended = 0;
      const read = () => {
        if (next < names.length) readFile(join(folder, names[next++]!), end);
      };
      const end = (error: Error | null) => {
        if (error) reject(error);
        else if (++ended === names.length) resolve();
        else read();
      };
      for (let reader = 0; reader < filesAtATime; reader++) read();
    });
  });
}
