import assert from "node:assert/strict";

import { parsePublicKey } from "../../../src/ssh/publicKey.ts";
import { PublicKeyError } from "../../../src/ssh/publicKeyError.ts";
import { maxPublicKeyBytes } from "../../../src/ssh/publicKeyText.ts";
import { blobOf, fieldsOf, lineOf, mpint, parseLine } from "./keyBytes.ts";
import { kindOf, observe } from "./observed.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { listKeysOfEach, readFixture } from "./sshKeygen.ts";
import { useTemporaryFolder } from "./temporaryFolder.ts";

const text = readFixture("ed25519.pub").toString();
const [type = "", base64 = ""] = text.split(" ");

describe("parsePublicKey", () => {
  it("reads text and its bytes alike, also where they stand within a larger buffer", () => {
    const bytes = new Uint8Array(Buffer.from(`xx${text}yy`)).subarray(2, 2 + text.length);

    assert.deepEqual(parsePublicKey(bytes), parsePublicKey(text));
  });

  it("gives the line that may be sent: one space between fields, nothing around", () => {
    const written = [
      `${type} ${base64}`,
      `${type}\t \t${base64}  you@host \t\r\n`,
      `\uFEFF\r\n \n${type} ${base64} two  words\n\n`,
      `${type} ${base64} \ttab\tinside`,
    ];

    assert.deepEqual(
      written.map((one) => parsePublicKey(one).line),
      [
        `${type} ${base64}`,
        `${type} ${base64} you@host`,
        `${type} ${base64} two  words`,
        `${type} ${base64} tab\tinside`,
      ],
    );
  });

  it("repairs nothing else", () => {
    const written = {
      "space in front": ` ${text}`,
      "space in front, after a byte order mark": `\uFEFF ${text}`,
      "two byte order marks": `\uFEFF\uFEFF${text}`,
      "no-break space between": text.replace(" ", "\u00a0"),
      "no-break space after the key": `${type} ${base64}\u00a0`,
      "carriage return between": text.replace(" ", "\r"),
      "carriage return in front": `\r${text}`,
      "carriage return as line end": `${text.trim()}\r${text.trim()}`,
      "line separator in the comment": `${type} ${base64} a\u2028b`,
      "half a character in the comment": `${type} ${base64} \ud800`,
      "next line (C1) in the comment": `${type} ${base64} a\u0085b`,
      "type in capitals": text.replace(type, type.toUpperCase()),
      "quotes around": `"${text.trim()}"`,
    };

    assert.deepEqual(Object.fromEntries(Object.entries(written).map(([k, v]) => [k, kindOf(v)])), {
      "space in front": "leadingSpace",
      "space in front, after a byte order mark": "leadingSpace",
      "two byte order marks": "unknownType",
      "no-break space between": "notAKey",
      "no-break space after the key": "badBase64",
      "carriage return between": "controlCharacter",
      "carriage return in front": "controlCharacter",
      "carriage return as line end": "controlCharacter",
      "line separator in the comment": "controlCharacter",
      "half a character in the comment": "controlCharacter",
      "next line (C1) in the comment": "controlCharacter",
      "type in capitals": "unknownType",
      "quotes around": "unknownType",
    });
  });

  it("tells the facts that a message needs", () => {
    const rsa = parseLine(readFixture("rsa-2048.pub").toString());
    const [name, exponent, modulusOfFixture] = fieldsOf(rsa.blob);
    const withModulus = (modulus: bigint) =>
      lineOf({ type: "ssh-rsa", blob: blobOf(name!, exponent!, mpint(modulus)) });
    const withExponent = (value: bigint) =>
      lineOf({ type: "ssh-rsa", blob: blobOf(name!, mpint(value), modulusOfFixture!) });
    const texts = [
      withModulus(2n ** 1022n + 1n),
      withModulus(2n ** 16384n + 1n),
      withExponent(1n),
      withExponent(4n),
      withExponent(2n ** 2048n + 1n),
      withModulus(2n ** 2047n),
      lineOf({ type: "ecdsa-sha2-nistp256", blob: rsa.blob }),
      lineOf({ type, blob: blobOf("ssh-\x1b[31mrsa", "x") }),
      lineOf({ type: "ecdsa-sha2-nistp256", blob: blobOf("ecdsa-sha2-nistp256", "nistp384", "") }),
      lineOf({ type, blob: blobOf("ssh-ed25519", Buffer.alloc(31)) }),
      `ecdsa-sha-nistp384 ${base64}`,
      `ssh-xmss@openssh.com ${base64}`,
      `\x1b[31m ${base64}`,
    ];

    assert.deepEqual(texts.map(observe), [
      { problem: { kind: "tooShort", bits: 1023, minBits: 1024 } },
      { problem: { kind: "tooLong", bits: 16385, maxBits: 16384 } },
      { problem: { kind: "badNumber", number: "exponent" } },
      { problem: { kind: "badNumber", number: "exponent" } },
      { problem: { kind: "badNumber", number: "exponent" } },
      { problem: { kind: "badNumber", number: "modulus" } },
      { problem: { kind: "typeMismatch", type: "ecdsa-sha2-nistp256", innerType: "ssh-rsa" } },
      { problem: { kind: "typeMismatch", type: "ssh-ed25519" } },
      { problem: { kind: "curveMismatch", type: "ecdsa-sha2-nistp256" } },
      { problem: { kind: "badLength", type: "ssh-ed25519" } },
      {
        problem: {
          kind: "unknownType",
          type: "ecdsa-sha-nistp384",
          rightSpelling: "ecdsa-sha2-nistp384",
        },
      },
      { problem: { kind: "unknownType", type: "ssh-xmss@openssh.com" } },
      { problem: { kind: "unknownType" } },
    ]);
  });

  it("gives its error a kind to switch on, and a message that repeats nothing of the text", () => {
    assert.throws(
      () => parsePublicKey("my secret note"),
      (error) => {
        assert.ok(error instanceof PublicKeyError);
        assert.deepEqual(
          { name: error.name, kind: error.kind, problem: error.problem, message: error.message },
          {
            name: "PublicKeyError",
            kind: "notAKey",
            problem: { kind: "notAKey" },
            message: "Not an acceptable SSH public key: notAKey",
          },
        );
        return true;
      },
    );
  });

  it("takes 64 KiB, counted in bytes, and no more", () => {
    const start = `${type} ${base64} `;
    const fitting = (filler: string) => {
      const room = maxPublicKeyBytes - Buffer.byteLength(start);
      return start + filler.repeat(Math.floor(room / Buffer.byteLength(filler)));
    };
    const tooLarge = { problem: { kind: "tooLarge", maxBytes: 65_536 } };

    const kinds = ["x", "한"].map((filler) => kindOf(fitting(filler)));
    const refused = ["x", "한"].flatMap((filler) => {
      const more = fitting(filler) + filler;
      return [observe(more), observe(Buffer.from(more))];
    });

    assert.deepEqual(
      { kinds, refused },
      { kinds: ["accepted", "accepted"], refused: [tooLarge, tooLarge, tooLarge, tooLarge] },
    );
  });

  it("answers any bytes with a value or its own error", () => {
    const random = seededRandom(7);
    const pieces = [
      "ssh-rsa",
      "AAAA",
      " ",
      "\n",
      "\\",
      ":",
      "=",
      "---- BEGIN SSH2 PUBLIC KEY ----",
    ];
    const ends = ["---- END SSH2 PUBLIC KEY ----", "Comment: ", "\ud800", "\0", '"', text];

    const kinds = new Set<string>();
    for (let count = 0; count < 5_000; count += 1) {
      const parts = Array.from({ length: random.below(12) }, () =>
        random.pick([...pieces, ...ends]),
      );
      kinds.add(kindOf(parts.join("")));
      kinds.add(kindOf(random.bytes(random.below(64))));
    }

    assert.ok(kinds.size >= 8, [...kinds].join(" "));
  });
});

describe("parsePublicKey and the size of RSA keys", () => {
  const folder = useTemporaryFolder();

  it("draws the line where ssh-keygen draws it", () => {
    const sizes = [1016, 1023, 1024, 1025, 4096, 16383, 16384, 16385, 16392];
    const lines = sizes.map((bits) => {
      const modulus = mpint((1n << BigInt(bits - 1)) + 1n);
      return Buffer.from(
        lineOf({ type: "ssh-rsa", blob: blobOf("ssh-rsa", mpint(65537n), modulus) }),
      );
    });

    const theirs = listKeysOfEach(lines, folder()).map((keys) => keys[0]?.bits);

    const ours = lines.map((line) => {
      const observed = observe(line);
      return "key" in observed ? observed.key.bits : undefined;
    });
    assert.deepEqual(
      { ours, theirs },
      {
        ours: [undefined, undefined, 1024, 1025, 4096, 16383, 16384, undefined, undefined],
        theirs: [undefined, undefined, 1024, 1025, 4096, 16383, 16384, undefined, undefined],
      },
    );
  });
});
