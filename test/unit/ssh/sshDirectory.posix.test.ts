import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdirSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";

import { listPublicKeyFiles, SshDirectoryError } from "../../../src/ssh/sshDirectory.ts";
import { makeFifo, makeUnreadable, outcome } from "./hostileFiles.ts";
import { readFixture } from "./sshKeygen.ts";
import { useTemporaryFolder } from "./temporaryFolder.ts";

const text = readFixture("ed25519.pub");

function openDescriptors(): number {
  return readdirSync("/dev/fd").length;
}

/** `signal`, made to call back each time before it is asked, which is between two slices of files. */
function askedSignal(signal: AbortSignal, onAsked: () => void): AbortSignal {
  const state = () => Reflect.get(AbortSignal.prototype, "aborted", signal);
  return Object.defineProperty(signal, "aborted", {
    get: () => {
      onAsked();
      return state();
    },
  });
}

describe("listPublicKeyFiles where there are FIFOs, devices and modes", () => {
  const folder = useTemporaryFolder();
  const at = (name: string) => path.join(folder(), name);

  it("says of everything that is no readable key file what it is, and hangs on nothing", async () => {
    const server = createServer().listen(at("socket.pub"));
    await once(server, "listening");
    // The socket stays in the folder; what listens to it is not needed.
    server.unref();
    mkdirSync(at("folder.pub"));
    makeFifo(at("fifo.pub"));
    symlinkSync(at("fifo.pub"), at("link-to-fifo.pub"));
    symlinkSync("/dev/zero", at("device.pub"));
    symlinkSync(at("nowhere"), at("dangling.pub"));
    symlinkSync(at("loop.pub"), at("loop.pub"));
    makeUnreadable(at("unreadable.pub"));
    writeFileSync(at("empty.pub"), "");
    writeFileSync(at("huge.pub"), text);
    truncateSync(at("huge.pub"), 2 ** 40);
    writeFileSync(at("good"), text);
    symlinkSync(at("good"), at("link.pub"));

    const { files } = await listPublicKeyFiles(folder());

    server.close();
    assert.deepEqual(Object.fromEntries(files.map((file) => [file.fileName, outcome(file)])), {
      "dangling.pub": { kind: "danglingLink" },
      "device.pub": { kind: "notAFile", what: "device" },
      "empty.pub": { kind: "empty" },
      "fifo.pub": { kind: "notAFile", what: "fifo" },
      "folder.pub": { kind: "notAFile", what: "folder" },
      "huge.pub": { kind: "tooLarge", maxBytes: 65_536 },
      "link-to-fifo.pub": { kind: "notAFile", what: "fifo" },
      "link.pub": "ssh-ed25519",
      "loop.pub": { kind: "unreadable", code: "ELOOP" },
      "socket.pub": { kind: "notAFile", what: "socket" },
      "unreadable.pub": { kind: "unreadable", code: "EACCES" },
    });
    assert.deepEqual(
      files.filter(({ modifiedAt }) => modifiedAt === undefined),
      [],
    );
  });

  it("never reads the private key beside a public one", async () => {
    // Opening a FIFO for reading waits for a writer, so the listing would never end.
    makeFifo(at("id_rsa"));
    writeFileSync(at("id_rsa.pub"), readFixture("rsa-2048.pub"));

    const { files } = await listPublicKeyFiles(folder());

    assert.deepEqual(
      files.map((file) => [file.hasPrivateKey, outcome(file)]),
      [[true, "ssh-rsa"]],
    );
  });

  it("fails with a kind when the folder cannot be listed", async () => {
    writeFileSync(at("file"), "");
    symlinkSync(at("loop"), at("loop"));

    const failures = await Promise.all(
      ["file", "loop"].map((name) =>
        listPublicKeyFiles(at(name)).catch((error: unknown) => {
          assert.ok(error instanceof SshDirectoryError);
          return [error.kind, error.code, error.cause instanceof Error];
        }),
      ),
    );

    assert.deepEqual(failures, [
      ["notADirectory", "ENOTDIR", true],
      ["unreadable", "ELOOP", true],
    ]);
  });

  it("stops when it is cancelled, with the signal's reason and nothing left open", async () => {
    for (let index = 0; index < 200; index += 1) writeFileSync(at(`${index}.pub`), text);
    const before = openDescriptors();
    const reason = new Error("closed");
    const controller = new AbortController();
    let asked = 0;
    const signal = askedSignal(controller.signal, () => {
      asked += 1;
      if (asked === 2) controller.abort(reason);
    });

    const settled = await Promise.allSettled([
      listPublicKeyFiles(folder(), { signal: AbortSignal.abort(reason) }),
      listPublicKeyFiles(folder(), { signal }),
    ]);

    const rejected = { status: "rejected", reason };
    assert.deepEqual(
      { settled, asked, open: openDescriptors() },
      { settled: [rejected, rejected], asked: 2, open: before },
    );
  });

  it("does not wait for a file that became a FIFO after the folder was listed", async () => {
    writeFileSync(at("id.pub"), text);
    const signal = askedSignal(new AbortController().signal, () => {
      rmSync(at("id.pub"));
      makeFifo(at("id.pub"));
    });

    const { files } = await listPublicKeyFiles(folder(), { signal });

    assert.deepEqual(files.map(outcome), [{ kind: "notAFile", what: "fifo" }]);
  });

  it("reads a thousand files and closes each", async () => {
    for (let index = 0; index < 1_000; index += 1) writeFileSync(at(`${index}.pub`), text);
    const before = openDescriptors();

    const { files } = await listPublicKeyFiles(folder());

    assert.deepEqual(
      {
        keys: files.filter(({ result }) => result.kind === "key").length,
        sorted: files.map(({ fileName }) => fileName),
        open: openDescriptors(),
      },
      {
        keys: 1_000,
        sorted: Array.from({ length: 1_000 }, (_, index) => `${index}.pub`).sort(),
        open: before,
      },
    );
  });
});
