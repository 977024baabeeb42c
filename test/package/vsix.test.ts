import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readZip } from "./zip.ts";

const vsix = fileURLToPath(new URL("../../ncloud-keys.vsix", import.meta.url));
const maxBytes = 250 * 1024;

/** Everything a person gets; the names of chunks end in a hash of what they hold. */
const expected = [
  "[Content_Types].xml",
  "extension.vsixmanifest",
  "extension/LICENSE.txt",
  "extension/changelog.md",
  "extension/dist/THIRD-PARTY-NOTICES.txt",
  "extension/dist/chunks/HASHED.js",
  "extension/dist/composition.js",
  "extension/dist/extension.js",
  "extension/dist/health/main.js",
  "extension/dist/health/page.css",
  "extension/l10n/bundle.l10n.ko.json",
  "extension/media/activity-bar.svg",
  "extension/media/icon.png",
  "extension/media/inventory.schema.json",
  ...["account", "browse", "health", "upload"].map(
    (step) => `extension/media/walkthrough/${step}.svg`,
  ),
  "extension/package.json",
  "extension/package.nls.json",
  "extension/package.nls.ko.json",
  "extension/readme.md",
];

describe("The package", () => {
  const files = readZip(vsix);
  const textOf = (name: string) => files.get(name)?.toString() ?? "";
  const manifest = () => JSON.parse(textOf("extension/package.json")) as Record<string, unknown>;

  it("holds what is expected and nothing else", () => {
    const names = [...files.keys()].map((name) =>
      name.replace(/(?<=\/chunks\/)[\w-]+-[A-Z\d]{8}(?=\.js$)/, "HASHED"),
    );
    assert.deepEqual([...new Set(names)].sort(), expected);
  });

  it("has a page and a change log without a picture or a link that leads nowhere", () => {
    const relative = /!?\[[^\]]*\]\((?!\w+:)#?([^)]*)\)/g;
    const relativeIn = (text: string) => [...text.matchAll(relative)].map(([, target]) => target!);
    const source = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
    const page = textOf("extension/readme.md");
    assert.ok(relativeIn(source).length > 0);
    assert.deepEqual(
      {
        dead: [page, textOf("extension/changelog.md")]
          .flatMap(relativeIn)
          .filter((target) => !files.has(`extension/${target}`)),
        headings: page.match(/^#+ .*/gm),
      },
      { dead: [], headings: source.match(/^#+ .*/gm) },
    );
  });

  it("is smaller than 250 KB", () => {
    const { size } = statSync(vsix);
    console.log(`      ${files.size} files, ${size} bytes`);
    assert.ok(size < maxBytes, `${size} bytes`);
  });

  it("brings the licence of every package that is in its bundles, and of no other", () => {
    const notices = textOf("extension/dist/THIRD-PARTY-NOTICES.txt").split(/\n-{80}\n/);
    const named = notices.slice(1).map((notice) => {
      const [, name = "", text = ""] = /^\n(\S+) [\d.]+ \([\w.-]+\)\n([^]*)$/.exec(notice) ?? [];
      return [name, /copyright/i.test(text) && /(without|AS IS|'AS IS')/i.test(text)];
    });
    assert.deepEqual(named, [
      ["data-uri-to-buffer", true],
      ["ini", true],
      ["node-fetch", true],
    ]);
  });

  it("has an icon of 256 by 256 pixels for the gallery, and a glyph of one colour", () => {
    const icon = files.get("extension/media/icon.png")!;
    const glyph = textOf("extension/media/activity-bar.svg");
    assert.deepEqual(
      {
        icon: manifest()["icon"],
        size: [icon.toString("latin1", 1, 4), icon.readUInt32BE(16), icon.readUInt32BE(20)],
        colours: [...new Set(glyph.match(/(?<=(fill|stroke)=")[^"]*/g))],
      },
      { icon: "media/icon.png", size: ["PNG", 256, 256], colours: ["#fff"] },
    );
  });

  it("has a place and words to be found by in the gallery", () => {
    const { categories, galleryBanner, keywords } = manifest();
    assert.deepEqual(
      [categories, galleryBanner, (keywords as string[]).length <= 30],
      [["Other", "Machine Learning"], { color: "#16324f", theme: "dark" }, true],
    );
  });
});
