import { KeySearch } from "../../../src/inventory/keySearch.ts";
import { timeShares } from "../timeShares.ts";
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
  const columns: Profile["columns"][number][] = [];
  // Every reader has run before, and each of them is seen in thousands of samples.
  for (const [name, read] of Object.entries(all)) {
    columns.push({ name: `${what}, ${name}`, shares: await timeShares(read, 1) });
  }
  client.close();
  return columns;
}
