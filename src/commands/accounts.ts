import { findAccountSources, type AccountSource } from "../accounts/accountSources.ts";
import type { AccountList } from "../accounts/accountStore.ts";
import { isLoopbackOrigin } from "../ncloud/zone.ts";
import { checkCredentials } from "../session/checkCredentials.ts";
import { requireSignedIn } from "./requireSignedIn.ts";
import type { Services } from "./services.ts";
import { keepAccount, signIn } from "./signIn.ts";

type AccountServices = Pick<Services, "session" | "accountPrompts" | "messages">;

/** Copies an account once from where NCP's own tools keep theirs. */
export async function importAccount(
  services: AccountServices & Pick<Services, "computer" | "signInPrompts">,
): Promise<void> {
  const { computer, accountPrompts, messages } = services;
  const found = await findAccountSources(computer.sources);
  if (found.sources.length + found.problems.length === 0) {
    if (await messages.noAccountFound(computer.sources.configurePath)) await signIn(services);
    return;
  }
  const source = await accountPrompts.chooseSource(found);
  if (!source) return;
  const { zone } = source;
  // What goes to this very computer leaves it for nobody; the choice above showed it in full.
  const needsConfirming = zone.kind === "custom" && !isLoopbackOrigin(zone.origin);
  if (needsConfirming && !(await accountPrompts.confirmOrigin(zone.origin))) return;
  await importSource(services, source);
}

async function importSource(services: AccountServices, source: AccountSource): Promise<void> {
  const { session, messages } = services;
  const { place, zone, accessKeyId, secretKey } = source;
  const client = session.clientFor({ zone, accessKeyId, secretKey });
  const name = services.accountPrompts.nameOfSource(place);
  try {
    const problem = await messages.whileChecking((signal) => checkCredentials(client, signal));
    if (problem) throw problem;
    messages.signedIn(await keepAccount(session, { zone, accessKeyId, secretKey }, name));
  } catch (error) {
    if (await messages.report("import", error)) await importSource(services, source);
  }
}

export async function switchAccount(
  services: AccountServices & Pick<Services, "signInPrompts">,
): Promise<void> {
  const { session, accountPrompts, messages } = services;
  const list = await accountsOf(services, "switchAccount");
  if (!list) return;
  const [only, second] = list.accounts;
  if (only && !second) {
    if (await messages.onlyAccount(only.label)) await signIn(services);
    return;
  }
  const account = await accountPrompts.chooseAccount("switch", list.accounts, list.active);
  if (!account) return;
  try {
    await session.store.activate(account.id);
    messages.switchedTo(account.label);
  } catch (error) {
    await messages.report("switchAccount", error);
  }
}

export async function renameAccount(services: AccountServices): Promise<void> {
  const { session, accountPrompts, messages } = services;
  const list = await accountsOf(services, "renameAccount");
  const account = list && (await oneOf(services, "rename", list));
  if (!account) return;
  const others = list.accounts.filter(({ id }) => id !== account.id);
  const label = await accountPrompts.askLabel(account, new Set(others.map((item) => item.label)));
  if (label === undefined) return;
  try {
    await session.store.update(account.id, (stored) => ({ ...stored, label }));
    messages.renamed(label);
  } catch (error) {
    await messages.report("renameAccount", error);
  }
}

export async function signOut(services: AccountServices): Promise<void> {
  const { session, accountPrompts, messages } = services;
  const list = await accountsOf(services, "signOut");
  const account = list && (await oneOf(services, "signOut", list));
  if (!account || !(await accountPrompts.confirmSignOut(account))) return;
  try {
    await session.store.remove(account.id);
    messages.signedOut(account.label);
  } catch (error) {
    await messages.report("signOut", error);
  }
}

export async function removeAllCredentials(services: AccountServices): Promise<void> {
  const { session, accountPrompts, messages } = services;
  const list = await accountsOf(services, "removeAll");
  if (!list || !(await accountPrompts.confirmRemoveAll(list.accounts))) return;
  try {
    await session.store.removeAll();
    messages.removedAll();
  } catch (error) {
    await messages.report("removeAll", error);
  }
}

/** Adds a sub account by its ID, for who may not list sub accounts. */
export async function addSubAccountId(
  services: AccountServices & Pick<Services, "signInPrompts">,
): Promise<void> {
  const { session, accountPrompts, messages } = services;
  const signedIn = await requireSignedIn(services);
  if (!signedIn) return;
  const { account } = signedIn;
  const subAccountId = await accountPrompts.askSubAccountId(new Set(account.subAccountIds));
  if (subAccountId === undefined) return;
  try {
    await session.store.update(account.id, (stored) => ({
      ...stored,
      subAccountIds: [...new Set([...stored.subAccountIds, subAccountId])],
    }));
    messages.subAccountIdAdded(subAccountId);
  } catch (error) {
    await messages.report("addSubAccountId", error);
  }
}

/** Takes a sub account that was added by its ID out of the list again. */
export async function removeSubAccountId(
  { session, view, messages }: Pick<Services, "session" | "view" | "messages">,
  args: readonly unknown[],
): Promise<void> {
  const row = view.rowsOf(args)?.[0];
  if (row?.kind !== "subAccount" || session.state.status !== "signedIn") {
    messages.notARow();
    return;
  }
  try {
    await session.store.update(session.state.account.id, (stored) => ({
      ...stored,
      subAccountIds: stored.subAccountIds.filter((id) => id !== row.subAccountId),
    }));
  } catch (error) {
    await messages.report("removeSubAccountId", error);
  }
}

/** The accounts, where there are any; otherwise the person is told why not. */
async function accountsOf(
  { session, messages }: AccountServices,
  doing: "switchAccount" | "renameAccount" | "signOut" | "removeAll",
): Promise<AccountList | undefined> {
  try {
    const list = await session.store.list();
    if (list.accounts.length > 0) return list;
    messages.nothingStored();
  } catch (error) {
    await messages.report(doing, error);
  }
  return undefined;
}

function oneOf(
  { accountPrompts }: AccountServices,
  purpose: "rename" | "signOut",
  { accounts, active }: AccountList,
) {
  return accounts.length === 1
    ? accounts[0]
    : accountPrompts.chooseAccount(purpose, accounts, active);
}
