import type { Inventory } from "../inventory/inventory.ts";
import type { PagedResource } from "../inventory/pagedResource.ts";
import type { KeyOnly } from "./keyHealth.ts";

/** The sidebar reads its lists by the hundred; a key that lies further down is not looked for. */
const mostPages = 30;

/** Has the sidebar read as far as a key's row; whether it came to it. */
export async function loadKeyRow(inventory: Inventory, key: KeyOnly): Promise<boolean> {
  switch (key.kind) {
    case "authKey": {
      const { title, name } = key.authKey;
      await inventory.authKeys.load();
      return !!inventory.authKeys.value?.some((one) => one.title === title && one.name === name);
    }
    case "apiKey":
      return loadUntil(inventory.apiKeys, ({ apiKeyId }) => apiKeyId === key.apiKey.apiKeyId);
    case "accessKey": {
      const { owner, accessKey } = key;
      const { subAccountId } = owner;
      const isListed =
        inventory.subAccountIds.includes(subAccountId) ||
        (await loadUntil(inventory.subAccounts, (one) => one.subAccountId === subAccountId));
      if (!isListed) return false;
      const keys = inventory.accessKeysOf(subAccountId);
      await keys.load();
      return !!keys.value?.some(({ accessKeyId }) => accessKeyId === accessKey.accessKeyId);
    }
  }
}

async function loadUntil<T>(list: PagedResource<T>, isIt: (item: T) => boolean): Promise<boolean> {
  await list.load();
  for (let page = 1; page < mostPages; page++) {
    if (list.value?.items.some(isIt)) return true;
    if (list.value?.next === undefined || list.state.status === "failed") return false;
    await list.loadMore();
  }
  return !!list.value?.items.some(isIt);
}
