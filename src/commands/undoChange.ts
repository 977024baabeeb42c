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
 * @param isUndo whether the change undid another: the rows are as they were before both, and the
 * change is not undone again
 */
export async function offerUndo(
  services: ChangeServices,
  signedIn: SignedIn,
  change: KeyChange,
  keys: readonly KeyAtStake[],
  results: readonly KeyResult[],
  { isUndo }: { readonly isUndo: boolean },
): Promise<void> {
  const { session, changeReports } = services;
  const { inventory } = signedIn;
  const isDone = (row: KeyRow) =>
    results.some((result) => result.row === row && result.outcome.kind === "done");
  const changed = keys.filter(({ row }) => isDone(row));
  const unchanged = isUndo ? [] : changed.filter(({ row }) => wasSo(change, row));
  const undoable = isUndo ? [] : changed.filter(({ row }) => undoOf(inventory, change, row));
  const [first] = undoable;
  const [only, another] = results;
  const isWanted =
    only && !another
      ? await changeReports.changed(change, only.row, first ? "canUndo" : "final")
      : await changeReports.summary(change, results, {
          unchanged: unchanged.map(({ row }) => row),
          undoable: undoable.length,
        });
  const undo = first && isWanted && undoOf(inventory, change, first.row);
  if (!undo) return;
  if (!session.isCurrent(inventory)) changeReports.notUndone();
  else await changeConfirmed(services, signedIn, undo, undoable, { isUndo: true });
}

/** The change that undoes another one; undefined where there is none. */
function undoOf({ client }: Inventory, change: KeyChange, row: KeyRow): KeyChange | undefined {
  if (row.kind === "authKey") return change === "delete" && row.localKey ? "restore" : undefined;
  if (change === "delete") return undefined;
  // A key that signs for us, once it is off, cannot switch itself on again.
  if (row.kind === "accessKey" && client.signsWith(row.accessKey.accessKeyId)) return undefined;
  // What was so already has nothing to go back to.
  if (wasSo(change, row)) return undefined;
  return change === "switchOn" ? "switchOff" : "switchOn";
}

/** Whether a key was already what it was switched to, when its row was drawn. */
function wasSo(change: KeyChange, row: KeyRow): boolean {
  if (row.kind === "authKey") return false;
  return change === (isSwitchedOn(row) ? "switchOn" : "switchOff");
}
