import type { Inventory } from "../inventory/inventory.ts";
import type { KeyOnly } from "./keyHealth.ts";

/** The keys that the sidebar has read so far. Nothing is asked for that was not read. */
export function loadedKeys(inventory: Inventory): readonly KeyOnly[] {
  const local = inventory.localKeys.value;
  const subAccounts = inventory.subAccounts.value?.items ?? [];
  const listed = new Set(subAccounts.map(({ subAccountId }) => subAccountId));
  const owners = [
    ...subAccounts.map((subAccount) => ({ subAccountId: subAccount.subAccountId, subAccount })),
    ...inventory.subAccountIds
      .filter((subAccountId) => !listed.has(subAccountId))
      .map((subAccountId) => ({ subAccountId, subAccount: undefined })),
  ];
  return [
    ...(inventory.authKeys.value ?? []).map((authKey): KeyOnly => {
      return { kind: "authKey", authKey, localKey: local?.find(authKey.fingerprint) };
    }),
    ...(inventory.apiKeys.value?.items ?? []).map((apiKey): KeyOnly => ({
      kind: "apiKey",
      apiKey,
    })),
    ...owners.flatMap((owner) =>
      (inventory.knownAccessKeysOf(owner.subAccountId) ?? []).map((accessKey): KeyOnly => {
        return { kind: "accessKey", accessKey, owner };
      }),
    ),
  ];
}
