import type { KeyFile } from "../ssh/sshDirectory.ts";
import { choosePublicKey, takePublicKey, type ChooseKey } from "./choosePublicKey.ts";
import { uploadChosen, type UploadServices } from "./uploadChosen.ts";

/**
 * Uploads a public key to NSML: a file that the command was given, or one that is chosen.
 *
 * @param args nothing, a group's row, or resources of the editor
 */
export async function uploadPublicKey(
  services: UploadServices,
  args: readonly unknown[],
): Promise<void> {
  const files = await readGivenFiles(services, args);
  if (!files) {
    services.messages.notARow();
    return;
  }
  if (files.length === 0) {
    await uploadChosen(services, [(authKeys) => choosePublicKey(services, authKeys)]);
    return;
  }
  // A file that is no key has a message that may stay unread: the keys come first.
  const isKey = ({ result }: KeyFile) => result.kind === "key";
  const inOrder = [...files.filter(isKey), ...files.filter((file) => !isKey(file))];
  const choices = inOrder.map(
    (file): ChooseKey =>
      (authKeys) =>
        takePublicKey(services, file, authKeys),
  );
  await uploadChosen(services, choices);
}

/**
 * The files the command was given: none when it is about a row. Undefined when something there is
 * neither, which is found out before anything is asked or sent.
 */
async function readGivenFiles(
  { view, computer }: UploadServices,
  [first, all]: readonly unknown[],
): Promise<readonly KeyFile[] | undefined> {
  if (first === undefined || view.rowsOf([first])) return [];
  // The Explorer gives the resource that was clicked and all that are selected.
  const given: readonly unknown[] = Array.isArray(all) && all.length > 0 ? all : [first];
  const files: KeyFile[] = [];
  for (const file of given) {
    const read = await computer.readGivenKey(file);
    if (!read) return undefined;
    files.push(read);
  }
  return files;
}
