import assert from "node:assert/strict";

import { checkTitle, suggestTitle } from "../../../src/ssh/authKeyTitle.ts";
import { seededRandom } from "../support/seededRandom.ts";

describe("checkTitle", () => {
  it("accepts what NSML documents: letters, digits and single hyphens after a letter", () => {
    const titles = ["authkey", "A", "id-ed25519", "a1-2-B", "a-"];

    assert.deepEqual(
      titles.map(checkTitle),
      titles.map(() => undefined),
    );
  });

  it("names what is wrong", () => {
    const titles = [
      "",
      "id_ed25519",
      "you@host",
      "키",
      "a😀",
      "1a",
      "-a",
      "a--b",
      "a b",
      "é",
      "a\n",
    ];

    assert.deepEqual(Object.fromEntries(titles.map((title) => [title, checkTitle(title)])), {
      "": { kind: "empty" },
      id_ed25519: { kind: "badCharacter", character: "_" },
      "you@host": { kind: "badCharacter", character: "@" },
      키: { kind: "badCharacter", character: "키" },
      "a😀": { kind: "badCharacter", character: "😀" },
      "1a": { kind: "badStart" },
      "-a": { kind: "badStart" },
      "a--b": { kind: "doubleHyphen" },
      "a b": { kind: "badCharacter", character: " " },
      é: { kind: "badCharacter", character: "é" },
      "a\n": { kind: "badCharacter", character: "\n" },
    });
  });
});

describe("suggestTitle", () => {
  const none = new Set<string>();

  it("makes a title of the comment, else of the file's name, else falls back to key", () => {
    const sources: readonly (readonly [string, string])[] = [
      ["you@host", "id_ed25519.pub"],
      ["", "id_ed25519.pub"],
      ["김민수의 노트북", "id_rsa.pub"],
      ["노트북 2", "work.PUB"],
      ["민수 laptop", "x.pub"],
      ["--__José's  Mac.local--", ""],
      ["2024-laptop", ""],
      ["", "열쇠.pub"],
      ["", ""],
    ];

    assert.deepEqual(
      sources.map(([comment, fileName]) => suggestTitle(comment, fileName, none)),
      [
        "you-host",
        "id-ed25519",
        "id-rsa",
        "work",
        "laptop",
        "Jose-s-Mac-local",
        "key-2024-laptop",
        "key",
        "key",
      ],
    );
  });

  it("numbers a title that is taken, in the same case", () => {
    const taken = new Set(["you-host", "you-host-2", "key"]);

    assert.deepEqual(
      ["you@host", "You@host", ""].map((comment) => suggestTitle(comment, "", taken)),
      ["you-host-3", "You-host", "key-2"],
    );
  });

  it("keeps a long comment short", () => {
    const title = suggestTitle(`${"a".repeat(63)} b`.repeat(900), "", none);

    assert.equal(title, "a".repeat(63));
  });

  it("is always a title that may be used", () => {
    const random = seededRandom(11);
    const parts = ["a", "Z", "0", "-", "_", " ", "한", "é", "\u202e", "ﬁ", "😀", ".", "@"];
    const taken = new Set(["a", "a-2", "Z", "key", "key-0"]);

    const faults = Array.from({ length: 2_000 }, () => {
      const text = () =>
        Array.from({ length: random.below(80) }, () => random.pick(parts)).join("");
      return suggestTitle(text(), text(), taken);
    }).filter((title) => checkTitle(title) !== undefined || taken.has(title));

    assert.deepEqual(faults, []);
  });
});
