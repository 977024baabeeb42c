import assert from "node:assert/strict";
import { generateKeyPair } from "../../../src/commands/generateKeyPair.ts";
import { Secret } from "../../../src/ncloud/secret.ts";
import { checkPassphrase } from "../../../src/ssh/newKeyPair.ts";
import { keyGenerator } from "../../../src/ssh/sshKeygen.ts";
import type { GeneratePrompts } from "../../../src/ui/generatePrompts.ts";
import { standIn } from "../ssh/keygenStandIn.ts";
import { useTemporaryFolder } from "../ssh/temporaryFolder.ts";
import { answer, given, no } from "../support/fakeServices.ts";
import { useUploadDesk } from "../support/uploadDesk.ts";

const proposed: GeneratePrompts["askComment"] = (_, initial) =>
  Promise.resolve({ kind: "given", value: initial });
const passphrase = new Secret("a passphrase");

/** What `ssh -V` prints: the version that is read from it, what is wrong with a passphrase, and what becomes of it. */
const printed = {
  "OpenSSH_7.9p1 Debian-10, OpenSSL 1.1.1d": ["7.9", "tooOld", "refused"],
  "OpenSSH_8.3p1, OpenSSL 1.1.1g": ["8.3", "tooOld", "refused"],
  "OpenSSH_for_Windows_8.3p1, LibreSSL 3.0.2": ["8.3", "tooOld", "refused"],
  "OpenSSH_8.4p1, OpenSSL 1.1.1h": ["8.4", undefined, "handed over"],
  "OpenSSH_10.0p2, LibreSSL 3.3.6": ["10.0", undefined, "handed over"],
  // Whether it is taken shows by the key that was made, which is thrown away if it is not.
  "Sun_SSH_1.1.9": [undefined, undefined, "handed over"],
  OpenSSH_9: [undefined, undefined, "handed over"],
} as const;

describe("a passphrase for a key pair, by the version of OpenSSH", () => {
  const desk = useUploadDesk();
  const folder = useTemporaryFolder();

  /**
   * Somebody who types a passphrase, and leaves it empty where it is not taken.
   *
   * @param script what runs in the place of ssh-keygen, or before it
   */
  async function generateWith(version: string, script: string) {
    const seen: unknown[] = [];
    const services = desk().services({
      keyGenerator: { ...keyGenerator, find: () => standIn(folder(), script, version) },
      generatePrompts: {
        askType: [given("ed25519")],
        askFileName: [proposed],
        askComment: [proposed],
        askPassphrase: [
          (_, found) => {
            seen.push(found && `${found.major}.${found.minor}`);
            seen.push(checkPassphrase(passphrase.reveal(), found));
            return given(passphrase)();
          },
          given(undefined),
        ],
        repeatPassphrase: [given(passphrase)],
      },
      generateMessages: { generationFailed: [no] },
      uploadPrompts: { askTitle: [answer("laptop")] },
    });
    const said = await services.run(generateKeyPair);
    seen.push(said.includes("passphraseNotTaken") ? "refused" : "handed over");
    return { seen, titles: desk().titles };
  }

  for (const [version, seen] of Object.entries(printed)) {
    it(`is ${seen[2]}: ${version}`, async () => {
      // It is run, or not: a key need not come of it.
      const { seen: found } = await generateWith(version, "exit 3");
      assert.deepEqual(found, [...seen]);
    });
  }

  it("is refused once the key shows that it was not taken, and a key is made without it", async () => {
    const script = "unset SSH_ASKPASS SSH_ASKPASS_REQUIRE DISPLAY";
    assert.deepEqual(await generateWith("Sun_SSH_1.1.9", script), {
      seen: [undefined, undefined, "refused"],
      titles: ["laptop"],
    });
  });
});
