import assert from "node:assert/strict";

import { PublicKeyError } from "../../../src/ssh/publicKeyError.ts";
import { WireReader } from "../../../src/ssh/wireReader.ts";

function hex(digits: string): WireReader {
  return new WireReader(Buffer.from(digits.replaceAll(" ", ""), "hex"));
}

describe("WireReader", () => {
  it("reads the strings of RFC 4251, section 5, one after the other", () => {
    const reader = hex("00000007 74657374696e67 00000000 00000001ff");

    const read = [reader.readName(), reader.readString().length, reader.atEnd, reader.readName()];

    assert.deepEqual([...read, reader.atEnd], ["testing", 0, false, "\xff", true]);
  });

  it("reads the integers of RFC 4251, section 5, that are not negative", () => {
    const integers = ["00000000", "00000008 09a378f9b2e332a7", "00000002 0080", "00000001 01"];

    assert.deepEqual(
      integers.map((one) => {
        const integer = hex(one).readInteger();
        return [integer?.bytes.toString("hex"), integer?.bits];
      }),
      [
        ["", 0],
        ["09a378f9b2e332a7", 60],
        ["80", 8],
        ["01", 1],
      ],
    );
  });

  it("finds fault with negative integers and needless zeros", () => {
    const integers = ["00000002 edcc", "00000005 ff21524111", "00000001 00", "00000002 007f"];

    assert.deepEqual(
      integers.map((one) => hex(one).readInteger()),
      integers.map(() => undefined),
    );
  });

  it("never reads beyond the end", () => {
    const cut = [
      "",
      "000000",
      "00000001",
      "00000002 00",
      "7fffffff 00",
      "80000000 00",
      "fffffffc 00",
      "ffffffff 00",
    ];

    for (const one of cut) {
      assert.throws(
        () => hex(one).readString(),
        (error) => error instanceof PublicKeyError && error.kind === "truncated",
        one,
      );
    }
  });

  it("moves behind what was expected, and only then", () => {
    const reader = hex("0102");

    const moved = [
      reader.skip(Buffer.from([1, 3])),
      reader.skip(Buffer.from([1])),
      reader.skip(Buffer.from([2, 0])),
      reader.skip(Buffer.from([2])),
      reader.atEnd,
    ];

    assert.deepEqual(moved, [false, true, false, true, true]);
  });
});
