import type { Inventory } from "../inventory/inventory.ts";
import { isSwitchedOn } from "../inventory/row.ts";
import type { SignedIn } from "../session/session.ts";
import type { KeyAtStake, KeyChange, KeyResult, KeyRow } from "../ui/changeDialogs.ts";
import { changeConfirmed, type ChangeServices } from "./changeKeys.ts";

/**
 * Says what became of keys, and offers to undo it where that can be: a key can be switched back,
 * and an auth key whose public key is on this computer can be registered again.
 *
 * @param keys of one kind
 */
export async function offerUndo(
  services: ChangeServices,
  signedIn: SignedIn,
  change: KeyChange,
  keys: readonly KeyAtStake[],
  results: readonly KeyResult[],
): Promise<void> {
  const { session, changeReports } = services;
  const { inventory } = signedIn;
  const isDone = (row: KeyRow) =>
    results.some((result) => result.row === row && result.outcome.kind === "done");
  const undoable = keys.filter(({ row }) => isDone(row) && undoOf(inventory, change, row));
  const [first] = undoable;
  const [only, another] = results;
  const isWanted =
    only && !another
      ? await changeReports.changed(change, only.row, first ? "canUndo" : "final")
      : await changeReports.summary(change, results, undoable.length);
  const undo = first && isWanted && undoOf(inventory, change, first.row);
  if (!undo) return;
  if (session.isCurrent(inventory)) await changeConfirmed(services, signedIn, undo, undoable);
  else changeReports.notUndone();
}

/** The change that undoes another one; undefined where there is none. */
function undoOf({ client }: Inventory, change: KeyChange, row: KeyRow): KeyChange | undefined {
  if (row.kind === "authKey") return change === "delete" && row.localKey ? "restore" : undefined;
  if (change === "delete") return undefined;
  // A key that signs for us, once it is off, cannot switch itself on again.
  if (row.kind === "accessKey" && client.signsWith(row.accessKey.accessKeyId)) return undefined;
  // What it was when its row was drawn; what was so already has nothing to go back to.
  const back = isSwitchedOn(row) ? "switchOn" : "switchOff";
  return back === change ? undefined : back;
}
