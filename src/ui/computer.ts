import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { env, FileType, Uri, workspace } from "vscode";
import type { LocalKey } from "../inventory/localKeyIndex.ts";
import { readLocalKeys as readKeysIn } from "../inventory/readLocalKeys.ts";
import { expandHome } from "../ssh/expandHome.ts";
import { maxPublicKeyBytes } from "../ssh/publicKeyText.ts";
import {
  parseKeyFile,
  readPublicKeyFile,
  type KeyFile,
  type KeyFileProblem,
} from "../ssh/sshDirectory.ts";
import { DroppedFile } from "./droppedFile.ts";
import type { SourceParts } from "../accounts/accountSources.ts";

/** The folder of the public keys, as the setting says: its path, and how it is shown. */
export function sshDirectory(): { readonly path: string; readonly shown: string } {
  const value = workspace.getConfiguration("ncloudKeys").get<unknown>("sshDirectory");
  const shown = typeof value === "string" && value.trim() !== "" ? value.trim() : "~/.ssh";
  return { path: expandHome(shown, homedir()), shown };
}

/** The public keys of the folder, for matching. @throws SshDirectoryError */
export function readLocalKeys(signal: AbortSignal): Promise<readonly LocalKey[]> {
  return readKeysIn(sshDirectory().path, signal);
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
  let modifiedAt: number | undefined;
  const file = (result: KeyFile["result"]) => ({
    path: uri.toString(),
    fileName,
    modifiedAt,
    result,
  });
  const bad = (problem: KeyFileProblem) => file({ kind: "problem", problem });
  try {
    const { type, size, mtime } = await workspace.fs.stat(uri);
    modifiedAt = mtime;
    if ((type & FileType.File) === 0) return bad({ kind: "notAFile", what: "folder" });
    if (size > maxPublicKeyBytes) return bad({ kind: "tooLarge", maxBytes: maxPublicKeyBytes });
    return file(parseKeyFile(await workspace.fs.readFile(uri)));
  } catch (error) {
    return bad({ kind: "unreadable", code: error instanceof Error ? error.name : "" });
  }
}

export async function openInBrowser(url: string): Promise<void> {
  await env.openExternal(Uri.parse(url));
}
