import assert from "node:assert/strict";

import { md5Fingerprint, normalizeMd5, sha256Fingerprint } from "../../../src/ssh/fingerprint.ts";

describe("fingerprints", () => {
  it("are those of the digests in RFC 1321 and FIPS 180-4", () => {
    const abc = Buffer.from("abc");

    assert.deepEqual(
      [md5Fingerprint(abc), sha256Fingerprint(abc), md5Fingerprint(new Uint8Array())],
      [
        "90:01:50:98:3c:d2:4f:b0:d6:96:3f:7d:28:e1:7f:72",
        "SHA256:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0",
        "d4:1d:8c:d9:8f:00:b2:04:e9:80:09:98:ec:f8:42:7e",
      ],
    );
  });
});

describe("normalizeMd5", () => {
  const normal = "90:01:50:98:3c:d2:4f:b0:d6:96:3f:7d:28:e1:7f:72";

  it("brings every form of an MD5 fingerprint to that of NSML", () => {
    const forms = [
      normal,
      normal.toUpperCase(),
      `MD5:${normal}`,
      `MD5:${normal.replaceAll(":", "").toUpperCase()}`,
      normal.replaceAll(":", ""),
    ];

    assert.deepEqual(
      forms.map(normalizeMd5),
      forms.map(() => normal),
    );
  });

  it("knows what is no MD5 fingerprint", () => {
    const others = [
      "",
      "MD5:",
      normal.slice(0, -1),
      `${normal}:00`,
      normal.replace(":", ""),
      normal.replaceAll(":", "-"),
      ` ${normal}`,
      `${normal}\n`,
      normal.replace("9", "g"),
      "**:**:**:**:**:**:**:**:**:**:**:**:**:**:**:**",
      "SHA256:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0",
    ];

    assert.deepEqual(
      others.map(normalizeMd5),
      others.map(() => undefined),
    );
  });
});
