import assert from "node:assert/strict";

import { maxPublicKeyBytes } from "../../../src/ssh/publicKeyText.ts";
import { observe } from "./observed.ts";
import { readFixture } from "./sshKeygen.ts";

const [type = "", base64 = ""] = readFixture("ed25519.pub").toString().split(" ");

describe("the time that parsePublicKey takes", () => {
  /** Texts of the largest size that make a backtracking or rescanning parser slow. */
  const patterns = [
    " ",
    "\t\r",
    "\n",
    " \n",
    "a ",
    "x",
    "ssh-rsa ",
    "ssh-rsa AAAA ",
    "ssh-rsa AAAA\n",
    "AAAA ",
    "-----BEGIN ",
    "PRIVATE KE",
    "sk-ssh-",
    '"\\"',
    "=",
    "\\\n",
    "한",
  ];
  const frames: readonly ((filler: string) => string)[] = [
    (filler) => `${filler}x`,
    (filler) => `x${filler}x`,
    (filler) => `${type} ${base64}${filler}x`,
    (filler) => `${type} ${filler}x`,
    (filler) => `${type} ${base64}\n${filler}x`,
    (filler) => `---- BEGIN SSH2 PUBLIC KEY ----\nComment: ${filler}\n${base64}\n${filler}x`,
  ];

  it("does not grow faster than the text", () => {
    // Quadratic work on 64 KiB is 4,000,000,000 steps: seconds. Linear work is below 10 ms.
    const slow: string[] = [];
    let slowest = 0;
    for (const [index, frame] of frames.entries()) {
      for (const pattern of patterns) {
        const room = maxPublicKeyBytes - Buffer.byteLength(frame("")) - 200;
        const filler = pattern.repeat(Math.floor(room / 2 / Buffer.byteLength(pattern)));
        const started = process.cpuUsage();
        observe(frame(filler));
        const { user, system } = process.cpuUsage(started);
        slowest = Math.max(slowest, user + system);
        if (user + system > 400_000) slow.push(`${index} ${JSON.stringify(pattern)}`);
      }
    }

    console.log(
      `      ${frames.length * patterns.length} texts, the slowest in ${Math.ceil(slowest / 1000)} ms`,
    );
    assert.deepEqual(slow, []);
  });
});
