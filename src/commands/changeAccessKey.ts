import {
  removeAccessKey,
  switchAccessKey,
  type AccessKeyOutcome,
} from "../changes/accessKeyChanges.ts";
import type { Inventory } from "../inventory/inventory.ts";
import type { AccessKey } from "../ncloud/subAccount.ts";
import type { KeyAction } from "../ui/changeDialogs.ts";

/**
 * Switches or deletes an access key, and shows what that left.
 *
 * @throws NcloudError when it is certain that it is as it was
 */
export async function changeAccessKey(
  inventory: Inventory,
  subAccountId: string,
  accessKeyId: string,
  action: KeyAction,
  signal: AbortSignal,
): Promise<AccessKeyOutcome> {
  const { client } = inventory;
  const wanted = { accessKeyId, active: action === "switchOn" };
  const outcome =
    action === "delete"
      ? await removeAccessKey(client, subAccountId, accessKeyId, signal)
      : await switchAccessKey(client, subAccountId, wanted, signal);
  if (!("now" in outcome)) return outcome;
  const known = inventory.accessKeysOf(subAccountId).value;
  // After the end of the key that signs for us nothing can be read: what was read before is known.
  const accessKeys = outcome.now ?? (known && withoutUse(known, accessKeyId, action));
  if (accessKeys) inventory.show({ kind: "accessKeys", subAccountId, accessKeys });
  return outcome;
}

function withoutUse(
  known: readonly AccessKey[],
  accessKeyId: string,
  action: KeyAction,
): readonly AccessKey[] {
  return action === "delete"
    ? known.filter((key) => key.accessKeyId !== accessKeyId)
    : known.map((key) => (key.accessKeyId === accessKeyId ? { ...key, active: false } : key));
}
