import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = new URL("../../../../", import.meta.url);
const folder = new URL(".github/workflows/", root);
const readText = (name: string, base: URL) =>
  readFileSync(fileURLToPath(new URL(name, base)), "utf8");
const workflows = readdirSync(fileURLToPath(folder)).map((name) => readText(name, folder));
const all = (pattern: RegExp) =>
  workflows.flatMap((text) => [...text.matchAll(pattern)].map(([, found]) => found!));

describe("The workflows", () => {
  it("run actions by their whole commit, as a tag can be moved", () => {
    const actions = all(/\buses: *(.+)/g).filter((action) => !action.startsWith("./"));
    assert.ok(actions.length > 0);
    assert.deepEqual(
      actions.filter((action) => !/^[\w-]+\/[\w-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/.test(action)),
      [],
    );
  });

  it("may read the repository and nothing else, and keep no token on disk", () => {
    const permissions = workflows.map((text) => /^permissions:\n((?: .*\n)+)/m.exec(text)?.[1]);
    // Each job from its name on, and what it may do beyond that.
    const granted = all(/^ {2}((?:[\w-]+):\n(?: {4}.*\n|\n)*)/gm).flatMap((job) => {
      const own = /^ {4}permissions:\n((?: {6}.*\n)+)/m.exec(job)?.[1];
      return own === undefined ? [] : [[/^[\w-]+/.exec(job)![0], own.match(/[\w-]+: \w+/g)]];
    });
    const checkouts = all(/(uses: actions\/checkout@.*\n.*)/g);
    assert.deepEqual(
      {
        permissions: [...new Set(permissions)],
        granted,
        blocks: all(/(permissions:)/g).length,
        keeping: checkouts.filter((step) => !step.includes("persist-credentials: false")),
      },
      {
        permissions: ["  contents: read\n"],
        // To log in to the Marketplace without a token that could be taken.
        granted: [["marketplace", ["contents: read", "id-token: write"]]],
        blocks: workflows.length + 1,
        keeping: [],
      },
    );
  });

  it("have a secret at hand in no step that fetches anything", () => {
    const steps = workflows.flatMap((text) => text.split(/^ {6}- /m));
    const knowing = steps.filter((step) => step.includes("secrets."));
    assert.ok(knowing.length > 0);
    assert.deepEqual(
      knowing.filter((step) => !/\bpublish\b/.test(step) || /npm |npx|uses:/.test(step)),
      [],
    );
  });

  it("keep what is cached at a path without `..`, which the cache refuses", () => {
    const places = all(/^ +(?:path|NCLOUD_KEYS_CACHE): (.+)$/gm);
    assert.ok(places.length > 0);
    assert.deepEqual(
      places.filter((place) => place.includes("..")),
      [],
    );
  });

  it("run scripts that there are", () => {
    const { scripts } = JSON.parse(readText("package.json", root)) as { scripts: object };
    const named = all(/npm run ([\w:]+)/g);
    assert.ok(named.length > 0);
    assert.deepEqual(
      named.filter((name) => !(name in scripts)),
      [],
    );
  });
});
