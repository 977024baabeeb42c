import type { Account } from "../accounts/account.ts";
import { NcloudError } from "../ncloud/ncloudError.ts";
import type { NewAccessKey } from "../ncloud/subAccount.ts";
import { checkCredentials } from "../session/checkCredentials.ts";
import type { SignedIn } from "../session/session.ts";
import { asOftenAsWanted } from "./asOftenAsWanted.ts";
import { accountsAt } from "./keyUses.ts";
import type { RotateServices } from "./makeRoom.ts";

/** Which of the accounts that signed with an access key sign with the new one now. */
export type Replaced = "everywhere" | "somewhere" | "nowhere";

/**
 * Has the accounts of this computer that sign with the old key sign with the new one, once NCP
 * accepts it. Each is an entry of its own in the keychain: the person is told which were left.
 */
export async function replaceCredentials(
  services: RotateServices,
  signedIn: SignedIn,
  oldId: string,
  newKey: NewAccessKey,
): Promise<Replaced> {
  const accounts = await accountsOnceAccepted(services, signedIn, oldId, newKey);
  const left: string[] = [];
  for (const account of accounts) {
    if (!(await replaceIn(services, account, newKey))) left.push(account.label);
  }
  if (left.length > 0) services.rotateDialogs.notReplaced(oldId, left);
  else if (accounts.length > 0) return "everywhere";
  return left.length < accounts.length ? "somewhere" : "nowhere";
}

/** The accounts that sign with the old key; none when the new one is not accepted. */
async function accountsOnceAccepted(
  { session, messages }: RotateServices,
  { inventory }: SignedIn,
  oldId: string,
  { accessKeyId, secretKey }: NewAccessKey,
): Promise<readonly Account[]> {
  const { zone } = inventory.client.credentials;
  const client = session.clientFor({ zone, accessKeyId, secretKey });
  for (;;) {
    try {
      const problem = await messages.whileChecking((signal) => checkCredentials(client, signal));
      if (problem) throw problem;
      const accounts = await accountsAt(session.store, inventory.client);
      return accounts.filter((account) => account.accessKeyId === oldId);
    } catch (error) {
      if (error instanceof NcloudError && error.kind === "cancelled") return [];
      if (!(await messages.report("rotate", error))) return [];
    }
  }
}

/** True once the account signs with the new key; false when the person gives it up. */
async function replaceIn(
  { session, messages }: RotateServices,
  { id, accessKeyId: oldId }: Account,
  { accessKeyId, secretKey }: NewAccessKey,
): Promise<boolean> {
  const isDone = await asOftenAsWanted(messages, "rotate", async () => {
    await session.store.update(id, (stored) =>
      // It may have got other credentials meanwhile, in this window or another.
      stored.accessKeyId === oldId ? { ...stored, accessKeyId, secretKey } : stored,
    );
    return true;
  });
  return isDone ?? false;
}
