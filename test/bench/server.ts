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

const view = { apiKeys: 104, subAccounts: 5, authKeys: 3 };

/** Accounts with nothing but API keys; one with sub accounts; and two that are far away. */
const plans = {
  keys1000: { apiKeys: 1_000, subAccounts: 0, authKeys: 0 },
  keys10000: { apiKeys: 10_000, subAccounts: 0, authKeys: 0 },
  keys100000: { apiKeys: 100_000, subAccounts: 0, authKeys: 0 },
  farKeys: { apiKeys: 100_000, subAccounts: 0, authKeys: 0 },
  people: { apiKeys: 1, subAccounts: 500, authKeys: 0 },
  near: view,
  far: view,
} satisfies Record<string, SandboxOptions>;

export type BenchAccounts = Readonly<Record<keyof typeof plans, BenchAccount>>;

/** Milliseconds that an answer of an account that is far away takes. */
export const farMs = 100;
/** What each of the 500 sub accounts has. */
const accessKeysEach = 2;

async function main(): Promise<void> {
  const accounts = new Map<string, BenchAccount>();
  for (const [name, plan] of Object.entries(plans)) {
    const sandbox = await startSandbox(plan);
    if (name === "people") giveAccessKeys(sandbox);
    if (name.startsWith("far")) sandbox.addFault({ kind: "delay", milliseconds: farMs });
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
