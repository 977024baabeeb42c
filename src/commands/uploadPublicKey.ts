import type { Inventory } from "../inventory/inventory.ts";
import { authKeyRowId } from "../inventory/row.ts";
import { findKey, uploadAuthKey, type UploadOutcome } from "../inventory/uploadAuthKey.ts";
import { NcloudError } from "../ncloud/ncloudError.ts";
import type { AuthKey } from "../ncloud/nsml.ts";
import { checkTitle, suggestTitle } from "../ssh/authKeyTitle.ts";
import type { KeyFile } from "../ssh/sshDirectory.ts";
import { choosePublicKey, takePublicKey, type ChosenKey } from "./choosePublicKey.ts";
import { chooseNsmlApiKey } from "./nsmlApiKey.ts";
import { requireSignedIn } from "./requireSignedIn.ts";
import type { Services } from "./services.ts";

type UploadServices = Pick<
  Services,
  "session" | "view" | "computer" | "messages" | "signInPrompts" | "uploadPrompts" | "copy"
>;

/** Account and key of each upload under way, so that a second one of the same does not race the first. */
const underWay = new Set<string>();

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
  const inventory = await inventoryWithNsml(services);
  if (!inventory) return;
  try {
    const authKeys = await currentAuthKeys(inventory);
    if (files.length === 0) {
      await upload(services, inventory, await choosePublicKey(services, authKeys));
    }
    for (const file of files) {
      await upload(services, inventory, await takePublicKey(services, file, authKeys));
    }
  } catch (error) {
    if (await services.messages.report("upload", error)) await uploadPublicKey(services, args);
  }
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
    const read = await computer.readPublicKey(file);
    if (!read) return undefined;
    files.push(read);
  }
  return files;
}

/** The inventory of who is signed in, once NSML can be asked; what is missing for that is asked for. */
async function inventoryWithNsml(services: UploadServices): Promise<Inventory | undefined> {
  const signedIn = await requireSignedIn(services);
  if (!signedIn) return undefined;
  if (signedIn.inventory.nsml === "ready") return signedIn.inventory;
  if (!(await chooseNsmlApiKey(services, signedIn))) return undefined;
  const { state } = services.session;
  return state.status === "signedIn" ? state.inventory : undefined;
}

/** @throws NcloudError when NSML cannot be listed, so that nothing can be said of what is there */
async function currentAuthKeys({ authKeys }: Inventory): Promise<readonly AuthKey[]> {
  await authKeys.load();
  if (authKeys.state.status === "failed") await authKeys.reload();
  if (authKeys.state.status === "failed") throw authKeys.state.error;
  return authKeys.value ?? [];
}

async function upload(
  services: UploadServices,
  inventory: Inventory,
  chosen: ChosenKey | undefined,
): Promise<void> {
  if (!chosen) return;
  const { messages, uploadPrompts } = services;
  const { authKeys } = inventory;
  // What was listed a while ago may have been deleted elsewhere since.
  if (findKey(authKeys.value ?? [], chosen)) await authKeys.reload();
  const same = findKey(authKeys.value ?? [], chosen);
  if (same) return showExisting(services, inventory, same);
  const pending = `${inventory.accountId} ${chosen.fingerprint}`;
  if (underWay.has(pending)) {
    messages.alreadyUploading();
    return;
  }
  underWay.add(pending);
  try {
    if (chosen.key.converted && !(await uploadPrompts.confirmConversion(chosen.key))) return;
    await askTitleAndUpload(services, inventory, chosen, authKeys.value ?? []);
  } finally {
    underWay.delete(pending);
  }
}

/** @param typed the title as it was typed for a try before this one */
async function askTitleAndUpload(
  services: UploadServices,
  inventory: Inventory,
  chosen: ChosenKey,
  authKeys: readonly AuthKey[],
  typed?: string,
): Promise<void> {
  const { key, fileName } = chosen;
  const taken = new Set(authKeys.map((authKey) => authKey.title));
  const title = await services.uploadPrompts.askTitle(
    key,
    typed ?? suggestTitle(key.comment, fileName, taken),
    (text) => checkTitle(text) ?? (taken.has(text) ? "taken" : undefined),
  );
  if (title === undefined) return;
  const outcome = await tryUpload(services, inventory, chosen, title);
  switch (outcome?.kind) {
    case undefined:
      return;
    case "titleTaken":
      return askTitleAndUpload(services, inventory, chosen, outcome.authKeys, title);
    case "alreadyThere":
      return showExisting(services, inventory, outcome.authKey);
    case "created":
      return showCreated(services, inventory, title, chosen, outcome.authKeys);
    case "unsettled":
      return services.messages.uploadUnsettled(outcome.error);
  }
}

/** Tries as often as the person wants to. Undefined when it did not work and they were told. */
async function tryUpload(
  { messages, session }: UploadServices,
  inventory: Inventory,
  { key, fingerprint }: ChosenKey,
  title: string,
): Promise<UploadOutcome | undefined> {
  for (;;) {
    const { state } = session;
    // Another window may have signed the account out; its credentials must not sign any more.
    if (state.status !== "signedIn" || state.inventory !== inventory) {
      messages.uploadCancelled();
      return undefined;
    }
    try {
      return await messages.whileUploading(title, (signal) =>
        uploadAuthKey(inventory.client, { title, line: key.line, fingerprint }, signal),
      );
    } catch (error) {
      const kind = error instanceof NcloudError ? error.kind : undefined;
      if (kind === "cancelled") {
        messages.uploadCancelled();
        return undefined;
      }
      if (kind === "badRequest" && key.type === "ecdsa-sha2-nistp256") {
        messages.realNistp256Refused();
        return undefined;
      }
      if (!(await messages.report("upload", error))) return undefined;
    }
  }
}

async function showExisting(
  { messages, view }: UploadServices,
  inventory: Inventory,
  authKey: AuthKey,
): Promise<void> {
  if (await messages.alreadyUploaded(authKey.title)) {
    await view.reveal(authKeyRowId(inventory.accountId, authKey));
  }
}

async function showCreated(
  { messages, view, copy }: UploadServices,
  inventory: Inventory,
  title: string,
  chosen: ChosenKey,
  authKeys: readonly AuthKey[],
): Promise<void> {
  inventory.authKeys.set(authKeys);
  await inventory.localKeys.reload();
  const created = findKey(inventory.authKeys.value ?? [], chosen);
  if (created) await view.reveal(authKeyRowId(inventory.accountId, created));
  if (await messages.uploaded(title)) await copy(title, "id", 1);
}
