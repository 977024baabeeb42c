import { switchAccessKey } from "../changes/accessKeyChanges.ts";
import type { Inventory } from "../inventory/inventory.ts";
import type { AccessKeyRow, SubAccountRow } from "../inventory/row.ts";
import { NcloudError } from "../ncloud/ncloudError.ts";
import type { AccessKey, NewAccessKey } from "../ncloud/subAccount.ts";
import { checkCredentials } from "../session/checkCredentials.ts";
import type { SignedIn } from "../session/session.ts";
import type { Replacement } from "../ui/rotateDialogs.ts";
import { changeRows, type ChangeServices } from "./changeKeys.ts";
import { chooseKeys } from "./chooseKeys.ts";
import { accountsAt } from "./keyUses.ts";
import { handOver, isLimit, makeKeyOf, nameOf, type MakeServices } from "./makeKeys.ts";
import type { Services } from "./services.ts";

type RotateServices = ChangeServices & MakeServices & Pick<Services, "rotateDialogs">;

/**
 * Replaces an access key by a new one: the new one first, then whoever signs with the old one here,
 * then the old one off, and later gone. Every step can be stopped, and a key that works is left.
 */
export async function rotateAccessKey(
  services: RotateServices,
  args: readonly unknown[],
): Promise<void> {
  const chosen = await chooseKeys(services, "accessKey", "rotate", args);
  const [row] = chosen?.rows ?? [];
  if (chosen && row) await rotateAccessKeyRow(services, chosen.signedIn, row);
}

export async function rotateAccessKeyRow(
  services: RotateServices,
  signedIn: SignedIn,
  row: AccessKeyRow,
): Promise<void> {
  const owner = row.parent;
  if (owner?.kind !== "subAccount") return;
  if (!(await services.secretDialogs.confirmCreation(nameOf(owner)))) return;
  const newKey = await createWithRoom(services, signedIn.inventory, owner);
  if (!newKey) return;
  await replaceOld(services, signedIn, row, newKey);
}

/** Creates the new access key; where the limit stands in the way, another one makes room first. */
async function createWithRoom(
  services: RotateServices,
  inventory: Inventory,
  owner: SubAccountRow,
): Promise<NewAccessKey | undefined> {
  const { messages, rotateDialogs } = services;
  let deactivated: string | undefined;
  for (;;) {
    try {
      const newKey = await makeKeyOf(services, inventory, owner);
      if (newKey) return newKey;
    } catch (error) {
      if (isLimit(error) && deactivated === undefined) {
        deactivated = await makeRoom(services, inventory, owner);
        if (deactivated === undefined) return undefined;
        continue;
      }
      if (await messages.report("rotate", error)) continue;
    }
    if (deactivated !== undefined && (await rotateDialogs.offerToSwitchBack(deactivated))) {
      await switchTo(services, inventory, owner.subAccountId, deactivated, true);
    }
    return undefined;
  }
}

/** Deactivates one of the active keys, never the last: which one, or undefined when none was. */
async function makeRoom(
  services: RotateServices,
  inventory: Inventory,
  owner: SubAccountRow,
): Promise<string | undefined> {
  const { rotateDialogs } = services;
  const { subAccountId } = owner;
  await inventory.accessKeysOf(subAccountId).reload();
  const active = (inventory.accessKeysOf(subAccountId).value ?? []).filter((key) => key.active);
  if (active.length < 2) {
    rotateDialogs.noRoom();
    return undefined;
  }
  const ids = active.map(({ accessKeyId }) => accessKeyId);
  const id = await rotateDialogs.chooseToDeactivate(ids);
  if (id === undefined) return undefined;
  const accounts = await signersWith(services, inventory, id);
  if (!(await rotateDialogs.confirmDeactivation(id, accounts))) return undefined;
  return (await switchTo(services, inventory, subAccountId, id, false)) ? id : undefined;
}

/** Labels of the accounts of this computer that sign with an access key. */
async function signersWith(
  { session }: RotateServices,
  { client }: Inventory,
  accessKeyId: string,
): Promise<readonly string[]> {
  const accounts = await accountsAt(session.store, client);
  return accounts.filter((a) => a.accessKeyId === accessKeyId).map(({ label }) => label);
}

/** Switches an access key as often as the person wants to try. True when NCP shows it. */
async function switchTo(
  { changeDialogs, messages }: RotateServices,
  inventory: Inventory,
  subAccountId: string,
  accessKeyId: string,
  active: boolean,
): Promise<boolean> {
  const wanted: Pick<AccessKey, "accessKeyId" | "active"> = { accessKeyId, active };
  for (;;) {
    try {
      const outcome = await changeDialogs.whileSwitching(accessKeyId, active, (signal) =>
        switchAccessKey(inventory.client, subAccountId, wanted, signal),
      );
      if (outcome.kind === "unsettled") throw outcome.error;
      if (outcome.now) inventory.showAccessKeys(subAccountId, outcome.now);
      return outcome.kind === "done";
    } catch (error) {
      if (!(await messages.report("rotate", error))) return false;
    }
  }
}

async function replaceOld(
  services: RotateServices,
  signedIn: SignedIn,
  old: AccessKeyRow,
  newKey: NewAccessKey,
): Promise<void> {
  const { rotateDialogs, session } = services;
  const { subAccountId, accessKey } = old;
  const oldId = accessKey.accessKeyId;
  const replacement: Replacement = { newKey: newKey.accessKeyId, oldKey: oldId };
  const signers = await signersWith(services, signedIn.inventory, oldId);
  const isInUse =
    signers.length > 0 &&
    (await rotateDialogs.confirmReplacement(replacement, signers)) &&
    (await replaceCredentials(services, signedIn, oldId, newKey));
  // Who gave the new secret key up needs the old one.
  if (!(await handOver(services, newKey, { state: isInUse ? "inUse" : "untaken" }))) return;
  // The account may sign with the new key now, and has an inventory of its own then.
  await session.reopen();
  const { state } = session;
  if (state.status !== "signedIn" || state.account.id !== signedIn.account.id) {
    rotateDialogs.bothWork(replacement);
    return;
  }
  const { inventory } = state;
  await inventory.accessKeysOf(subAccountId).load();
  const isStillActive = inventory
    .accessKeysOf(subAccountId)
    .value?.some((key) => key.accessKeyId === oldId && key.active);
  if (isStillActive !== false) {
    const left = await signersWith(services, inventory, oldId);
    const isOff =
      (await rotateDialogs.confirmOldOff(replacement, left)) &&
      (await switchTo(services, inventory, subAccountId, oldId, false));
    if (!isOff) {
      rotateDialogs.bothWork(replacement);
      return;
    }
  }
  if (!(await rotateDialogs.offerToDeleteOld(replacement))) return;
  await changeRows(services, state, "delete", [old]);
}

/** Has the accounts that sign with the old key sign with the new one, once NCP accepts it: true. */
async function replaceCredentials(
  { session, messages }: RotateServices,
  { inventory }: SignedIn,
  oldId: string,
  { accessKeyId, secretKey }: NewAccessKey,
): Promise<boolean> {
  const { zone } = inventory.client.credentials;
  const client = session.clientFor({ zone, accessKeyId, secretKey });
  for (;;) {
    try {
      const problem = await messages.whileChecking((signal) => checkCredentials(client, signal));
      if (problem) throw problem;
      for (const { id } of await accountsAt(session.store, inventory.client)) {
        await session.store.update(id, (stored) =>
          stored.accessKeyId === oldId ? { ...stored, accessKeyId, secretKey } : stored,
        );
      }
      return true;
    } catch (error) {
      if (error instanceof NcloudError && error.kind === "cancelled") return false;
      if (!(await messages.report("rotate", error))) return false;
    }
  }
}
