import type { AuthKey } from "../ncloud/nsml.ts";
import type { PublicKey } from "../ssh/publicKey.ts";
import {
  parseKeyFile,
  SshDirectoryError,
  type KeyFile,
  type KeyFileProblem,
} from "../ssh/sshDirectory.ts";
import type { UploadChoices } from "../ui/prompts.ts";
import { makeKeyPair, type MakeServices } from "./makeKeyPair.ts";
import type { Services } from "./services.ts";

type ChooseServices = MakeServices & Pick<Services, "messages" | "uploadPrompts">;

/** A public key that was chosen and may be uploaded. */
export interface ChosenKey {
  readonly key: PublicKey;
  /** MD5 of the key blob as lower-case pairs joined by colons. */
  readonly fingerprint: string;
  /** Empty for a key that was pasted. */
  readonly fileName: string;
}

/** Comes to a key once the account's keys are known. Undefined when the person left. */
export type ChooseKey = (authKeys: readonly AuthKey[]) => Promise<ChosenKey | undefined>;

/** Asks for a public key until there is one that NSML takes. Undefined when the person left. */
export async function choosePublicKey(
  services: ChooseServices,
  authKeys: readonly AuthKey[],
): Promise<ChosenKey | undefined> {
  const { computer, uploadPrompts } = services;
  const directory = computer.sshDirectory();
  const source = await uploadPrompts.chooseSource(readChoices(computer, directory, authKeys));
  switch (source?.kind) {
    case undefined:
      return undefined;
    case "file":
      return takePublicKey(services, source.file, authKeys);
    case "paste": {
      const text = await uploadPrompts.askPublicKey(problemOf);
      if (text === undefined) return undefined;
      return keyOf({ result: parseKeyFile(text), fileName: "" });
    }
    case "browse": {
      const path = await uploadPrompts.browse(directory.path);
      const read = path === undefined ? undefined : await computer.readPublicKey(path);
      return read && takePublicKey(services, read, authKeys);
    }
    case "generate": {
      const made = await makeKeyPair(services, { hasBefore: true });
      if (made.kind === "back") return choosePublicKey(services, authKeys);
      return made.kind === "given" ? takePublicKey(services, made.value, authKeys) : undefined;
    }
  }
}

/** The key of a file that was named; where it is none, the person may choose another. */
export async function takePublicKey(
  services: ChooseServices,
  file: KeyFile,
  authKeys: readonly AuthKey[],
): Promise<ChosenKey | undefined> {
  if (file.result.kind === "key") return keyOf(file);
  const another = await services.messages.keyRefused(file.fileName, file.result.problem);
  return another ? choosePublicKey(services, authKeys) : undefined;
}

function keyOf({ result, fileName }: Pick<KeyFile, "result" | "fileName">): ChosenKey | undefined {
  if (result.kind !== "key") return undefined;
  return { key: result.key, fingerprint: result.md5Fingerprint, fileName };
}

async function readChoices(
  computer: Services["computer"],
  directory: { readonly path: string; readonly shown: string },
  authKeys: readonly AuthKey[],
): Promise<UploadChoices> {
  const shown = { directory: directory.shown, authKeys };
  try {
    const { files } = await computer.listPublicKeys(directory.path);
    return { ...shown, files, directoryProblem: undefined };
  } catch (error) {
    if (!(error instanceof SshDirectoryError)) throw error;
    const problem = { kind: "unreadable", code: error.code } as const;
    return { ...shown, files: [], directoryProblem: problem };
  }
}

function problemOf(text: string): KeyFileProblem | undefined {
  const result = parseKeyFile(text);
  return result.kind === "problem" ? result.problem : undefined;
}
