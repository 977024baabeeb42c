import { KeySearch } from "../../../src/inventory/keySearch.ts";
import { takeTurns } from "../measure.ts";
import { meanOf, timeShares } from "../timeShares.ts";
import type { Profile } from "../row.ts";
import type { BenchAccount, BenchAccounts } from "../server.ts";
import { BareClient } from "./bareClient.ts";
import { exportByUs, healthByUs, readBare, readByUs } from "./readers.ts";

/** Where the time goes while an account is read, by us and by the bare loop. */
export async function whereTimeGoes({ keys100000, people }: BenchAccounts): Promise<Profile> {
  return {
    title: "Reading an account",
    columns: [
      ...(await columnsOf(keys100000, "100,000 API keys", {
        ours: () => readByUs(keys100000, new KeySearch()),
        CSV: () => exportByUs(keys100000, []),
        "key health": () => healthByUs(keys100000, []),
      })),
      ...(await columnsOf(people, "500 sub accounts", {
        ours: () => readByUs(people, new KeySearch()),
      })),
    ],
  };
}

async function columnsOf(
  account: BenchAccount,
  what: string,
  readers: Readonly<Record<string, () => unknown>>,
): Promise<Profile["columns"]> {
  const client = new BareClient(account);
  const all = { ...readers, "bare loop": () => readBare(client, []) };
  const sides = Object.entries(all).map(
    ([name, read]) => [name, () => timeShares(read, 1)] as const,
  );
  // Every reader has run before, and each of them is seen in thousands of samples.
  const shares = await takeTurns(Object.fromEntries(sides), { rounds: 1, warmUp: 0 });
  client.close();
  return Object.entries(shares).map(([name, each]) => {
    return { name: `${what}, ${name}`, shares: meanOf(each) };
  });
}
