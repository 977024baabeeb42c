import type { Inventory } from "../inventory/inventory.ts";
import type { AccessKeyRow } from "../inventory/row.ts";
import type { AccessKey, NewAccessKey } from "../ncloud/subAccount.ts";
import type { SignedIn } from "../session/session.ts";
import type { AccessKeyReplacement } from "../ui/rotateDialogs.ts";
import { asOftenAsWanted } from "./asOftenAsWanted.ts";
import { changeRows } from "./changeKeys.ts";
import { chooseKey } from "./chooseKeys.ts";
import { deleteUnused, handOver, nameOf } from "./makeKeys.ts";
import {
  createWithRoom,
  leaveAsBefore,
  signersWith,
  switchTo,
  type MadeWithRoom,
  type RotateServices,
} from "./makeRoom.ts";
import { replaceCredentials } from "./replaceCredentials.ts";
import { stillSignedIn } from "./stillSignedIn.ts";

/**
 * Replaces an access key by a new one: the new one first, then whoever signs with the old one here,
 * then the old one off, and later gone. Every step can be stopped, and a key that works is left.
 */
export async function rotateAccessKey(
  services: RotateServices,
  args: readonly unknown[],
): Promise<void> {
  const chosen = await chooseKey(services, "accessKey", "rotate", args);
  if (chosen) await rotateAccessKeyRow(services, chosen.signedIn, chosen.row);
}

export async function rotateAccessKeyRow(
  services: RotateServices,
  signedIn: SignedIn,
  row: AccessKeyRow,
): Promise<void> {
  const owner = row.parent;
  if (owner?.kind !== "subAccount") return;
  if (!(await services.secretDialogs.confirmCreation(nameOf(owner)))) return;
  const { accessKeyId } = row.accessKey;
  const made = await createWithRoom(services, signedIn.inventory, owner, accessKeyId);
  if (made) await replaceOld(services, signedIn, row, made);
}

async function replaceOld(
  services: RotateServices,
  signedIn: SignedIn,
  old: AccessKeyRow,
  { newKey, deactivated }: MadeWithRoom,
): Promise<void> {
  const { rotateDialogs, session } = services;
  const { subAccountId, accessKey } = old;
  const oldId = accessKey.accessKeyId;
  const replacement: AccessKeyReplacement = {
    newKey: newKey.accessKeyId,
    oldKey: oldId,
    madeRoom: deactivated,
  };
  const isTaken = await putToUse(services, signedIn, replacement, newKey);
  const now = await stillSignedIn(session, signedIn);
  if (!isTaken) {
    if (now) await clearUnused(services, now.inventory, subAccountId, replacement);
    else rotateDialogs.unusedLeft(replacement);
    return;
  }
  // The old key itself may have made room. Who was signed out knows no more than the row.
  const isOff =
    deactivated === oldId ||
    (!now && !accessKey.active) ||
    (await switchOldOff(services, now, subAccountId, replacement));
  if (!isOff) return;
  // Who was signed out, or has just shut itself out, cannot delete.
  if (!now || now.inventory.client.signsWith(oldId)) {
    rotateDialogs.oldIsOff(replacement);
    return;
  }
  if (await rotateDialogs.offerToDeleteOld(replacement)) {
    const current = await stillSignedIn(session, now);
    if (current) await changeRows(services, current, "delete", [old]);
  }
}

const secretStates = {
  everywhere: "inUse",
  somewhere: "partlyInUse",
  nowhere: "untaken",
} as const;

/** Has our accounts use the new key where the person wants that, and hands its secret key over. */
async function putToUse(
  services: RotateServices,
  signedIn: SignedIn,
  replacement: AccessKeyReplacement,
  newKey: NewAccessKey,
): Promise<boolean> {
  const { oldKey } = replacement;
  const { labels } = await signersWith(services, signedIn.inventory, oldKey);
  const isWanted =
    labels.length > 0 && (await services.rotateDialogs.confirmReplacement(replacement, labels));
  const replaced = isWanted && (await replaceCredentials(services, signedIn, oldKey, newKey));
  const state = replaced ? secretStates[replaced] : "untaken";
  const isTaken = await handOver(services, newKey, { state });
  // A key that an account signs with is of use, though nobody else has its secret key.
  return isTaken || replaced === "somewhere";
}

/** Who gave the new secret key up needs the old key, and no key that nobody can use. */
async function clearUnused(
  services: RotateServices,
  inventory: Inventory,
  subAccountId: string,
  replacement: AccessKeyReplacement,
): Promise<void> {
  if (!(await services.rotateDialogs.offerToDeleteUnused(replacement))) return;
  const isGone = await asOftenAsWanted(services.messages, "delete", () =>
    deleteUnused(services, inventory, subAccountId, replacement.newKey),
  );
  if (isGone) await leaveAsBefore(services, inventory, subAccountId, replacement.madeRoom);
}

/**
 * Switches the old key off once the person wants it: true, as when it is off already. Otherwise they
 * know where things stand.
 */
async function switchOldOff(
  services: RotateServices,
  signedIn: SignedIn | undefined,
  subAccountId: string,
  replacement: AccessKeyReplacement,
): Promise<boolean> {
  const { rotateDialogs } = services;
  const { oldKey } = replacement;
  if (!signedIn) {
    rotateDialogs.bothActive(replacement);
    return false;
  }
  const { inventory } = signedIn;
  const accessKeys = inventory.accessKeysOf(subAccountId);
  // Somebody else may have switched it since its row was drawn.
  await accessKeys.reload();
  const { state } = accessKeys;
  const isActive = ({ accessKeyId, active }: AccessKey) => accessKeyId === oldKey && active;
  if (state.status === "loaded" && !state.value.some(isActive)) return true;
  const signers = await signersWith(services, inventory, oldKey);
  const isWanted = await rotateDialogs.confirmOldOff(replacement, signers);
  const wanted = { accessKeyId: oldKey, active: false };
  const end = isWanted ? await switchTo(services, inventory, subAccountId, wanted) : undefined;
  if (!end) rotateDialogs.bothActive(replacement);
  return end?.kind === "done";
}
