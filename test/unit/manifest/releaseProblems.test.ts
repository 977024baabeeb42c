import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { useTemporaryFolder } from "../ssh/temporaryFolder.ts";

const script = fileURLToPath(new URL("../../../../build/releaseProblems.js", import.meta.url));

describe("A tag", () => {
  const folder = useTemporaryFolder();

  function release(tag: string, manifest: object, changelog: string) {
    writeFileSync(join(folder(), "package.json"), JSON.stringify(manifest));
    writeFileSync(join(folder(), "CHANGELOG.md"), changelog);
    const { status, stderr } = spawnSync(process.execPath, [script, tag], {
      cwd: folder(),
      encoding: "utf8",
    });
    return { status, problems: stderr.split("\n").filter(Boolean) };
  }

  it("is released when the version, a dated section and a repository are there", () => {
    const manifest = { version: "1.2.0", repository: "github:someone/ncloud-keys" };
    assert.deepEqual(release("v1.2.0", manifest, "# Changelog\n\n## [1.2.0] - 2026-01-31\n"), {
      status: 0,
      problems: [],
    });
  });

  it("is held back by each of them, and told why", () => {
    const changelog = "## [1.2.0] - not released yet\n\n## [1.1.0] - 2026-01-31\n";
    assert.deepEqual(release("v1.1.0", { version: "1.2.0" }, changelog), {
      status: 1,
      problems: [
        'The tag is "v1.1.0", and package.json has 1.2.0.',
        "CHANGELOG.md has no section of 1.2.0 with a date.",
        "package.json names no repository: pictures and links of the page would be missing.",
      ],
    });
  });
});
