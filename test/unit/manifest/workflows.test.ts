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
    const granted = all(/^ +permissions:/gm);
    const checkouts = all(/(uses: actions\/checkout@.*\n.*)/g);
    assert.deepEqual(
      {
        permissions: [...new Set(permissions)],
        granted,
        keeping: checkouts.filter((step) => !step.includes("persist-credentials: false")),
      },
      { permissions: ["  contents: read\n"], granted: [], keeping: [] },
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
