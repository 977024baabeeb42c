/**
 * The accounts that the bench reads, served by a process of their own: what answers must not take
 * the time of what asks. Tells its parent where they are.
 */
import { randomBytes } from "node:crypto";
import { startSandbox, type Sandbox, type SandboxOptions } from "../sandbox/sandbox.ts";

/** Where an account is, and who may ask for it. All of it is made up, and new on every run. */
export interface BenchAccount {
  readonly origin: string;
  readonly accessKeyId: string;
  readonly secretKey: string;
  /** The value of an API key, for NSML. */
  readonly apiKey: string;
}

/** What an account has, and milliseconds that each of its answers takes. */
interface Plan extends SandboxOptions {
  readonly delayMs?: number;
}

/** What takes a while to answer is far away, or as near as a server in the same country. */
export const farMs = 100;
export const nearMs = 20;

/** Accounts with nothing but API keys; two with sub accounts; and two with a view to look at. */
const plans = {
  keys1000: { apiKeys: 1_000, subAccounts: 0, authKeys: 0 },
  keys10000: { apiKeys: 10_000, subAccounts: 0, authKeys: 0 },
  keys100000: { apiKeys: 100_000, subAccounts: 0, authKeys: 0 },
  farKeys: { apiKeys: 100_000, subAccounts: 0, authKeys: 0, delayMs: farMs },
  people: { apiKeys: 1, subAccounts: 500, authKeys: 0 },
  nearPeople: { apiKeys: 1, subAccounts: 500, authKeys: 0, delayMs: nearMs },
  view: { apiKeys: 104, subAccounts: 5, authKeys: 3 },
  farView: { apiKeys: 104, subAccounts: 5, authKeys: 3, delayMs: farMs },
} satisfies Record<string, Plan>;

export type BenchAccounts = Readonly<Record<keyof typeof plans, BenchAccount>>;

/** What each of the 500 sub accounts has. */
const accessKeysEach = 2;

async function main(): Promise<void> {
  const accounts = new Map<string, BenchAccount>();
  for (const [name, { delayMs, ...plan }] of Object.entries<Plan>(plans)) {
    const sandbox = await startSandbox({ ...plan, looksBeforeReads: false });
    if (plan.subAccounts === 500) giveAccessKeys(sandbox);
    if (delayMs !== undefined) sandbox.addFault({ kind: "delay", milliseconds: delayMs });
    const { origin, accessKeyId, secretKey, apiKeyValue: apiKey } = sandbox;
    accounts.set(name, { origin, accessKeyId, secretKey, apiKey });
  }
  process.send!(Object.fromEntries(accounts));
  process.once("disconnect", () => process.exit());
}

function giveAccessKeys({ state }: Sandbox): void {
  const [pattern] = state.accessKeys;
  for (const subAccount of state.subAccounts) {
    subAccount.accessKeys = Array.from({ length: accessKeysEach }, (_, index) => ({
      ...pattern!,
      accessKey: `ncp_iam_${randomBytes(10).toString("hex").toUpperCase()}`,
      active: index === 0,
    }));
  }
}

if (process.send) await main();
