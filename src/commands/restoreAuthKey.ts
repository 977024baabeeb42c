import { uploadAuthKey, type KeyToUpload } from "../changes/uploadAuthKey.ts";
import type { Inventory } from "../inventory/inventory.ts";
import { authKeyRowId, type AuthKeyRow } from "../inventory/row.ts";
import type { KeyResult } from "../ui/changeDialogs.ts";
import type { Services } from "./services.ts";

/**
 * Registers the public key of a deleted auth key again, under the title it had.
 *
 * @throws NcloudError when it is certain that it is not there
 */
export async function restoreAuthKey(
  { computer, view }: Pick<Services, "computer" | "view">,
  inventory: Inventory,
  row: AuthKeyRow,
  signal: AbortSignal,
): Promise<KeyResult["outcome"]> {
  const key = await readKey(computer, row);
  if (!key) return { kind: "fileChanged" };
  const outcome = await uploadAuthKey(inventory, key, signal);
  switch (outcome.kind) {
    case "created": {
      const now = outcome.authKeys;
      inventory.show({ kind: "authKeys", authKeys: now });
      const restored = now.find(({ title }) => title === key.title);
      if (restored) await view.reveal(authKeyRowId(inventory.accountId, restored));
      return { kind: "done", now };
    }
    case "alreadyThere":
    case "titleTaken":
      await inventory.authKeys.reload();
      return { kind: "titleInUse" };
    case "unlisted":
      return { kind: "notSeen", now: undefined };
    case "underWay":
    case "unsettled":
      return outcome;
  }
}

/** Reads the file anew: it may have become another key since the tree was drawn. */
async function readKey(
  computer: Services["computer"],
  { authKey, localKey }: AuthKeyRow,
): Promise<KeyToUpload | undefined> {
  const { result } = (localKey && (await computer.readPublicKey(localKey.path))) ?? {};
  if (result?.kind !== "key" || result.md5Fingerprint !== localKey?.fingerprint) return undefined;
  return { title: authKey.title, line: result.key.line, fingerprint: result.md5Fingerprint };
}
