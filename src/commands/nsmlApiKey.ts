import type { Inventory } from "../inventory/inventory.ts";
import type { Account } from "../accounts/account.ts";
import { getApiKey, listApiKeys, type ApiKey } from "../ncloud/apiGateway.ts";
import type { NcloudClient } from "../ncloud/ncloudClient.ts";
import { NcloudError } from "../ncloud/ncloudError.ts";
import { listAuthKeys } from "../ncloud/nsml.ts";
import type { SignedIn } from "../session/session.ts";
import type { Answer, NsmlApiKeyChoice } from "../ui/prompts.ts";
import { asOftenAsWanted } from "./asOftenAsWanted.ts";
import { clicked } from "./chooseKeys.ts";
import { requireSignedIn } from "./requireSignedIn.ts";
import type { Services } from "./services.ts";

export type NsmlApiKey = Pick<Account, "nsmlApiKey" | "nsmlApiKeyId">;

/** The API keys that are offered for NSML: as many as a person would look through. */
export const firstApiKeys = { offset: 0, limit: 1000 };

/** The value behind a choice. The value of a picked API key is fetched, so that nobody pastes it. */
async function readChoice(
  client: NcloudClient,
  choice: NsmlApiKeyChoice,
  signal: AbortSignal,
): Promise<NsmlApiKey> {
  switch (choice.kind) {
    case "skip":
      return {};
    case "pasted":
      return { nsmlApiKey: choice.value, nsmlApiKeyId: undefined };
    case "picked": {
      const { apiKeyId } = choice.apiKey;
      const { primaryKey } = await getApiKey(client, apiKeyId, signal);
      return { nsmlApiKey: primaryKey, nsmlApiKeyId: apiKeyId };
    }
  }
}

/** Reads a choice as often as the person wants to try. */
export async function nsmlApiKeyOf(
  { messages }: Pick<Services, "messages">,
  client: NcloudClient,
  choice: NsmlApiKeyChoice,
): Promise<Answer<NsmlApiKey>> {
  if (choice.kind !== "picked") {
    return { kind: "given", value: await readChoice(client, choice, new AbortController().signal) };
  }
  const value = await asOftenAsWanted(messages, "chooseApiKey", () =>
    messages.whileChecking((signal) => readChoice(client, choice, signal)),
  );
  return value ? { kind: "given", value } : { kind: "cancelled" };
}

/**
 * Sets the API key that NSML requests carry: the one whose row this is about, or one that is asked
 * for. It is tried before it is kept.
 */
export async function useApiKeyForNsml(
  services: Pick<Services, "session" | "view" | "signInPrompts" | "messages">,
  args: readonly unknown[],
): Promise<void> {
  // A row is where the cursor begins, not a choice: the editor gives the row with the focus to a
  // command in the view's title as well.
  const rows = args[0] === undefined ? [] : services.view.rowsOf(clicked(args));
  if (!rows) {
    services.messages.notARow();
    return;
  }
  const [row] = rows;
  const signedIn = await requireSignedIn(services);
  if (!signedIn) return;
  await chooseNsmlApiKey(services, signedIn, row?.kind === "apiKey" ? row.apiKey : undefined);
}

/** True when an API key was chosen, tried and kept. */
async function chooseNsmlApiKey(
  services: Pick<Services, "session" | "signInPrompts" | "messages">,
  { account, inventory }: SignedIn,
  suggested?: ApiKey,
): Promise<boolean> {
  const { session, signInPrompts, messages } = services;
  if (inventory.nsml === "notInZone") {
    messages.nsmlNotInZone();
    return false;
  }
  const choice = await signInPrompts.askNsmlApiKey(
    undefined,
    (signal) => listApiKeys(inventory.client, firstApiKeys, signal),
    suggested?.apiKeyId,
  );
  if (choice.kind !== "given") return false;
  const { value: chosen } = choice;
  const isChosen = await asOftenAsWanted(messages, "chooseApiKey", async () => {
    const apiKeyOfNsml = await messages.whileChecking(async (signal) => {
      const read = await readChoice(inventory.client, chosen, signal);
      await tryNsml(session.clientFor({ ...account, ...read }), signal);
      return read;
    });
    await session.store.update(account.id, (stored) => ({ ...stored, ...apiKeyOfNsml }));
    await session.reopen();
    messages.usesApiKey(chosen.kind === "picked" ? chosen.apiKey.name : undefined);
    return true;
  });
  return isChosen ?? false;
}

/** The inventory of who is signed in, once NSML can be asked; what is missing for that is asked for. */
export async function inventoryWithNsml(
  services: Pick<Services, "session" | "signInPrompts" | "messages">,
): Promise<Inventory | undefined> {
  const signedIn = await requireSignedIn(services);
  if (!signedIn) return undefined;
  if (signedIn.inventory.nsml === "ready") return signedIn.inventory;
  if (!(await chooseNsmlApiKey(services, signedIn))) return undefined;
  const { state } = services.session;
  return state.status === "signedIn" ? state.inventory : undefined;
}

/** NSML may be missing for the account; what must not be is an API key it does not know. */
async function tryNsml(client: NcloudClient, signal: AbortSignal): Promise<void> {
  try {
    await listAuthKeys(client, signal);
  } catch (error) {
    const isKept =
      error instanceof NcloudError &&
      ["notSubscribed", "notFound", "noPermission"].includes(error.kind);
    if (!isKept) throw error;
  }
}
