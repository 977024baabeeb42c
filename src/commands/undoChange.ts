import { uploadAuthKey, type UploadOutcome } from "../changes/uploadAuthKey.ts";
import type { Inventory } from "../inventory/inventory.ts";
import { authKeyRowId, type AuthKeyRow } from "../inventory/row.ts";
import type { SignedIn } from "../session/session.ts";
import type { KeyAction, KeyResult, KeyRow } from "../ui/changeDialogs.ts";
import { asOftenAsWanted } from "./asOftenAsWanted.ts";
import { changeKey, type ChangeServices } from "./changeKeys.ts";

/**
 * Says that a key was changed and offers to undo it where that can be: a key can be switched back,
 * and an auth key whose public key is on this computer can be registered again.
 */
export async function offerUndo(
  services: ChangeServices,
  signedIn: SignedIn,
  action: KeyAction,
  row: KeyRow,
): Promise<void> {
  const undo = undoOf(services, signedIn, action, row);
  const isWanted = await services.changeReports.changed(action, row, undo ? "canUndo" : "final");
  if (undo && isWanted) await carryOut(services, signedIn, undo);
}

/** Sums up several changes, and offers to undo those that can be: one after the other. */
export async function offerUndoOfMany(
  services: ChangeServices,
  signedIn: SignedIn,
  action: KeyAction,
  results: readonly KeyResult[],
): Promise<void> {
  const undos = results
    .filter(({ outcome }) => outcome.kind === "done")
    .map(({ row }) => undoOf(services, signedIn, action, row))
    .filter((undo) => undo !== undefined);
  if (!(await services.changeReports.summary(action, results, undos.length))) return;
  for (const undo of undos) {
    if (!(await carryOut(services, signedIn, undo))) return;
  }
}

/** Undoes a change as often as the person wants to try; true when that did not fail. */
async function carryOut(
  { session, changeReports, messages }: ChangeServices,
  { inventory }: SignedIn,
  undo: () => Promise<void>,
): Promise<boolean> {
  const isDone = await asOftenAsWanted(messages, "undo", async () => {
    if (!session.isCurrent(inventory)) {
      changeReports.notUndone();
      return false;
    }
    await undo();
    return true;
  });
  return isDone ?? false;
}

function undoOf(
  services: ChangeServices,
  signedIn: SignedIn,
  action: KeyAction,
  row: KeyRow,
): (() => Promise<void>) | undefined {
  const { inventory } = signedIn;
  if (action === "delete") {
    return row.kind === "authKey" && row.localKey
      ? () => restoreAuthKey(services, inventory, row)
      : undefined;
  }
  // A key that signs for us, once it is off, cannot switch itself on again.
  if (row.kind === "accessKey" && inventory.client.signsWith(row.accessKey.accessKeyId))
    return undefined;
  const back = wasOn(row) ? "switchOn" : "switchOff";
  // What was switched to what it was already has nothing to go back to.
  return back === action ? undefined : () => switchBack(services, inventory, back, row);
}

/** Whether a key worked when its row was drawn, which is before the change. */
function wasOn(row: KeyRow): boolean {
  return row.kind === "accessKey"
    ? row.accessKey.active
    : row.kind === "apiKey" && row.apiKey.isEnabled;
}

async function switchBack(
  { changeDialogs, changeReports }: ChangeServices,
  inventory: Inventory,
  action: KeyAction,
  row: KeyRow,
): Promise<void> {
  const outcome = await changeDialogs.whileChanging(action, [row], (signal) =>
    changeKey(inventory, row, action, signal),
  );
  if (outcome.kind === "done") await changeReports.changed(action, row, "final");
  else changeReports.uncertain(row, outcome);
}

/** Registers the public key again, under the title it had. */
async function restoreAuthKey(
  { computer, messages, changeReports, view }: ChangeServices,
  inventory: Inventory,
  { authKey, localKey }: AuthKeyRow,
): Promise<void> {
  const { title } = authKey;
  const file = localKey && (await computer.readPublicKey(localKey.path));
  // The file is read anew: it may have become another key since the tree was drawn.
  if (file?.result.kind !== "key" || file.result.md5Fingerprint !== localKey?.fingerprint) {
    changeReports.fileChanged(localKey?.fileName ?? title);
    return;
  }
  const key = { title, line: file.result.key.line, fingerprint: file.result.md5Fingerprint };
  const outcome = await messages.whileUploading(title, (signal) =>
    uploadAuthKey(inventory, key, signal),
  );
  await showRestored({ messages, changeReports, view }, inventory, title, outcome);
}

async function showRestored(
  { messages, changeReports, view }: Pick<ChangeServices, "messages" | "changeReports" | "view">,
  inventory: Inventory,
  title: string,
  outcome: UploadOutcome,
): Promise<void> {
  switch (outcome.kind) {
    case "created": {
      inventory.show({ kind: "authKeys", authKeys: outcome.authKeys });
      const restored = outcome.authKeys.find((other) => other.title === title);
      if (restored) await view.reveal(authKeyRowId(inventory.accountId, restored));
      changeReports.restored(title);
      return;
    }
    case "alreadyThere":
    case "titleTaken":
      await inventory.authKeys.reload();
      changeReports.titleInUse(title);
      return;
    case "underWay":
      messages.alreadyUploading();
      return;
    case "unlisted":
      messages.uploadUnlisted(title);
      return;
    case "unsettled":
      messages.uploadUnsettled(outcome.error);
  }
}
