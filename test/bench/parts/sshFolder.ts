import { readdir, readFile } from "node:fs/promises";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { LocalKeyIndex } from "../../../src/inventory/localKeyIndex.ts";
import { mapConcurrently } from "../../../src/inventory/mapConcurrently.ts";
import { listPublicKeyFiles } from "../../../src/ssh/sshDirectory.ts";
import { makeTempFolder } from "../../support/leftovers.ts";
import { median, takeTurns, timeOf } from "../measure.ts";
import { newPublicKeyLine, type KeyTypeName } from "../publicKeys.ts";
import { timeText, type PartResult } from "../row.ts";

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
  let fingerprints: readonly string[] = [];
  const { ours, bare } = await takeTurns(
    {
      ours: () =>
        timeOf(async () => {
          const keys = await readKeys(folder.path);
          const index = new LocalKeyIndex(keys);
          fingerprints = keys.map(({ fingerprint }) => fingerprint);
          // An account has a hundred auth keys at most.
          const found = fingerprints.slice(0, 100).filter((fingerprint) => index.find(fingerprint));
          if (keys.length !== fileCount || found.length !== 100)
            throw new Error("Keys are missing.");
        }),
      bare: () => timeOf(() => readFiles(folder.path)),
    },
    { rounds: 11, warmUp: 2 },
  );
  folder.remove();
  const ratio = median(ours) / median(bare);
  return {
    rows: [
      {
        what: "1,000 `.pub` files listed, parsed, matched",
        against: "reading the same files",
        ratio,
        goal: "≤ 1.5 ×",
        met: ratio <= 1.5,
        details: `${timeText(median(ours))} : ${timeText(median(bare))}`,
      },
    ],
  };
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

async function readKeys(folder: string) {
  const { files } = await listPublicKeyFiles(folder);
  return files.flatMap(({ path, fileName, result }) => {
    if (result.kind !== "key") return [];
    const { md5Fingerprint: fingerprint, sha256Fingerprint } = result;
    const { type, bits } = result.key;
    return [{ path, fileName, fingerprint, sha256Fingerprint, type, bits }];
  });
}

async function readFiles(folder: string): Promise<void> {
  const names = await readdir(folder);
  await mapConcurrently(names, 8, (name) => readFile(join(folder, name)));
}
