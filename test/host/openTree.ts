import assert from "node:assert/strict";
import type { Account } from "../../src/accounts/account.ts";
import { AccountStore } from "../../src/accounts/accountStore.ts";
import type { LocalKey } from "../../src/inventory/localKeyIndex.ts";
import type { Clock } from "../../src/ncloud/clock.ts";
import type { Transport } from "../../src/ncloud/transport.ts";
import { Secret } from "../../src/ncloud/secret.ts";
import { Session } from "../../src/session/session.ts";
import { KeysTree } from "../../src/sidebar/keysTree.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { fakeMemory } from "../support/memory/fakeMemory.ts";

/** The account of a sandbox, with all of its secrets. */
export function accountAt(sandbox: Sandbox, id: string): Account {
  return {
    id,
    label: id,
    zone: { kind: "custom", origin: sandbox.origin },
    accessKeyId: sandbox.accessKeyId,
    secretKey: new Secret(sandbox.secretKey),
    nsmlApiKey: new Secret(sandbox.apiKeyValue),
    subAccountIds: [],
  };
}

/** The tree of somebody who is signed in to this account. */
export async function openTree(
  account: Account,
  wire: { readonly transport: Transport; readonly clock: Clock },
  localKeys: readonly LocalKey[] = [],
) {
  const { keychain, memento } = fakeMemory();
  const store = new AccountStore(keychain, memento);
  const session = new Session({
    store,
    client: { ...wire, log: () => undefined },
    readLocalKeys: () => Promise.resolve(localKeys),
  });
  const tree = new KeysTree(session);
  await store.save(account);
  const state = await session.open();
  assert.ok(state.status === "signedIn");
  const close = () => {
    tree.dispose();
    session.dispose();
    store.dispose();
  };
  return { tree, inventory: state.inventory, close };
}
