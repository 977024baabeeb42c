import { changeApiKey, removeApiKey } from "../changes/apiKeyChanges.ts";
import { removeAuthKey } from "../changes/authKeyChanges.ts";
import { afterwards } from "../changes/change.ts";
import type { Inventory } from "../inventory/inventory.ts";
import type { Row } from "../inventory/row.ts";
import { NcloudError } from "../ncloud/ncloudError.ts";
import type { SignedIn } from "../session/session.ts";
import type { KeyAction, KeyAtStake, KeyChange, KeyResult, KeyRow } from "../ui/changeDialogs.ts";
import { asOftenAsWanted } from "./asOftenAsWanted.ts";
import { changeAccessKey } from "./changeAccessKey.ts";
import { areRowsOf, chooseKeys, type KeyKind } from "./chooseKeys.ts";
import { keysAtStake } from "./keyUses.ts";
import { requireSignedIn } from "./requireSignedIn.ts";
import { restoreAuthKey } from "./restoreAuthKey.ts";
import type { Services } from "./services.ts";
import { offerUndo } from "./undoChange.ts";

export type ChangeServices = Pick<
  Services,
  | "session"
  | "view"
  | "messages"
  | "computer"
  | "signInPrompts"
  | "keyPrompts"
  | "changeDialogs"
  | "changeReports"
>;

/**
 * Deletes keys of one kind, or switches them on or off: those a command is about, or that are
 * chosen. What stops something from working is confirmed first.
 */
export async function changeKeys(
  services: ChangeServices,
  kind: KeyKind,
  action: KeyAction,
  args: readonly unknown[],
): Promise<void> {
  const chosen = await chooseKeys(services, kind, action, args);
  if (chosen) await changeRows(services, chosen.signedIn, action, chosen.rows, chosen.leftOut);
}

/** Deletes the keys the keyboard is on: those of the kind that the first of them has. */
export async function deleteSelected(services: ChangeServices): Promise<void> {
  const rows = await services.view.focusedRows();
  const first = rows.find(isKeyRow);
  const signedIn = first && (await requireSignedIn(services));
  if (!first || !signedIn || !areRowsOf(signedIn, rows)) {
    services.messages.notARow();
    return;
  }
  const alike = rows.filter(isKeyRow).filter(({ kind }) => kind === first.kind);
  await changeRows(services, signedIn, "delete", alike, rows.length - alike.length);
}

function isKeyRow(row: Row): row is KeyRow {
  return row.kind === "authKey" || row.kind === "apiKey" || row.kind === "accessKey";
}

/**
 * Deletes or switches these keys, after asking for what stops something from working.
 *
 * @param leftOut how many rows that were selected with them are none of theirs
 */
export async function changeRows(
  services: ChangeServices,
  signedIn: SignedIn,
  action: KeyAction,
  rows: readonly KeyRow[],
  leftOut = 0,
): Promise<void> {
  const { session, messages, changeDialogs } = services;
  await asOftenAsWanted(messages, action, async () => {
    const { client } = signedIn.inventory;
    const look = (signal: AbortSignal) => keysAtStake(session.store, client, rows, signal);
    // Only of API keys NCP may have to be asked which of them is in use here.
    const asksNcp = rows.some(({ kind }) => kind === "apiKey");
    const keys = await (asksNcp ? messages.whileChecking(look) : look(afterwards()));
    if (action === "switchOn" || (await changeDialogs.confirm(action, keys, leftOut))) {
      await changeConfirmed(services, signedIn, action, keys);
    }
  });
}

/** Makes changes that were asked for, says what became of them, and gives it back. */
export async function changeConfirmed(
  services: ChangeServices,
  signedIn: SignedIn,
  change: KeyChange,
  keys: readonly KeyAtStake[],
  asked = { isUndo: false },
): Promise<readonly KeyResult[]> {
  const { changeDialogs, changeReports, messages } = services;
  const rows = keys.map(({ row }) => row);
  const results = await changeDialogs.whileChanging(change, rows, (signal, progress) =>
    changeInTurn(services, signedIn.inventory, change, rows, signal, progress),
  );
  const isUsed = (result: KeyResult) =>
    result.outcome.kind === "done" && keys.some(({ row, uses }) => row === result.row && uses[0]);
  // What the sidebar shows of NSML may have stopped working with the key.
  if (results.some(isUsed)) void signedIn.inventory.refreshGroup("authKeys");
  const [only, second] = results;
  if (!only || second || only.outcome.kind === "done") {
    await offerUndo(services, signedIn, change, keys, results, asked);
    return results;
  }
  const { row, outcome } = only;
  switch (outcome.kind) {
    case "unread":
    case "notSeen":
    case "unsettled":
      changeReports.uncertain(row, outcome);
      break;
    case "notTried":
      changeReports.stopped();
      break;
    case "failed":
      if (await messages.report(change, outcome.error)) {
        return changeConfirmed(services, signedIn, change, keys, asked);
      }
      break;
    default:
      changeReports.notRestored(only);
  }
  return results;
}

/**
 * One after the other, so that a cancellation leaves as much as it can untouched; the key that signs
 * for the others comes last.
 */
async function changeInTurn(
  services: ChangeServices,
  inventory: Inventory,
  change: KeyChange,
  rows: readonly KeyRow[],
  signal: AbortSignal,
  progress: (done: number) => void,
): Promise<readonly KeyResult[]> {
  const results: KeyResult[] = [];
  const signs = (row: KeyRow) =>
    row.kind === "accessKey" && inventory.client.signsWith(row.accessKey.accessKeyId);
  for (const row of [...rows].sort((a, b) => Number(signs(a)) - Number(signs(b)))) {
    results.push({
      row,
      // Credentials that were signed out must not sign any more.
      outcome: services.session.isCurrent(inventory)
        ? await outcomeOf(changeKey(services, inventory, row, change, signal), signal)
        : { kind: "notTried" },
    });
    progress(results.length);
  }
  return results;
}

async function outcomeOf(
  changing: Promise<KeyResult["outcome"]>,
  signal: AbortSignal,
): Promise<KeyResult["outcome"]> {
  try {
    return await changing;
  } catch (error) {
    if (!(error instanceof NcloudError)) throw error;
    return signal.aborted && error.kind === "cancelled"
      ? { kind: "notTried" }
      : { kind: "failed", error };
  }
}

/** Makes one change, and shows in the tree what NCP showed after it. */
async function changeKey(
  services: ChangeServices,
  inventory: Inventory,
  row: KeyRow,
  change: KeyChange,
  signal: AbortSignal,
): Promise<KeyResult["outcome"]> {
  const { client } = inventory;
  if (signal.aborted) throw new NcloudError("cancelled");
  if (change === "restore") {
    // No other key has a file that it could be put back from.
    return row.kind === "authKey"
      ? restoreAuthKey(services, inventory, row, signal)
      : { kind: "fileChanged" };
  }
  switch (row.kind) {
    case "authKey": {
      const outcome = await removeAuthKey(client, row.authKey, signal);
      if ("now" in outcome) inventory.show({ kind: "authKeys", authKeys: outcome.now });
      return outcome;
    }
    case "apiKey": {
      const { apiKeyId } = row.apiKey;
      const outcome =
        change === "delete"
          ? await removeApiKey(client, apiKeyId, signal)
          : await changeApiKey(client, apiKeyId, { isEnabled: change === "switchOn" }, signal);
      if (!("now" in outcome)) return outcome;
      if (outcome.now) inventory.show({ kind: "apiKey", apiKey: outcome.now });
      else inventory.show({ kind: "noApiKey", apiKeyId });
      return outcome;
    }
    case "accessKey": {
      const { subAccountId, accessKey } = row;
      return changeAccessKey(inventory, subAccountId, accessKey.accessKeyId, change, signal);
    }
  }
}
