import assert from "node:assert/strict";
import { LocalKeyIndex, type LocalKey } from "../../../src/inventory/localKeyIndex.ts";

function localKey(fileName: string, fingerprint: string): LocalKey {
  return {
    path: `/home/kim/.ssh/${fileName}`,
    fileName,
    fingerprint,
    sha256Fingerprint: `SHA256:${fingerprint}`,
    type: "ssh-rsa",
    bits: 3072,
  };
}

describe("the public keys of this computer", () => {
  it("are found by the fingerprint NSML knows them by", () => {
    const index = new LocalKeyIndex([localKey("a.pub", "aa:aa"), localKey("b.pub", "bb:bb")]);
    assert.deepEqual(
      ["bb:bb", "cc:cc", "constructor"].map((fingerprint) => index.find(fingerprint)?.fileName),
      ["b.pub", undefined, undefined],
    );
  });

  it("stand for one another where several files have the same key: the first one counts", () => {
    const index = new LocalKeyIndex([localKey("a.pub", "aa:aa"), localKey("copy.pub", "aa:aa")]);
    assert.equal(index.find("aa:aa")?.fileName, "a.pub");
  });

  it("look the same when each key is in the same file, in whatever order they were read", () => {
    const keys = [localKey("a.pub", "aa:aa"), localKey("b.pub", "bb:bb")];
    const others = {
      "in another order": [...keys].reverse(),
      "one renamed": [keys[0]!, localKey("c.pub", "bb:bb")],
      "one changed": [keys[0]!, localKey("b.pub", "cc:cc")],
      "one gone": keys.slice(1),
      "one more": [...keys, localKey("c.pub", "cc:cc")],
    };
    const index = new LocalKeyIndex(keys);
    const same = Object.entries(others).filter(([, other]) =>
      index.isSame(new LocalKeyIndex(other)),
    );
    assert.deepEqual(
      same.map(([name]) => name),
      ["in another order"],
    );
  });
});
