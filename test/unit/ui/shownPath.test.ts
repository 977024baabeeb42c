import assert from "node:assert/strict";
import path from "node:path";
import { shownPath } from "../../../src/ui/shownPath.ts";

describe("A path that is shown", () => {
  it("has ~ for the home folder, and for no folder whose name begins alike", () => {
    const paths = [
      "/home/you/.ssh/id.pub",
      "/home/you",
      "/home/younger/.ssh",
      "/srv/home/you/.ssh",
    ];
    assert.deepEqual(
      paths.map((each) => shownPath(each, "/home/you", path.posix.sep)),
      ["~/.ssh/id.pub", "/home/you", "/home/younger/.ssh", "/srv/home/you/.ssh"],
    );
  });

  it("is written as on Windows there", () => {
    const paths = ["C:\\Users\\You\\.ncloud\\configure", "C:\\Users\\Younger\\.ssh", "D:\\keys"];
    assert.deepEqual(
      paths.map((each) => shownPath(each, "C:\\Users\\You", path.win32.sep)),
      ["~\\.ncloud\\configure", "C:\\Users\\Younger\\.ssh", "D:\\keys"],
    );
  });

  it("takes the home folder from where the system has it: %USERPROFILE% on Windows, else $HOME", () => {
    const name = process.platform === "win32" ? "USERPROFILE" : "HOME";
    const before = process.env[name];
    const home = path.resolve("a home of its own");
    process.env[name] = home;
    try {
      assert.equal(shownPath(path.join(home, ".ssh")), `~${path.sep}.ssh`);
    } finally {
      if (before === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before;
    }
  });
});
