import { AccountStore } from "../../../src/accounts/accountStore.ts";
import { collectKeys } from "../../../src/inventory/collectKeys.ts";
import { KeySearch } from "../../../src/inventory/keySearch.ts";
import { Session } from "../../../src/session/session.ts";
import { fakeMemory } from "../../support/memory/fakeMemory.ts";
import { usedHeap } from "../../support/memory/heap.ts";
import { median } from "../measure.ts";
import type { Row } from "../row.ts";
import type { BenchAccounts } from "../server.ts";
import { accountOf, clientParts } from "./accountOf.ts";

const mostLeft = 2 * 1024 * 1024;

/** What is left in the extension host of 100,000 keys that were read, once the account is signed out. */
export async function memory({ keys100000 }: BenchAccounts): Promise<Row> {
  const account = accountOf(keys100000);
  const { keychain, memento } = fakeMemory();
  const store = new AccountStore(keychain, memento);
  const readLocalKeys = () => Promise.resolve([]);
  const session = new Session({ store, client: clientParts, readLocalKeys });

  async function useAndSignOut(): Promise<number> {
    await store.save(account);
    await session.reopen();
    const { state } = session;
    if (state.status !== "signedIn") throw new Error("Nobody is signed in.");
    await state.inventory.refresh();
    const search = new KeySearch();
    const miss = ({ error }: { readonly error: Error }) => {
      throw error;
    };
    const sink = { add: (records: Parameters<KeySearch["add"]>[0]) => search.add(records), miss };
    await collectKeys(state.inventory, sink, new AbortController().signal);
    const held = usedHeap();
    if (search.size < 100_000) throw new Error("Keys are missing.");
    await store.remove(account.id);
    await session.reopen();
    return held;
  }

  // What is compiled and pooled the first time stays, whoever reads.
  await useAndSignOut();
  const left: number[] = [];
  const held: number[] = [];
  for (let round = 0; round < 3; round++) {
    const before = usedHeap();
    held.push((await useAndSignOut()) - before);
    left.push(usedHeap() - before);
  }
  session.dispose();
  store.dispose();
  return {
    what: "Memory after 100,000 keys and a sign-out",
    against: "before, the code being warm; V8's heap",
    ratio: undefined,
    goal: "within 2 MB",
    met: median(left) <= mostLeft,
    ours: median(left),
    unit: "bytes",
    rounds: left.length,
    details: `+${mb(median(held))} while they are in use, then ${mb(median(left))}`,
  };
}

function mb(bytes: number): string {
  // Without the sign of a zero.
  return `${(Math.round((bytes / 1024 / 1024) * 10) / 10 + 0).toFixed(1)} MB`;
}
