import assert from "node:assert/strict";
import { parseOpenSshVersion } from "../../src/ssh/openSshVersion.ts";
import { describePassphraseProblem } from "../../src/ui/generatePrompts.ts";

describe("What is said of a passphrase that OpenSSH cannot take", () => {
  const said = (printed: string, passphrase = "a passphrase") =>
    describePassphraseProblem(passphrase, parseOpenSshVersion(printed));

  it("names the version before 8.4, and what can be done", () => {
    assert.equal(
      said("OpenSSH_8.3p1, OpenSSL 1.1.1g"),
      "OpenSSH 8.3 cannot be handed a passphrase safely; 8.4 and later can. Leave it empty, or update OpenSSH.",
    );
  });

  it("is nothing where there is no passphrase, from 8.4 on, and where the version is unknown", () => {
    assert.deepEqual(
      [
        said("OpenSSH_8.3p1, OpenSSL 1.1.1g", ""),
        said("OpenSSH_8.4p1, OpenSSL 1.1.1h"),
        said("OpenSSH_10.0p2, LibreSSL 3.3.6"),
        said("Sun_SSH_1.1.9"),
      ],
      [undefined, undefined, undefined, undefined],
    );
  });
});
