import assert from "node:assert/strict";
import { parseOpenSshVersion, takesAskpass } from "../../../src/ssh/openSshVersion.ts";

describe("the version of OpenSSH", () => {
  it("is read from what ssh -V prints", () => {
    const printed = [
      "OpenSSH_9.2p1 Debian-2+deb12u6, OpenSSL 3.0.19",
      "OpenSSH_for_Windows_8.6p1, LibreSSL 3.4.3",
      "warning: something\nOpenSSH_10.0p2, LibreSSL 3.3.6",
      "Sun_SSH_1.1",
      "",
    ];
    assert.deepEqual(printed.map(parseOpenSshVersion), [
      { major: 9, minor: 2 },
      { major: 8, minor: 6 },
      { major: 10, minor: 0 },
      undefined,
      undefined,
    ]);
  });

  it("takes an askpass program without a display from 8.4 on", () => {
    const versions = ["7.9", "8.3", "8.4", "9.0", "10.0"];
    const takes = versions.filter((version) =>
      takesAskpass(parseOpenSshVersion(`OpenSSH_${version}`)!),
    );
    assert.deepEqual(takes, ["8.4", "9.0", "10.0"]);
  });
});
