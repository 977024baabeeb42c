import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { readLocalKeys } from "../../../src/inventory/readLocalKeys.ts";
import { SshDirectoryError } from "../../../src/ssh/sshDirectory.ts";
import { never } from "../ncloud/support/observed.ts";
import { useTemporaryFolder } from "../ssh/temporaryFolder.ts";
import { newEd25519 } from "../support/newKeys.ts";

describe("reading the public keys of this computer", () => {
  const folder = useTemporaryFolder();
  const at = (name: string) => path.join(folder(), name);

  it("gives the keys, and passes over the files that are none", async () => {
    const { line, fingerprint } = newEd25519();
    writeFileSync(at("a.pub"), line);
    writeFileSync(at("b.pub"), "no key");
    const keys = await readLocalKeys(folder(), never());
    assert.deepEqual(
      keys.map((key) => [key.fileName, key.fingerprint, key.type, key.bits]),
      [["a.pub", fingerprint, "ssh-ed25519", 256]],
    );
  });

  it("gives none where there is no folder", async () => {
    assert.deepEqual(await readLocalKeys(at("nowhere"), never()), []);
  });

  it("fails where what should be the folder cannot be listed", async () => {
    writeFileSync(at("file"), "");
    await assert.rejects(readLocalKeys(at("file"), never()), SshDirectoryError);
  });
});
