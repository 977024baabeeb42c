import { KeySearch } from "../../../src/inventory/keySearch.ts";
import { takeTurns } from "../measure.ts";
import { meanOf, timeShares } from "../timeShares.ts";
import type { Profile } from "../row.ts";
import type { BenchAccounts } from "../server.ts";
import { BareClient } from "./bareClient.ts";
import { readBare, readByUs } from "./readers.ts";

const rounds = 2;

/** What the processor does while an account is read, by us and by the bare loop. */
export async function whereTimeGoes(accounts: BenchAccounts): Promise<Profile> {
  const columns: Profile["columns"][number][] = [];
  for (const [what, account] of [
    ["100,000 API keys", accounts.keys100000],
    ["500 sub accounts", accounts.people],
  ] as const) {
    const client = new BareClient(account);
    const { ours, bare } = await takeTurns(
      {
        ours: () => timeShares(() => readByUs(account, new KeySearch()), 1),
        bare: () => timeShares(() => readBare(client, []), 1),
      },
      // Every reader has run before.
      { rounds, warmUp: 0 },
    );
    client.close();
    columns.push(
      { name: `${what}, ours`, shares: meanOf(ours) },
      { name: `${what}, bare loop`, shares: meanOf(bare) },
    );
  }
  return { title: "Reading an account", columns };
}
