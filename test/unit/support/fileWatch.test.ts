import assert from "node:assert/strict";
import fs, { lstat, readdirSync, statSync } from "node:fs";
import { opendir, readFile, stat, type FileHandle } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { watchFiles } from "../../support/scene/fileWatch.ts";

const file = import.meta.filename;
const folder = import.meta.dirname;

/** What is told of what a run does to the file system. */
async function told(run: () => unknown): Promise<readonly string[]> {
  const notes: string[] = [];
  const stop = watchFiles((method, path) => notes.push(`${method} ${path}`));
  try {
    await run();
  } finally {
    stop();
  }
  return notes;
}

/** The forms of node:fs. */
const sync = fs as unknown as Record<string, (path: string) => unknown>;
const withCallback = fs as unknown as Record<
  string,
  (path: string, done: (error: unknown, value: unknown) => void) => void
>;
const withPromise = fs.promises as unknown as Record<string, (path: string) => Promise<unknown>>;

const names = ["open", "readFile", "readdir", "opendir", "stat", "lstat", "access"];

describe("The watch over files", () => {
  for (const name of names) {
    const path = ["readdir", "opendir"].includes(name) ? folder : file;

    it(`tells of ${name} in each of its forms`, async () => {
      const notes = await told(async () => {
        await close(sync[`${name}Sync`]!(path));
        await close(await promisify(withCallback[name]!)(path));
        await close(await withPromise[name]!(path));
      });
      // Node.js may do one thing by another.
      assert.deepEqual(
        notes.filter((note) => note.startsWith(name)),
        [`${name}Sync ${path}`, `${name} ${path}`, `${name} ${path}`],
      );
    });
  }

  it("tells of what was imported by name, and of a path in any form", async () => {
    const notes = await told(async () => {
      statSync(Buffer.from(file));
      readdirSync(folder);
      await new Promise((resolve) => lstat(pathToFileURL(file), resolve));
      await stat(file);
      await readFile(file);
      await (await opendir(folder)).close();
    });
    assert.deepEqual(notes, [
      `statSync ${file}`,
      `readdirSync ${folder}`,
      `lstat ${file}`,
      `stat ${file}`,
      `readFile ${file}`,
      `opendir ${folder}`,
    ]);
  });

  it("tells whether something is there as before, and nothing once it has ended", async () => {
    const answers: unknown[] = [];
    const notes = await told(async () => {
      answers.push(fs.existsSync(file), await promisify(withCallback["exists"]!)(file));
    });
    fs.existsSync(file);
    const own = notes.filter((note) => note.startsWith("exists"));
    assert.deepEqual(
      [own, answers],
      [
        [`existsSync ${file}`, `exists ${file}`],
        [true, true],
      ],
    );
  });
});

/** Closes what was opened, if anything was. */
async function close(opened: unknown): Promise<void> {
  if (typeof opened === "number") fs.closeSync(opened);
  if (opened instanceof fs.Dir || isFileHandle(opened)) await opened.close();
}

function isFileHandle(value: unknown): value is FileHandle {
  return typeof value === "object" && value !== null && "fd" in value;
}
