import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

import { parsePublicKey } from "../../../src/ssh/publicKey.ts";
import { asListed } from "./observed.ts";
import { generateKeyPair, listKeys } from "./sshKeygen.ts";
import { useTemporaryFolder } from "./temporaryFolder.ts";

describe("a public key that ssh-keygen has just made", function () {
  this.timeout(60_000); // A prime of 2048 bits takes a while to be found.
  const folder = useTemporaryFolder();

  const kinds = [
    { name: "RSA 1024", args: ["-t", "rsa", "-b", "1024"], type: "ssh-rsa", bits: 1024 },
    { name: "RSA 2048", args: ["-t", "rsa", "-b", "2048"], type: "ssh-rsa", bits: 2048 },
    { name: "RSA 3072", args: ["-t", "rsa", "-b", "3072"], type: "ssh-rsa", bits: 3072 },
    { name: "RSA 4096", args: ["-t", "rsa", "-b", "4096"], type: "ssh-rsa", bits: 4096 },
    { name: "Ed25519", args: ["-t", "ed25519"], type: "ssh-ed25519", bits: 256 },
    ...[256, 384, 521].map((bits) => ({
      name: `ECDSA ${bits}`,
      args: ["-t", "ecdsa", "-b", `${bits}`],
      type: `ecdsa-sha2-nistp${bits}`,
      bits,
    })),
  ];
  for (const { name, args, type, bits } of kinds) {
    it(`is read as ssh-keygen -l reads it: ${name}`, () => {
      const file = `${generateKeyPair(path.join(folder(), "id"), args)}.pub`;
      const text = readFileSync(file, "utf8");

      const { blob, ...key } = parsePublicKey(text);

      assert.deepEqual(
        { listed: [asListed({ blob, ...key })], key },
        {
          listed: listKeys(file),
          key: {
            type,
            bits,
            ...(type.startsWith("ecdsa") ? { curve: `nistp${bits}` } : {}),
            comment: "you@host",
            line: text.trimEnd(),
            converted: false,
          },
        },
      );
    });
  }
});
