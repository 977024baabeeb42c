import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findSshKeygen } from "../../../src/ssh/sshKeygen.ts";
import { useTemporaryFolder } from "./temporaryFolder.ts";

describe("finding ssh-keygen", () => {
  const folder = useTemporaryFolder();

  function program(name: string, mode = 0o755): string {
    const file = path.join(folder(), ...name.split("/"));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, "#!/bin/sh\necho 'OpenSSH_9.9p2, LibreSSL 3.3.6' >&2\n", { mode });
    return file;
  }

  it("takes the first program of PATH, and the version of the ssh beside it", async () => {
    program("a/ssh-keygen", 0o644);
    mkdirSync(path.join(folder(), "b", "ssh-keygen"), { recursive: true });
    const found = program("c/ssh-keygen");
    program("c/ssh");
    program("d/ssh-keygen");
    const PATH = ["missing", "a", "b", "c", "d"].map((name) => path.join(folder(), name)).join(":");
    assert.deepEqual(await findSshKeygen({ platform: "linux", env: { PATH } }), {
      path: found,
      version: { major: 9, minor: 9 },
    });
  });

  it("does without a version where there is no ssh", async () => {
    const found = program("bin/ssh-keygen");
    assert.deepEqual(
      await findSshKeygen({ platform: "linux", env: { PATH: path.dirname(found) } }),
      { path: found, version: undefined },
    );
  });

  it("looks on Windows where Windows puts it as well", async () => {
    const found = program("Windows/System32/OpenSSH/ssh-keygen.exe");
    const env = { PATH: "", SystemRoot: path.join(folder(), "Windows") };
    assert.equal((await findSshKeygen({ platform: "win32", env })).path, found);
  });

  it("runs nothing out of a relative folder, which would be anybody's", async () => {
    const relative = path.relative(process.cwd(), path.dirname(program("bin/ssh-keygen")));
    for (const env of [{ PATH: `${relative}::.` }, { PATH: "" }, {}]) {
      await assert.rejects(findSshKeygen({ platform: "linux", env }), {
        name: "SshKeygenError",
        kind: "notInstalled",
      });
    }
  });
});
