import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { env, FileType, Uri, workspace } from "vscode";
import { expandHome } from "../ssh/expandHome.ts";
import { maxPublicKeyBytes } from "../ssh/publicKeyText.ts";
import {
  listPublicKeyFiles,
  parseKeyFile,
  readPublicKeyFile,
  type KeyFile,
} from "../ssh/sshDirectory.ts";
import { DroppedFile } from "./droppedFile.ts";
import type { LocalKey } from "../inventory/localKeyIndex.ts";
import type { SourceParts } from "../accounts/accountSources.ts";

/** The folder of the public keys, as the setting says: its path, and how it is shown. */
export function sshDirectory(): { readonly path: string; readonly shown: string } {
  const value = workspace.getConfiguration("ncloudKeys").get<unknown>("sshDirectory");
  const shown = typeof value === "string" && value.trim() !== "" ? value.trim() : "~/.ssh";
  return { path: expandHome(shown, homedir()), shown };
}

/** The public keys of the folder, for matching. A folder that cannot be read has none to match. */
export async function readLocalKeys(signal: AbortSignal): Promise<readonly LocalKey[]> {
  const { files } = await listPublicKeyFiles(sshDirectory().path, { signal }).catch(() => ({
    files: [],
  }));
  return files.flatMap(({ path, fileName, result }) => {
    if (result.kind !== "key") return [];
    const { md5Fingerprint: fingerprint, sha256Fingerprint } = result;
    const { type, bits } = result.key;
    return [{ path, fileName, fingerprint, sha256Fingerprint, type, bits }];
  });
}

/** Where NCP's own tools keep credentials. */
export function sourceParts(): SourceParts {
  return {
    configurePath: join(homedir(), ".ncloud", "configure"),
    readFile: readTextIfThere,
    environment: process.env,
  };
}

async function readTextIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * Reads one public key that a command was given: a file that was dropped, or a resource of the editor,
 * which may be of a virtual workspace. Undefined when it is neither: a path in an argument is no choice
 * of the person's, and a link could bring one along. A resource that a link brings cannot be told from
 * the Explorer's: nothing of its file is sent before the person has given it a title.
 */
export async function readGivenKey(file: unknown): Promise<KeyFile | undefined> {
  if (file instanceof DroppedFile) {
    const { fileName, bytes } = file;
    return { path: fileName, fileName, modifiedAt: undefined, result: parseKeyFile(bytes) };
  }
  if (!(file instanceof Uri)) return undefined;
  return file.scheme === "file" ? readPublicKeyFile(file.fsPath) : readResource(file);
}

async function readResource(uri: Uri): Promise<KeyFile> {
  const fileName = uri.path.split("/").at(-1) ?? "";
  const described = { path: uri.toString(), fileName };
  try {
    const { type, size, mtime } = await workspace.fs.stat(uri);
    if ((type & FileType.File) === 0) {
      const problem = { kind: "notAFile", what: "folder" } as const;
      return { ...described, modifiedAt: mtime, result: { kind: "problem", problem } };
    }
    if (size > maxPublicKeyBytes) {
      const problem = { kind: "tooLarge", maxBytes: maxPublicKeyBytes } as const;
      return { ...described, modifiedAt: mtime, result: { kind: "problem", problem } };
    }
    return {
      ...described,
      modifiedAt: mtime,
      result: parseKeyFile(await workspace.fs.readFile(uri)),
    };
  } catch (error) {
    const code = error instanceof Error ? error.name : "";
    const problem = { kind: "unreadable", code } as const;
    return { ...described, modifiedAt: undefined, result: { kind: "problem", problem } };
  }
}

export async function openInBrowser(url: string): Promise<void> {
  await env.openExternal(Uri.parse(url));
}
