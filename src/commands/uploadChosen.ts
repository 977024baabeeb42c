import type { Inventory } from "../inventory/inventory.ts";
import { authKeyRowId } from "../inventory/row.ts";
import {
  findKey,
  isUploading,
  uploadAuthKey,
  type UploadOutcome,
} from "../changes/uploadAuthKey.ts";
import { NcloudError } from "../ncloud/ncloudError.ts";
import type { AuthKey } from "../ncloud/nsml.ts";
import { checkTitle, suggestTitle } from "../ssh/authKeyTitle.ts";
import type { ChooseKey, ChosenKey } from "./choosePublicKey.ts";
import type { MakeServices } from "./makeKeyPair.ts";
import { inventoryWithNsml } from "./nsmlApiKey.ts";
import type { Services } from "./services.ts";

export type UploadServices = MakeServices &
  Pick<Services, "session" | "view" | "messages" | "signInPrompts" | "uploadPrompts" | "copy">;

/** One run of the command. */
interface UploadRun {
  readonly services: UploadServices;
  readonly inventory: Inventory;
  /** Messages nobody has to answer, and what follows from an answer. */
  readonly unread: Promise<void>[];
  /** The chosen keys as NSML lists them now, be they new or there before. */
  readonly listed: AuthKey[];
  /** Whether the command goes on with them, so that it is its to say what became of them. */
  readonly isPart: boolean;
}

/**
 * Uploads the keys that are chosen, one after the other.
 *
 * @returns those that NSML lists now, be they new or there before
 */
export async function uploadChosen(
  services: UploadServices,
  choices: readonly ChooseKey[],
  { isPart = false }: Partial<Pick<UploadRun, "isPart">> = {},
): Promise<readonly AuthKey[]> {
  const inventory = await inventoryWithNsml(services);
  if (!inventory) return [];
  try {
    const authKeys = await currentAuthKeys(inventory);
    const run: UploadRun = { services, inventory, unread: [], listed: [], isPart };
    for (const choose of choices) await upload(run, await choose(authKeys));
    if (run.listed.length > 0) services.view.tellDone("keyInNsml");
    await Promise.all(run.unread);
    return run.listed;
  } catch (error) {
    if (!(await services.messages.report("upload", error))) return [];
    return uploadChosen(services, choices, { isPart });
  }
}

/** @throws NcloudError when NSML cannot be listed, so that nothing can be said of what is there */
async function currentAuthKeys({ authKeys }: Inventory): Promise<readonly AuthKey[]> {
  await authKeys.load();
  if (authKeys.state.status === "failed") await authKeys.reload();
  if (authKeys.state.status === "failed") throw authKeys.state.error;
  return authKeys.value ?? [];
}

async function upload(run: UploadRun, chosen: ChosenKey | undefined): Promise<void> {
  if (!chosen) return;
  const { services, inventory } = run;
  const { messages, uploadPrompts } = services;
  const { authKeys } = inventory;
  // What was listed a while ago may have been deleted elsewhere since.
  if (findKey(authKeys.value ?? [], chosen)) await authKeys.reload();
  const same = findKey(authKeys.value ?? [], chosen);
  if (same) {
    found(run, same);
    return;
  }
  if (isUploading(inventory, chosen)) {
    messages.alreadyUploading();
    return;
  }
  if (chosen.key.converted && !(await uploadPrompts.confirmConversion(chosen.key))) return;
  await askTitleAndUpload(run, chosen, authKeys.value ?? []);
}

/** @param typed the title as it was typed for a try before this one */
async function askTitleAndUpload(
  run: UploadRun,
  chosen: ChosenKey,
  authKeys: readonly AuthKey[],
  typed?: string,
): Promise<void> {
  const { services, inventory } = run;
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
    case "underWay":
      services.messages.alreadyUploading();
      return;
    case "titleTaken":
      return askTitleAndUpload(run, chosen, outcome.authKeys, title);
    case "alreadyThere":
      found(run, outcome.authKey);
      return;
    case "created":
      await showCreated(run, title, chosen, outcome.authKeys);
      return;
    case "refused":
      return askTitleAndUpload(run, chosen, authKeys, title);
    case "unlisted":
      services.messages.uploadUnlisted(title);
      return;
    case "unsettled":
      services.messages.uploadUnsettled(outcome.error);
      return;
  }
}

/** Tries as often as the person wants to. Undefined when it did not work and they were told. */
async function tryUpload(
  { messages, session }: UploadServices,
  inventory: Inventory,
  chosen: ChosenKey,
  title: string,
): Promise<UploadOutcome | { readonly kind: "refused" } | undefined> {
  const { key, fingerprint } = chosen;
  for (;;) {
    // Another window may have signed the account out; its credentials must not sign any more.
    if (!session.isCurrent(inventory)) {
      messages.uploadCancelled();
      return undefined;
    }
    try {
      return await messages.whileUploading(title, (signal) =>
        uploadAuthKey(inventory, { title, line: key.line, fingerprint }, signal),
      );
    } catch (error) {
      const kind = error instanceof NcloudError ? error.kind : undefined;
      if (kind === "cancelled") {
        messages.uploadCancelled();
        return undefined;
      }
      if (kind === "badRequest") {
        messages.keyRefusedByNsml(key.type);
        return { kind: "refused" };
      }
      if (!(await messages.report("upload", error))) return undefined;
    }
  }
}

/** The key is in NSML already. */
function found({ services, inventory, unread, listed, isPart }: UploadRun, authKey: AuthKey): void {
  listed.push(authKey);
  if (!isPart) unread.push(showExisting(services, inventory, authKey));
}

/** Says that a key is in NSML already, and shows its row where that is wanted. */
export async function showExisting(
  { messages, view }: UploadServices,
  { accountId }: Inventory,
  authKey: AuthKey,
): Promise<void> {
  if (await messages.alreadyUploaded(authKey.title)) {
    await view.reveal(authKeyRowId(accountId, authKey));
  }
}

async function offerToCopy({ messages, copy }: UploadServices, title: string): Promise<void> {
  if (await messages.uploaded(title)) await copy(title, "id", 1);
}

async function showCreated(
  { services, inventory, unread, listed, isPart }: UploadRun,
  title: string,
  chosen: ChosenKey,
  authKeys: readonly AuthKey[],
): Promise<void> {
  // First, because a key pair that was just made is one of this computer.
  await inventory.localKeys.reload();
  inventory.show({ kind: "authKeys", authKeys });
  const created = findKey(inventory.authKeys.value ?? [], { ...chosen, title });
  if (created) {
    listed.push(created);
    await services.view.reveal(authKeyRowId(inventory.accountId, created));
  }
  if (!isPart) unread.push(offerToCopy(services, title));
}
