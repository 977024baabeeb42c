import { performance } from "node:perf_hooks";
import { AccountStore } from "../../../src/accounts/accountStore.ts";
import type { Row as TreeRow } from "../../../src/inventory/row.ts";
import { Session } from "../../../src/session/session.ts";
import { KeysTree } from "../../../src/sidebar/keysTree.ts";
import { fakeMemory } from "../../support/memory/fakeMemory.ts";
import { takeTurns, timeOf } from "../measure.ts";
import { compared, timeText, type Row } from "../row.ts";
import { farMs, type BenchAccount, type BenchAccounts } from "../server.ts";
import { accountOf, clientParts } from "./accountOf.ts";
import { BareClient } from "./bareClient.ts";

/** Milliseconds that the rows may take beyond one request. */
const allowance = 30;

/** From the editor's question for rows to those of all three groups, against one bare request. */
export async function firstRows({ view, farView }: BenchAccounts): Promise<Row[]> {
  return [
    await rowsAt(view, "answers at once", 25),
    await rowsAt(farView, `answers after ${farMs} ms`, 15),
    await refreshed(view),
  ];
}

async function rowsAt(account: BenchAccount, server: string, rounds: number): Promise<Row> {
  const client = new BareClient(account);
  const { ours, bare } = await takeTurns(
    {
      ours: async () => {
        const view = await openView(account);
        const ms = await timeOf(() => drawAll(view.tree));
        view.dispose();
        return ms;
      },
      bare: () => timeOf(() => client.get("/api/v1/api-keys?offset=0&limit=100")),
    },
    { rounds, warmUp: 5 },
  );
  client.close();
  const figures = compared(ours, bare);
  return {
    what: `View opened → rows of three groups, server ${server}`,
    against: "one bare signed request",
    ...figures,
    goal: `≤ 1 round trip + ${allowance} ms`,
    met: figures.ours <= figures.theirs + allowance,
  };
}

/** A tree whose account is known: its credentials were read before. */
async function openView(account: BenchAccount) {
  const { keychain, memento } = fakeMemory();
  const store = new AccountStore(keychain, memento);
  await store.save(accountOf(account));
  const readLocalKeys = () => Promise.resolve([]);
  const session = new Session({ store, client: clientParts, readLocalKeys });
  const tree = new KeysTree(session);
  await session.open();
  const dispose = () => {
    tree.dispose();
    session.dispose();
    store.dispose();
  };
  return { session, tree, dispose };
}

/** Asks for rows as the editor does, and again where it is told to, until none is loading. */
async function drawAll(tree: KeysTree): Promise<void> {
  const groups = await tree.getChildren();
  const draw = async (group: TreeRow) => {
    const rows = await tree.getChildren(group);
    for (const row of [group, ...rows]) tree.getTreeItem(row);
    if (rows.some(({ kind }) => kind === "failure")) throw new Error("A group has failed.");
    return rows.some(({ kind }) => kind === "loading");
  };
  const waiting = new Set<TreeRow>();
  await new Promise<void>((resolve, reject) => {
    const redraw = async (group: TreeRow) => {
      if (await draw(group)) return;
      waiting.delete(group);
      if (waiting.size === 0) resolve();
    };
    tree.onDidChangeTreeData((group) => {
      if (group) redraw(group).catch(reject);
    });
    for (const group of groups) waiting.add(group);
    for (const group of groups) redraw(group).catch(reject);
  });
}

async function refreshed(account: BenchAccount): Promise<Row> {
  const { session, tree, dispose } = await openView(account);
  await drawAll(tree);
  let events = 0;
  tree.onDidChangeTreeData(() => events++);
  const { state } = session;
  if (state.status !== "signedIn") throw new Error("Nobody is signed in.");
  const start = performance.now();
  await state.inventory.refresh();
  const ms = performance.now() - start;
  dispose();
  return {
    what: "Refresh when nothing changed",
    against: "—",
    ratio: undefined,
    goal: "no tree event",
    met: events === 0,
    details: `${events} events, read again in ${timeText(ms)}`,
  };
}
