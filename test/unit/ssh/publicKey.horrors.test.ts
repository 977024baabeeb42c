import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { inspect } from "node:util";

import { parsePublicKey } from "../../../src/ssh/publicKey.ts";
import { PublicKeyError } from "../../../src/ssh/publicKeyError.ts";
import { asListed, kindOf, observe } from "./observed.ts";
import {
  convertRfc4716,
  fixturePath,
  generateKeyPair,
  listKeysOfEach,
  readFixture,
  sshKeygen,
} from "./sshKeygen.ts";
import { useTemporaryFolder } from "./temporaryFolder.ts";

describe("files that people take for public keys", function () {
  this.timeout(30_000);
  const folder = useTemporaryFolder();

  const expected = JSON.parse(readFixture("expected.json").toString()) as Record<string, unknown>;
  for (const [name, result] of Object.entries(expected)) {
    it(`have the expected result: ${name}`, () => {
      const observed = observe(readFixture(name));

      const summary =
        "problem" in observed
          ? observed.problem
          : (({ type, bits, comment, converted }) => ({ type, bits, comment, converted }))(
              observed.key,
            );
      assert.deepEqual(summary, result);
    });
  }

  after(() => console.log(`      ${Object.keys(expected).length} files`));

  it("keep their bytes on the way through version control", () => {
    assert.equal(readFixture("windows-line-end.pub").subarray(-2).toString(), "\r\n");
  });

  it("have an expected result each", () => {
    const files = readdirSync(fixturePath(".")).filter((name) => name.endsWith(".pub"));

    assert.deepEqual(files.sort(), Object.keys(expected).sort());
  });

  it("would be sent, if accepted, as a line that ssh-keygen reads the same way", () => {
    const accepted = Object.keys(expected)
      .map((name) => observe(readFixture(name)))
      .flatMap((observed) => ("key" in observed ? [observed.key] : []));

    const listed = listKeysOfEach(
      accepted.map(({ line }) => Buffer.from(line)),
      folder(),
    );

    assert.ok(accepted.length >= 15);
    assert.deepEqual(
      accepted.map((key) => [asListed(key)]),
      listed,
    );
  });

  for (const name of ["rfc4716-putty", "rfc4716-headers", "rfc4716-no-headers"]) {
    it(`are converted to the key that ssh-keygen -i makes of it: ${name}`, () => {
      const text = readFixture(`${name}.pub`);

      const { line, comment } = parsePublicKey(text);

      const withComment = comment === "" ? "" : ` ${comment}`;
      assert.equal(line, convertRfc4716(text, folder()) + withComment);
    });
  }
});

describe("a private key under the name of a public one", function () {
  this.timeout(60_000);
  const folder = useTemporaryFolder();

  const privateKinds: Record<string, readonly string[]> = {
    "OpenSSH Ed25519": ["-t", "ed25519"],
    "OpenSSH RSA": ["-t", "rsa", "-b", "2048"],
    "PEM RSA (PKCS#1)": ["-t", "rsa", "-b", "2048", "-m", "PEM"],
    "PEM RSA (PKCS#8)": ["-t", "rsa", "-b", "2048", "-m", "PKCS8"],
    "PEM ECDSA": ["-t", "ecdsa", "-b", "256", "-m", "PEM"],
  };

  /** Every way to hand the text over that a person or an editor has. */
  const disguises: Record<string, (text: string) => string | Uint8Array> = {
    "as it is": (text) => text,
    "as bytes": (text) => Buffer.from(text),
    "with Windows line ends": (text) => text.replaceAll("\n", "\r\n"),
    "behind a byte order mark": (text) => `\uFEFF${text}`,
    "behind blank lines": (text) => `\n \n${text}`,
    "in UTF-16": (text) => Buffer.from(`\uFEFF${text}`, "utf16le"),
    "in one line": (text) => text.replaceAll("\n", " "),
    "without line ends": (text) => text.replaceAll("\n", ""),
    "without its first line": (text) => text.slice(text.indexOf("\n") + 1),
    "behind a public key": (text) => `${readFixture("ed25519.pub").toString()}${text}`,
    "behind an RFC 4716 file": (text) => readFixture("rfc4716-headers.pub").toString() + text,
    "in a public key's comment": (text) =>
      `${readFixture("ed25519.pub").toString().trimEnd()} ${text.replaceAll("\n", " ")}`,
    "in the Comment header of RFC 4716": (text) =>
      readFixture("rfc4716-headers.pub")
        .toString()
        .replace("on \\", `${text.replaceAll("\n", "")} \\`),
  };

  for (const [name, args] of Object.entries(privateKinds)) {
    it(`is recognised, and nothing of it is in the error: ${name}`, () => {
      const text = readFileSync(generateKeyPair(path.join(folder(), "id"), args), "utf8");

      assertRefusedWithoutLeak(text);
    });
  }

  it("is recognised, and nothing of it is in the error: encrypted", () => {
    const file = path.join(folder(), "id");
    sshKeygen(["-q", "-t", "rsa", "-b", "2048", "-m", "PEM", "-N", "a passphrase", "-f", file]);

    assertRefusedWithoutLeak(readFileSync(file, "utf8"));
  });

  it("is recognised, and nothing of it is in the error: PuTTY's .ppk", () => {
    const secret = Buffer.from(Array.from({ length: 36 }, (_, i) => i * 7)).toString("base64");
    const [, publicHalf = ""] = readFixture("ed25519.pub").toString().split(" ");
    const text = [
      "PuTTY-User-Key-File-3: ssh-ed25519",
      "Encryption: none",
      "Comment: you@host",
      "Public-Lines: 1",
      publicHalf,
      "Private-Lines: 1",
      secret,
      `Private-MAC: ${"0f".repeat(32)}`,
      "",
    ].join("\n");

    assertRefusedWithoutLeak(text);
  });

  function assertRefusedWithoutLeak(text: string): void {
    const secrets = text.split("\n").filter((line) => line.length > 20);
    const observed = Object.entries(disguises).map(([disguise, apply]) => {
      const error = refusalOf(apply(text));
      const shown = inspect(error, { depth: null, showHidden: true });
      return {
        disguise,
        kind: error?.kind,
        leaks: secrets.some((line) => shown.includes(line.slice(0, 16))),
      };
    });

    assert.deepEqual(
      observed,
      Object.keys(disguises).map((disguise) => ({ disguise, kind: "privateKey", leaks: false })),
    );
  }

  function refusalOf(input: string | Uint8Array): PublicKeyError | undefined {
    try {
      parsePublicKey(input);
    } catch (error) {
      if (error instanceof PublicKeyError) return error;
      throw error;
    }
    return undefined;
  }
});

describe("keys that only ssh-keygen can make", () => {
  const folder = useTemporaryFolder();

  it("refuses a certificate of today", () => {
    const authority = generateKeyPair(path.join(folder(), "ca"), ["-t", "ed25519"]);
    const key = generateKeyPair(path.join(folder(), "id"), ["-t", "ecdsa"]);
    sshKeygen(["-q", "-s", authority, "-I", "test", "-n", "you", `${key}.pub`]);

    assert.equal(kindOf(readFileSync(`${key}-cert.pub`)), "certificate");
  });

  it("refuses the PKCS#8 and PEM forms of a public key", () => {
    const key = fixturePath("rsa-2048.pub");

    const kinds = ["PKCS8", "PEM"].map((form) => kindOf(sshKeygen(["-e", "-m", form, "-f", key])));

    assert.deepEqual(kinds, ["pem", "pem"]);
  });

  it("converts what ssh-keygen -e exports as RFC 4716", () => {
    const names = ["rsa-1024", "rsa-4096", "ed25519", "ecdsa-nistp256", "ecdsa-nistp521"];

    const blobs = names.map((name) => {
      const exported = sshKeygen(["-e", "-m", "RFC4716", "-f", fixturePath(`${name}.pub`)]);
      const { blob, converted } = parsePublicKey(exported);
      return { blob: Buffer.from(blob).toString("hex"), converted };
    });

    assert.deepEqual(
      blobs,
      names.map((name) => {
        const { blob } = parsePublicKey(readFixture(`${name}.pub`));
        return { blob: Buffer.from(blob).toString("hex"), converted: true };
      }),
    );
  });
});
