import assert from "node:assert/strict";
import { utimesSync, writeFileSync } from "node:fs";
import path from "node:path";

import { listPublicKeyFiles } from "../../../src/ssh/sshDirectory.ts";
import { outcome } from "./hostileFiles.ts";
import { generateKeyPair, listKeys, readFixture } from "./sshKeygen.ts";
import { useTemporaryFolder } from "./temporaryFolder.ts";

const text = readFixture("ed25519.pub");

describe("listPublicKeyFiles", () => {
  const folder = useTemporaryFolder();
  const at = (name: string) => path.join(folder(), name);

  it("reads each .pub file, in the order of the names", async () => {
    const key = generateKeyPair(at("id_ecdsa"), ["-t", "ecdsa"]);
    writeFileSync(at("Z.PUB"), text);
    writeFileSync(at("a.pub"), text);
    writeFileSync(at("config"), "Host *\n");
    writeFileSync(at("a.pub.bak"), text);
    writeFileSync(at("\uff21.pub"), text);
    writeFileSync(at("😀.pub"), text);
    utimesSync(at("a.pub"), 1_700_000_000, 1_700_000_000);

    const { exists, files } = await listPublicKeyFiles(folder());

    const [, a, ecdsa] = files;
    const [listed] = listKeys(`${key}.pub`);
    assert.deepEqual(
      {
        exists,
        files: files.map(({ fileName, hasPrivateKey, ...file }) => [
          fileName,
          hasPrivateKey,
          outcome({ fileName, ...file }),
        ]),
        path: a?.path,
        modifiedAt: a?.modifiedAt,
        fingerprints: ecdsa?.result.kind === "key" && [
          ecdsa.result.md5Fingerprint,
          ecdsa.result.sha256Fingerprint,
        ],
      },
      {
        exists: true,
        files: [
          ["Z.PUB", false, "ssh-ed25519"],
          ["a.pub", false, "ssh-ed25519"],
          ["id_ecdsa.pub", true, "ecdsa-sha2-nistp256"],
          ["😀.pub", false, "ssh-ed25519"],
          ["\uff21.pub", false, "ssh-ed25519"],
        ],
        path: at("a.pub"),
        modifiedAt: 1_700_000_000_000,
        fingerprints: [listed?.md5, listed?.sha256],
      },
    );
  });

  it("lists a folder that is not there as empty", async () => {
    assert.deepEqual(await listPublicKeyFiles(at("nowhere")), { exists: false, files: [] });
  });
});
