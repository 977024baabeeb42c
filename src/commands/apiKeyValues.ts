import type { Account } from "../accounts/account.ts";
import {
  changeApiKey,
  renewApiKeyValue,
  valueOf,
  withoutValues,
} from "../changes/apiKeyChanges.ts";
import {
  getApiKey,
  type ApiKey,
  type ApiKeyDetail,
  type ApiKeyValueName,
  type ApiKeyWords,
} from "../ncloud/apiGateway.ts";
import type { ApiKeyRow } from "../inventory/row.ts";
import type { SignedIn } from "../session/session.ts";
import type { ChangeReports, KeyUse } from "../ui/changeDialogs.ts";
import { asOftenAsWanted } from "./asOftenAsWanted.ts";
import { chooseKey, clicked } from "./chooseKeys.ts";
import { accountsAt, sendsValue } from "./keyUses.ts";
import { offerValues, type MakeServices } from "./makeKeys.ts";

/** Copies the primary or the secondary value of an API key, which is fetched for it. */
export async function copyValue(
  services: MakeServices,
  which: ApiKeyValueName,
  args: readonly unknown[],
): Promise<void> {
  const purpose = which === "primary" ? "copyPrimary" : "copySecondary";
  const chosen = await chooseKey(services, "apiKey", purpose, args);
  if (!chosen) return;
  const { client } = chosen.signedIn.inventory;
  const { apiKeyId } = chosen.row.apiKey;
  await asOftenAsWanted(services.messages, "copy", async () => {
    const detail = await services.messages.whileChecking((signal) =>
      getApiKey(client, apiKeyId, signal),
    );
    await services.copySecret(valueOf(detail, which), which, detail.name);
  });
}

/** Changes name or description of an API key; what the person left alone stays what it is at NCP. */
export async function editApiKey(services: MakeServices, args: readonly unknown[]): Promise<void> {
  const chosen = await chooseKey(services, "apiKey", "edit", args);
  if (!chosen) return;
  const { changeDialogs, changeReports, messages } = services;
  const { row, signedIn } = chosen;
  const { inventory } = signedIn;
  const words = await changeDialogs.askApiKeyWords(row.apiKey);
  if (!words) return;
  const changes = changedWords(row.apiKey, words);
  await asOftenAsWanted(messages, "edit", async () => {
    const outcome = await changeDialogs.whileSaving(words.name, (signal) =>
      changeApiKey(inventory.client, row.apiKey.apiKeyId, changes, signal),
    );
    if ("now" in outcome) inventory.show({ kind: "apiKey", apiKey: outcome.now });
    if (outcome.kind === "done") changeReports.edited(words.name);
    else changeReports.uncertain(row, outcome);
  });
}

/** What a person made of words they were shown; somebody else may have changed the rest since. */
function changedWords(shown: ApiKeyWords, now: ApiKeyWords): Partial<ApiKeyWords> {
  return {
    ...(now.name !== shown.name && { name: now.name }),
    ...(now.description !== shown.description && { description: now.description }),
  };
}

/** Replaces one value of an API key. Accounts of this computer that send it to NSML get the new one. */
export async function regenerateApiKey(
  services: MakeServices,
  args: readonly unknown[],
): Promise<void> {
  const chosen = await chooseKey(services, "apiKey", "regenerate", args);
  if (!chosen) return;
  const { row, signedIn } = chosen;
  try {
    const { apiKey } = row;
    const state = await readValues(services, signedIn, apiKey);
    const which = await services.changeDialogs.chooseValue(
      apiKey,
      state.usesOf,
      valueAmong(services, args),
    );
    const detail = which && (await renewValue(services, signedIn, row, which));
    if (detail && detail !== "uncertain") await offerValues(services, detail, [which]);
  } catch (error) {
    if (await services.messages.report("regenerate", error)) {
      await regenerateApiKey(services, args);
    }
  }
}

/** The value whose row the command was called on; the primary one if it was none. */
function valueAmong({ view }: MakeServices, args: readonly unknown[]): ApiKeyValueName {
  const [row] = args[0] === undefined ? [] : (view.rowsOf(clicked(args)) ?? []);
  return row?.kind === "apiKeyValue" ? row.which : "primary";
}

interface ValueUse {
  /** The API key as it is now. */
  readonly apiKey: ApiKey;
  readonly usersOf: (which: ApiKeyValueName) => readonly Account[];
  readonly usesOf: (which: ApiKeyValueName) => readonly KeyUse[];
}

/** Who on this computer sends which value of an API key to NSML. */
async function readValues(
  { session, messages }: MakeServices,
  { inventory }: SignedIn,
  { apiKeyId }: ApiKey,
): Promise<ValueUse> {
  const { client } = inventory;
  const detail = await messages.whileChecking((signal) => getApiKey(client, apiKeyId, signal));
  const accounts = await accountsAt(session.store, client);
  const usersOf = (which: ApiKeyValueName) =>
    accounts.filter((account) => sendsValue(account, detail, which));
  return {
    apiKey: withoutValues(detail),
    usersOf,
    usesOf: (which) => usersOf(which).map(({ label }) => ({ account: label, as: "nsml" })),
  };
}

/**
 * Asks, renews one value, and stores it for the accounts that send it.
 *
 * @returns the API key with its new value; undefined when the person left; `uncertain` when they
 * were told that nobody knows
 *
 * @throws NcloudError when it is certain that the value is what it was
 */
export async function renewValue(
  services: MakeServices,
  signedIn: SignedIn,
  row: ApiKeyRow,
  which: ApiKeyValueName,
): Promise<ApiKeyDetail | "uncertain" | undefined> {
  const { changeDialogs, changeReports } = services;
  const { inventory } = signedIn;
  const { apiKey, usersOf, usesOf } = await readValues(services, signedIn, row.apiKey);
  if (!(await changeDialogs.confirmRenewal(apiKey, which, usesOf(which)))) return undefined;
  const outcome = await changeDialogs.whileRenewing(apiKey, which, (signal) =>
    renewApiKeyValue(inventory.client, apiKey.apiKeyId, which, signal),
  );
  if (outcome.kind !== "done") {
    changeReports.uncertain(row, outcome);
    if (outcome.kind === "unread") sayNotStored(changeReports, usersOf(which));
    return "uncertain";
  }
  const detail = outcome.now;
  inventory.show({ kind: "apiKey", apiKey: withoutValues(detail) });
  inventory.showValues(detail);
  await storeForNsml(services, usersOf(which), detail, which);
  return detail;
}

/**
 * The old value is refused from now on: whoever sends it here gets the new one, and sends it from
 * then on. Of each account that could not get it the person is told.
 */
async function storeForNsml(
  { session, messages, changeReports }: MakeServices,
  users: readonly Account[],
  detail: ApiKeyDetail,
  which: ApiKeyValueName,
): Promise<void> {
  const nsmlApiKey = valueOf(detail, which);
  const left: Account[] = [];
  for (const account of users) {
    const { id, nsmlApiKey: nsmlApiKeyBefore } = account;
    const isStored = await asOftenAsWanted(messages, "chooseApiKey", async () => {
      await session.store.update(id, (stored) =>
        // Another value may have been chosen for it meanwhile.
        nsmlApiKeyBefore && stored.nsmlApiKey?.equals(nsmlApiKeyBefore)
          ? { ...stored, nsmlApiKey }
          : stored,
      );
      return true;
    });
    if (!isStored) left.push(account);
  }
  if (users.length > 0) await session.reopen();
  sayNotStored(changeReports, left);
}

function sayNotStored(changeReports: ChangeReports, left: readonly Account[]): void {
  if (left.length > 0) changeReports.notStoredForNsml(left.map(({ label }) => label));
}
