import assert from "node:assert/strict";
import path from "node:path";

import { expandHome } from "../../../src/ssh/expandHome.ts";

describe("expandHome", () => {
  it("finds folders below the home folder", () => {
    const settings = ["~", "~/", "~/.ssh", "~//keys/", ".ssh", "~you/.ssh", "~\\keys"];

    assert.deepEqual(
      settings.map((setting) => expandHome(setting, "/home/you", path.posix)),
      [
        "/home/you",
        "/home/you",
        "/home/you/.ssh",
        "/home/you/keys",
        "/home/you/.ssh",
        "/home/you/~you/.ssh",
        "/home/you/~\\keys",
      ],
    );
  });

  it("leaves absolute paths where they are", () => {
    assert.equal(expandHome("/srv/keys", "/home/you", path.posix), "/srv/keys");
  });

  it("follows Windows' rules on Windows", () => {
    const settings = ["~", "~\\.ssh", "~/.ssh", "D:\\keys", "d:/keys", "\\\\server\\share\\keys"];

    assert.deepEqual(
      settings.map((setting) => expandHome(setting, "C:\\Users\\You", path.win32)),
      [
        "C:\\Users\\You",
        "C:\\Users\\You\\.ssh",
        "C:\\Users\\You\\.ssh",
        "D:\\keys",
        "d:\\keys",
        "\\\\server\\share\\keys",
      ],
    );
  });
});
