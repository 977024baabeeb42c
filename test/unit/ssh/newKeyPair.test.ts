import assert from "node:assert/strict";
import {
  checkComment,
  checkFileName,
  checkPassphrase,
  suggestFileName,
} from "../../../src/ssh/newKeyPair.ts";

describe("a new key pair", () => {
  it("is proposed a file name that is free", () => {
    const taken = new Set(["id_rsa_nsml", "id_rsa_nsml_2"]);
    const isTaken = (name: string) => taken.has(name);
    assert.deepEqual(
      [suggestFileName("ed25519", isTaken), suggestFileName("rsa", isTaken)],
      ["id_ed25519_nsml", "id_rsa_nsml_3"],
    );
  });

  it("may have a name that needs no quotes anywhere, and that no system keeps for itself", () => {
    const names: Readonly<Record<string, string | undefined>> = {
      id_ed25519_nsml: undefined,
      "kim@desk.old+1": undefined,
      열쇠: undefined,
      configuration: undefined,
      "": "empty",
      "a b": "badCharacter",
      "a/b": "badCharacter",
      "a\\b": "badCharacter",
      "a\nb": "badCharacter",
      "C:key": "badCharacter",
      "..": "badStart",
      ".hidden": "badStart",
      "-f": "badStart",
      "key.pub": "publicSuffix",
      "key.PUB": "publicSuffix",
      authorized_keys: "reserved",
      Config: "reserved",
      nul: "reserved",
      "com1.txt": "reserved",
      [`k${"열".repeat(70)}`]: "tooLong",
    };
    const seen = Object.keys(names).map((name) => [name, checkFileName(name)?.kind]);
    assert.deepEqual(Object.fromEntries(seen), names);
  });

  it("may have a comment of one line", () => {
    const comments = ["", "kim@desk", "노트북 1", "a\nb", "a\0b", "x".repeat(201)];
    assert.deepEqual(comments.map(checkComment), [
      undefined,
      undefined,
      undefined,
      "controlCharacter",
      "controlCharacter",
      "tooLong",
    ]);
  });

  it("may have a passphrase that OpenSSH reads as a whole, or none", () => {
    const passphrases = ["", "abcd", "abcde", "암호 하나", "abc\tdef", "x".repeat(999)];
    passphrases.push("x".repeat(1000), "암".repeat(334));
    const problems = passphrases.map((passphrase) => checkPassphrase(passphrase, undefined));
    assert.deepEqual(problems, [
      undefined,
      "tooShort",
      undefined,
      undefined,
      "controlCharacter",
      undefined,
      "tooLong",
      "tooLong",
    ]);
  });
});
