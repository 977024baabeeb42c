import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import { makeTempFolder } from "../leftovers.ts";
import { findSshKeygen } from "../vscode/prerequisites.ts";

/** A home folder made for one test, with keys nobody else has. */
export interface Home {
  readonly path: string;
  /** Generates a key pair in `~/.ssh` and gives its public key's line. */
  addKeyPair(fileName: string, type: KeyKind, comment: string): string;
  /** Writes a file, such as `.ssh/odd.pub`, and gives its path. */
  addFile(path: string, content: string): string;
  /** Makes it the home of somebody who has just begun. */
  clear(): void;
  remove(): void;
}

type KeyKind = "ed25519" | "rsa-3072" | "ecdsa-256" | "ecdsa-384" | "ecdsa-521";

export function makeHome(): Home {
  const folder = makeTempFolder("ncloud-keys-home-");
  const inHome = (path: string) => join(folder.path, ...path.split("/"));
  const begin = () => mkdirSync(inHome(".ssh"), { mode: 0o700 });
  begin();
  return {
    path: folder.path,
    addKeyPair(fileName, kind, comment) {
      const [type = kind, bits] = kind.split("-");
      const path = inHome(`.ssh/${fileName}`);
      const size = bits === undefined ? [] : ["-b", bits];
      execFileSync(findSshKeygen(), [
        ...["-q", "-t", type, ...size, "-N", "", "-C", comment, "-f", path],
      ]);
      return readFileSync(`${path}.pub`, "utf8").trim();
    },
    addFile(path, content) {
      const full = inHome(path);
      mkdirSync(join(full, ".."), { recursive: true });
      writeFileSync(full, content);
      return full;
    },
    clear() {
      for (const name of readdirSync(folder.path)) {
        rmSync(inHome(name), { recursive: true, force: true });
      }
      begin();
    },
    remove: () => folder.remove(),
  };
}

/** Puts the sandbox's account where NCP's own tools keep theirs. */
export function writeConfigure(
  home: Home,
  sandbox: Pick<Sandbox, "accessKeyId" | "secretKey" | "origin">,
  section = "DEFAULT",
): void {
  home.addFile(
    ".ncloud/configure",
    [
      `[${section}]`,
      `ncloud_access_key_id = ${sandbox.accessKeyId}`,
      `ncloud_secret_access_key = ${sandbox.secretKey}`,
      `ncloud_api_url = ${sandbox.origin}`,
      "",
    ].join("\n"),
  );
}
