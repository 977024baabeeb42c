import { KeySearch } from "../../../src/inventory/keySearch.ts";
import { processorTime } from "../processorTime.ts";
import type { Profile } from "../row.ts";
import type { BenchAccounts } from "../server.ts";
import { BareClient } from "./bareClient.ts";
import { readBare, readByUs } from "./readers.ts";

const times = 5;

/** What the processor does while an account is read, by us and by the bare loop. */
export async function whereTimeGoes(accounts: BenchAccounts): Promise<Profile> {
  const columns: Profile["columns"][number][] = [];
  for (const [what, account] of [
    ["100,000 API keys", accounts.keys100000],
    ["500 sub accounts", accounts.people],
  ] as const) {
    const client = new BareClient(account);
    for (const [side, read] of [
      ["ours", () => readByUs(account, new KeySearch())],
      ["bare loop", () => readBare(client, [])],
    ] as const) {
      await read();
      columns.push({ name: `${what}, ${side}`, shares: await processorTime(read, times) });
    }
    client.close();
  }
  return { title: "Reading an account", columns };
}
