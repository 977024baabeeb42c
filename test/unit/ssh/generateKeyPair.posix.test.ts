import assert from "node:assert/strict";
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { newKeyTypes, type NewKeyPair } from "../../../src/ssh/newKeyPair.ts";
import { readPublicKeyFile } from "../../../src/ssh/sshDirectory.ts";
import { generateKeyPair, isTaken, type SshKeygen } from "../../../src/ssh/sshKeygen.ts";
import { SshKeygenError } from "../../../src/ssh/sshKeygenError.ts";
import { makeFifo, realKeygen, standIn } from "./keygenStandIn.ts";
import { sshKeygen } from "./sshKeygen.ts";
import { useTemporaryFolder } from "./temporaryFolder.ts";

const pair: NewKeyPair = {
  type: "ed25519",
  fileName: "id_new",
  comment: "kim@desk",
  passphrase: undefined,
};

function secret(passphrase: string): NewKeyPair["passphrase"] {
  return { reveal: () => passphrase };
}

describe("generating a key pair", function () {
  // Primes of 2048 bits are a matter of luck, and of how busy the machine is.
  this.timeout(120_000);
  const folder = useTemporaryFolder();
  const directory = () => path.join(folder(), ".ssh");
  const left = () => readdirSync(directory()).sort();

  function generate(
    changes: Partial<NewKeyPair> = {},
    keygen: SshKeygen = realKeygen,
    signal = new AbortController().signal,
  ): Promise<string> {
    return generateKeyPair(keygen, directory(), { ...pair, ...changes }, signal);
  }

  /** The kind of the error it ends with. */
  async function failure(generating: Promise<string>): Promise<string> {
    const error: unknown = await generating.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    return error instanceof SshKeygenError ? error.kind : String(error);
  }

  it("makes each type in its size, as our own parser reads it", async () => {
    const made: unknown[] = [];
    for (const type of newKeyTypes) {
      const { fileName, result } = await readPublicKeyFile(
        await generate({ type, fileName: `id_${type}` }),
      );
      const { key } = result.kind === "key" ? result : assert.fail(result.problem.kind);
      made.push([fileName, key.type, key.bits, key.comment]);
    }
    assert.deepEqual(made, [
      ["id_ed25519.pub", "ssh-ed25519", 256, "kim@desk"],
      ["id_rsa.pub", "ssh-rsa", 4096, "kim@desk"],
      ["id_ecdsa.pub", "ecdsa-sha2-nistp521", 521, "kim@desk"],
    ]);
  });

  it("takes any comment, and none", async () => {
    const comments = ["", "-x", `노트북 "1" $HOME`];
    const lines: (string | undefined)[] = [];
    for (const [index, comment] of comments.entries()) {
      const file = await generate({ comment, fileName: `id_${index}` });
      lines.push(readFileSync(file, "utf8").trim().split(" ").slice(2).join(" "));
    }
    assert.deepEqual(lines, comments);
  });

  it("encrypts the private key with the passphrase, whatever is in it", async () => {
    const passphrases = [`yes %PATH% "$HOME" \\n '`, "암호 문장 하나", "n".repeat(999)];
    for (const [index, passphrase] of passphrases.entries()) {
      const file = await generate({ passphrase: secret(passphrase), fileName: `id_${index}` });
      const privateKey = file.slice(0, -".pub".length);
      const [, blob] = sshKeygen(["-y", "-P", passphrase, "-f", privateKey]).split(" ");
      sshKeygen(["-y", "-P", "", "-f", privateKey], 255);
      assert.equal(readFileSync(file, "utf8").split(" ")[1], blob);
    }
  });

  it("leaves the private key open when there is no passphrase", async () => {
    const file = await generate();
    const [, blob] = sshKeygen(["-y", "-P", "", "-f", file.slice(0, -".pub".length)]).split(" ");
    assert.equal(readFileSync(file, "utf8").split(" ")[1], blob);
  });

  it("gives folder and files the modes that ssh asks for, whatever the mask", async () => {
    const modeOf = (name: string) =>
      (statSync(path.join(directory(), name)).mode & 0o777).toString(8);
    for (const mask of ["0", "077"]) {
      const fileName = `id_${mask}`;
      await generate({ fileName }, await standIn(folder(), `umask ${mask}`));
      assert.deepEqual([".", fileName, `${fileName}.pub`].map(modeOf), ["700", "600", "644"]);
    }
  });

  it("leaves nothing but the pair", async () => {
    await generate({ passphrase: secret("a passphrase") });
    assert.deepEqual(left(), ["id_new", "id_new.pub"]);
  });

  it("shows the passphrase to nobody: in no argument, variable or file of any process", async () => {
    // Stands where the askpass program runs Node, while ssh-keygen waits for the passphrase.
    const report = path.join(folder(), "report");
    const spy = path.join(folder(), "spy");
    writeFileSync(
      spy,
      `#!/bin/sh
{
  if [ -d /proc/self ]
  then cat /proc/$$/cmdline /proc/$$/environ /proc/$PPID/cmdline /proc/$PPID/environ
  else ps eww -o command= -p $$ -p $PPID
  fi
  ls -a; cat ./* 2>/dev/null
} >> '${report}'
exec '${process.execPath}' "$@"\n`,
      { mode: 0o755 },
    );
    const keygen = await standIn(folder(), `export NCLOUD_KEYS_NODE='${spy}'`);
    const passphrase = "correct horse battery staple";
    await generate({ passphrase: secret(passphrase) }, keygen);
    const seen = readFileSync(report, "latin1");
    assert.deepEqual(
      {
        questions: seen.split("#!/bin/sh").length - 1,
        processes: seen.includes("ssh-keygen") && seen.includes("SSH_ASKPASS_REQUIRE=force"),
        passphrase: ["correct horse", "battery", "staple"].filter((part) => seen.includes(part)),
      },
      // Typed, repeated, and once to see that it opens the key.
      { questions: 3, processes: true, passphrase: [] },
    );
  });

  it("never overwrites what is there, be it a link to nowhere", async () => {
    mkdirSync(directory());
    const file = (name: string) => path.join(directory(), name);
    writeFileSync(file("a"), "mine");
    writeFileSync(file("b.pub"), "mine");
    symlinkSync("nowhere", file("c"));
    const kinds: string[] = [];
    for (const fileName of ["a", "b", "c"]) kinds.push(await failure(generate({ fileName })));
    assert.deepEqual(
      [kinds, left(), readFileSync(file("a"), "utf8"), readFileSync(file("b.pub"), "utf8")],
      [["exists", "exists", "exists"], ["a", "b.pub", "c"], "mine", "mine"],
    );
  });

  for (const name of ["id_new", "id_new.pub"]) {
    it(`never overwrites ${name} when it appears meanwhile`, async () => {
      const keygen = await standIn(folder(), `printf mine > ../${name}`);
      const kind = await failure(generate({}, keygen));
      const content = readFileSync(path.join(directory(), name), "utf8");
      assert.deepEqual([kind, content, left()], ["exists", "mine", [name]]);
    });
  }

  it("makes one pair of two that are asked for under one name at once", async () => {
    const kinds = await Promise.all([failure(generate()), failure(generate())]);
    const key = await readPublicKeyFile(path.join(directory(), "id_new.pub"));
    const [, blob] = sshKeygen(["-y", "-P", "", "-f", path.join(directory(), "id_new")]).split(" ");
    assert.deepEqual(
      [kinds.sort(), left(), key.result.kind === "key" && key.result.key.line.split(" ")[1]],
      [["exists", "undefined"], ["id_new", "id_new.pub"], blob],
    );
  });

  it("ends the program when it is cancelled, and leaves nothing, not even the folder", async () => {
    const fifo = makeFifo(folder());
    const keygen = await standIn(
      folder(),
      `printf half > key; echo $$ > '${fifo}'; exec tail -f /dev/null`,
    );
    const cancelling = new AbortController();
    const generating = failure(generate({}, keygen, cancelling.signal));
    const pid = Number(await readFile(fifo, "utf8"));
    cancelling.abort(new Error("cancelled"));
    assert.equal(await generating, "Error: cancelled");
    assert.throws(() => process.kill(pid, 0), { code: "ESRCH" });
    assert.deepEqual(readdirSync(folder()).sort(), ["bin", "fifo"]);
  });

  it("does not begin when it is cancelled already", async () => {
    const kind = await failure(generate({}, realKeygen, AbortSignal.abort(new Error("cancelled"))));
    assert.deepEqual([kind, readdirSync(folder())], ["Error: cancelled", []]);
  });

  it("hands no passphrase to an OpenSSH before 8.4, which needs none for a key without", async () => {
    const keygen = await standIn(folder(), "", "OpenSSH_8.3p1, OpenSSL 1.1.1");
    const kind = await failure(generate({ passphrase: secret("a passphrase") }, keygen));
    assert.deepEqual([kind, readdirSync(folder())], ["tooOld", ["bin"]]);
    await generate({}, keygen);
    assert.deepEqual(left(), ["id_new", "id_new.pub"]);
  });

  it("notices an old OpenSSH of unknown version by the key it made, and keeps none", async () => {
    const keygen = await standIn(folder(), "unset SSH_ASKPASS SSH_ASKPASS_REQUIRE DISPLAY");
    const kind = await failure(generate({ passphrase: secret("a passphrase") }, keygen));
    assert.deepEqual([keygen.version, kind, readdirSync(folder())], [undefined, "tooOld", ["bin"]]);
  });

  it("keeps no key without the passphrase where the askpass program cannot be run", async () => {
    const keygen = await standIn(folder(), "chmod -f a-x askpass", "OpenSSH_9.2p1");
    const kind = await failure(generate({ passphrase: secret("a passphrase") }, keygen));
    assert.deepEqual([kind, readdirSync(folder())], ["failed", ["bin"]]);
  });

  it("fails when the program does, and leaves nothing", async () => {
    const keygen = await standIn(folder(), "echo 'no room' >&2; exit 3");
    const missing = { path: path.join(folder(), "none"), version: undefined };
    const kinds = [await failure(generate({}, keygen)), await failure(generate({}, missing))];
    assert.deepEqual([kinds, readdirSync(folder())], [["failed", "failed"], ["bin"]]);
  });

  it("tells a folder that cannot be made, and leaves what is there alone", async () => {
    writeFileSync(directory(), "a file");
    const seen = await failure(generate());
    assert.deepEqual(
      [seen, readFileSync(directory(), "utf8"), isTaken(directory(), "x")],
      ["folder", "a file", false],
    );
  });
});
