import assert from "node:assert/strict";
import { symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

import { readPublicKeyFile } from "../../../src/ssh/sshDirectory.ts";
import { makeFifo, makeUnreadable, outcome } from "./hostileFiles.ts";
import { generateKeyPair, readFixture } from "./sshKeygen.ts";
import { useTemporaryFolder } from "./temporaryFolder.ts";

const text = readFixture("ed25519.pub");

describe("readPublicKeyFile", () => {
  const folder = useTemporaryFolder();
  const at = (name: string) => path.join(folder(), name);

  it("reads a file of any name", async () => {
    writeFileSync(at("key.txt"), text);

    const file = await readPublicKeyFile(at("key.txt"));

    assert.deepEqual(
      [file.path, file.fileName, outcome(file)],
      [at("key.txt"), "key.txt", "ssh-ed25519"],
    );
  });

  it("refuses what is no public key, with nothing of its content", async () => {
    generateKeyPair(at("id"), ["-t", "ed25519"]);
    makeFifo(at("fifo"));
    makeUnreadable(at("unreadable"));
    symlinkSync(at("nowhere"), at("dangling"));
    writeFileSync(at("binary"), Buffer.from([0, 1, 2, 3]));
    const names = ["id", "fifo", "unreadable", "dangling", "binary", "nowhere", "."];

    const files = await Promise.all(names.map((name) => readPublicKeyFile(at(name))));

    assert.deepEqual(
      files.map(({ result }) => result),
      [
        { kind: "privateKey" },
        { kind: "notAFile", what: "fifo" },
        { kind: "unreadable", code: "EACCES" },
        { kind: "danglingLink" },
        { kind: "notText", utf16: false },
        { kind: "missing" },
        { kind: "notAFile", what: "folder" },
      ].map((problem) => ({ kind: "problem", problem })),
    );
  });

  if (process.platform === "linux") {
    it("says so when a file opens and then cannot be read", async () => {
      const file = await readPublicKeyFile("/proc/self/mem");

      assert.deepEqual(outcome(file), { kind: "unreadable", code: "EIO" });
    });

    it("reads files to their end, and no further than 64 KiB, whose size the system hides", async () => {
      const files = ["/proc/self/status", "/proc/self/smaps"].map(readPublicKeyFile);

      assert.deepEqual((await Promise.all(files)).map(outcome), [
        { kind: "notAKey" },
        { kind: "tooLarge", maxBytes: 65_536 },
      ]);
    });
  }
});
