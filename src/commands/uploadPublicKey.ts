import type { Inventory } from "../inventory/inventory.ts";
import { authKeyRowId } from "../inventory/row.ts";
import { findKey, uploadAuthKey, type UploadOutcome } from "../inventory/uploadAuthKey.ts";
import { NcloudError } from "../ncloud/ncloudError.ts";
import type { AuthKey } from "../ncloud/nsml.ts";
import { checkTitle, suggestTitle } from "../ssh/authKeyTitle.ts";
import { choosePublicKey, givenPublicKey, type ChosenKey } from "./choosePublicKey.ts";
import { chooseNsmlApiKey } from "./nsmlApiKey.ts";
import { requireSignedIn } from "./requireSignedIn.ts";
import type { Services } from "./services.ts";

type UploadServices = Pick<
  Services,
  "session" | "view" | "computer" | "messages" | "signInPrompts" | "uploadPrompts" | "copy"
>;

/** The keys whose upload is under way, so that a second one of the same key does not race the first. */
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
  const inventory = await inventoryWithNsml(services);
  if (!inventory) return;
  try {
    const authKeys = await currentAuthKeys(inventory);
    const files = filesOf(services, args);
    if (files.length === 0) {
      await upload(services, inventory, await choosePublicKey(services, authKeys));
    }
    for (const file of files) {
      await upload(services, inventory, await givenPublicKey(services, file, authKeys));
    }
  } catch (error) {
    if (await services.messages.report("upload", error)) await uploadPublicKey(services, args);
  }
}

/** The Explorer gives the resource that was clicked and all that are selected. */
function filesOf({ view }: UploadServices, args: readonly unknown[]): readonly unknown[] {
  const [first, all] = args;
  if (first === undefined || view.rowsOf([first])) return [];
  return Array.isArray(all) ? all : [first];
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
  const same = findKey(inventory.authKeys.value ?? [], chosen);
  if (same) return showExisting(services, inventory, same);
  if (underWay.has(chosen.fingerprint)) {
    messages.alreadyUploading();
    return;
  }
  underWay.add(chosen.fingerprint);
  try {
    if (chosen.key.converted && !(await uploadPrompts.confirmConversion(chosen.key))) return;
    await askTitleAndUpload(services, inventory, chosen, inventory.authKeys.value ?? []);
  } finally {
    underWay.delete(chosen.fingerprint);
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
  { messages }: UploadServices,
  { client }: Inventory,
  { key, fingerprint }: ChosenKey,
  title: string,
): Promise<UploadOutcome | undefined> {
  for (;;) {
    try {
      return await messages.whileUploading(title, (signal) =>
        uploadAuthKey(client, { title, line: key.line, fingerprint }, signal),
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
