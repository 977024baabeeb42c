import type { Account } from "../accounts/account.ts";
import { KeychainError } from "../accounts/keychainError.ts";
import type { AccessKeyOutcome } from "../changes/accessKeyChanges.ts";
import type { Inventory } from "../inventory/inventory.ts";
import type { SubAccountRow } from "../inventory/row.ts";
import type { AccessKey, NewAccessKey } from "../ncloud/subAccount.ts";
import type { Signers } from "../ui/rotateDialogs.ts";
import { asOftenAsWanted } from "./asOftenAsWanted.ts";
import { changeAccessKey } from "./changeAccessKey.ts";
import type { ChangeServices } from "./changeKeys.ts";
import { accountsAt } from "./keyUses.ts";
import { isLimit, makeKeyOf, type MakeServices } from "./makeKeys.ts";
import type { Services } from "./services.ts";

export type RotateServices = ChangeServices & MakeServices & Pick<Services, "rotateDialogs">;

/** An access key that was made, and what it took. */
export interface MadeWithRoom {
  readonly newKey: NewAccessKey;
  /** The access key that was switched off to make room for it. */
  readonly deactivated: string | undefined;
}

/** Creates the new access key; where the limit stands in the way, another one makes room first. */
export async function createWithRoom(
  services: RotateServices,
  inventory: Inventory,
  owner: SubAccountRow,
  toBeRotated: string,
): Promise<MadeWithRoom | undefined> {
  let deactivated: string | undefined;
  for (;;) {
    let newKey: NewAccessKey | undefined;
    try {
      newKey = await makeKeyOf(services, inventory, owner);
    } catch (error) {
      if (isLimit(error) && deactivated === undefined) {
        deactivated = await makeRoom(services, inventory, owner, toBeRotated);
        if (deactivated === undefined) return undefined;
        continue;
      }
      if (await services.messages.report("rotate", error)) continue;
      await leaveAsBefore(services, inventory, owner.subAccountId, deactivated);
      return undefined;
    }
    if (newKey) return { newKey, deactivated };
    // There may be one of no use by now, and the person was told so.
    await isBackOn(services, inventory, owner.subAccountId, deactivated);
    return undefined;
  }
}

/** Ends a rotation of which no new key is left. A key that made room for it may be switched on again. */
export async function leaveAsBefore(
  services: RotateServices,
  inventory: Inventory,
  subAccountId: string,
  deactivated: string | undefined,
): Promise<void> {
  if (await isBackOn(services, inventory, subAccountId, deactivated)) {
    services.changeReports.stopped();
  }
}

/** Whether the key that made room, if one did, is on again. Otherwise the person knows that it is not. */
async function isBackOn(
  services: RotateServices,
  inventory: Inventory,
  subAccountId: string,
  deactivated: string | undefined,
): Promise<boolean> {
  if (deactivated === undefined) return true;
  if (!(await services.rotateDialogs.offerToSwitchBack(deactivated))) return false;
  const wanted = { accessKeyId: deactivated, active: true };
  return (await switchTo(services, inventory, subAccountId, wanted))?.kind === "done";
}

/** Deactivates one of the active keys, never the last: which one, or undefined when none was. */
async function makeRoom(
  services: RotateServices,
  inventory: Inventory,
  owner: SubAccountRow,
  toBeRotated: string,
): Promise<string | undefined> {
  const { rotateDialogs } = services;
  const { subAccountId } = owner;
  const accessKeys = inventory.accessKeysOf(subAccountId);
  await accessKeys.reload();
  if (accessKeys.state.status === "failed") throw accessKeys.state.error;
  const active = (accessKeys.value ?? []).filter((key) => key.active);
  // Without the key that signs for us nothing could be created, nor switched back.
  const others = active.filter(({ accessKeyId }) => !inventory.client.signsWith(accessKeyId));
  if (active.length < 2 || others.length === 0) {
    rotateDialogs.noRoom();
    return undefined;
  }
  const id = await rotateDialogs.chooseToDeactivate(others, toBeRotated);
  if (id === undefined) return undefined;
  const signers = await signersWith(services, inventory, id);
  if (!(await rotateDialogs.confirmDeactivation(id, signers))) return undefined;
  const wanted = { accessKeyId: id, active: false };
  const end = await switchTo(services, inventory, subAccountId, wanted);
  if (!end) services.changeReports.stopped();
  return end?.kind === "done" ? id : undefined;
}

/** Who signs with an access key here. When the keychain fails, the account in view is known still. */
export async function signersWith(
  { session }: RotateServices,
  { client }: Inventory,
  accessKeyId: string,
): Promise<Signers> {
  let accounts: readonly Account[];
  let isComplete = true;
  try {
    accounts = await accountsAt(session.store, client);
  } catch (error) {
    // A new secret key may be in hand, which no trouble with the keychain may lose.
    if (!(error instanceof KeychainError)) throw error;
    isComplete = false;
    accounts = session.state.status === "signedIn" ? [session.state.account] : [];
  }
  const signers = accounts.filter((account) => account.accessKeyId === accessKeyId);
  return { labels: signers.map(({ label }) => label), isComplete };
}

/**
 * Switches an access key as often as the person wants to try. What is uncertain is said;
 * `undefined` is what is certain not to have happened.
 */
export async function switchTo(
  { changeDialogs, changeReports, messages }: RotateServices,
  inventory: Inventory,
  subAccountId: string,
  wanted: Pick<AccessKey, "accessKeyId" | "active">,
): Promise<AccessKeyOutcome | undefined> {
  const { accessKeyId, active } = wanted;
  const action = active ? "switchOn" : "switchOff";
  return asOftenAsWanted(messages, "rotate", async () => {
    const outcome = await changeDialogs.whileChangingAccessKey(action, accessKeyId, (signal) =>
      changeAccessKey(inventory, subAccountId, accessKeyId, action, signal),
    );
    if (outcome.kind !== "done") changeReports.uncertainAccessKey(accessKeyId, outcome);
    return outcome;
  });
}
