import type { Account } from "../accounts/account.ts";
import { getApiKey, listApiKeys, type ApiKey } from "../ncloud/apiGateway.ts";
import type { NcloudClient } from "../ncloud/ncloudClient.ts";
import { NcloudError } from "../ncloud/ncloudError.ts";
import { listAuthKeys } from "../ncloud/nsml.ts";
import type { SignedIn } from "../session/session.ts";
import type { Answer, NsmlApiKeyChoice } from "../ui/prompts.ts";
import { requireSignedIn } from "./requireSignedIn.ts";
import type { Services } from "./services.ts";

export type NsmlApiKey = Pick<Account, "nsmlApiKey" | "nsmlApiKeyId">;

/** The value behind a choice. The value of a picked API key is fetched, so that nobody pastes it. */
export async function nsmlApiKeyOf(
  { messages }: Pick<Services, "messages">,
  client: NcloudClient,
  choice: NsmlApiKeyChoice,
): Promise<Answer<NsmlApiKey>> {
  switch (choice.kind) {
    case "skip":
      return { kind: "given", value: {} };
    case "pasted":
      return { kind: "given", value: { nsmlApiKey: choice.value, nsmlApiKeyId: undefined } };
    case "picked":
      return fetchValue(messages, client, choice.apiKey);
  }
}

async function fetchValue(
  messages: Services["messages"],
  client: NcloudClient,
  { apiKeyId }: ApiKey,
): Promise<Answer<NsmlApiKey>> {
  for (;;) {
    try {
      const detail = await messages.whileChecking((signal) => getApiKey(client, apiKeyId, signal));
      return { kind: "given", value: { nsmlApiKey: detail.primaryKey, nsmlApiKeyId: apiKeyId } };
    } catch (error) {
      if (!(await messages.report("chooseApiKey", error))) return { kind: "cancelled" };
    }
  }
}

/**
 * Sets the API key that NSML requests carry: the one whose row this is about, or one that is asked
 * for. It is tried before it is kept.
 */
export async function useApiKeyForNsml(
  services: Pick<Services, "session" | "view" | "signInPrompts" | "messages">,
  args: readonly unknown[],
): Promise<void> {
  const rows = args.length === 0 ? [] : services.view.rowsOf(args);
  const row = rows?.[0];
  if (!rows || (row && row.kind !== "apiKey")) {
    services.messages.notARow();
    return;
  }
  const signedIn = await requireSignedIn(services);
  if (signedIn) await chooseNsmlApiKey(services, signedIn, row?.apiKey);
}

/** True when an API key was chosen, tried and kept. */
export async function chooseNsmlApiKey(
  services: Pick<Services, "session" | "signInPrompts" | "messages">,
  { account, inventory }: SignedIn,
  apiKey?: ApiKey,
): Promise<boolean> {
  const { session, signInPrompts, messages } = services;
  if (inventory.nsml === "notInZone") {
    messages.nsmlNotInZone();
    return false;
  }
  const choice: Answer<NsmlApiKeyChoice> = apiKey
    ? { kind: "given", value: { kind: "picked", apiKey } }
    : await signInPrompts.askNsmlApiKey(undefined, async (signal) => {
        const page = { offset: 0, limit: 100 };
        return (await listApiKeys(inventory.client, page, signal)).apiKeys;
      });
  if (choice.kind !== "given") return false;
  const chosen = await nsmlApiKeyOf(services, inventory.client, choice.value);
  if (chosen.kind !== "given") return false;
  const client = session.clientFor({ ...account, ...chosen.value });
  for (;;) {
    try {
      await messages.whileChecking((signal) => tryNsml(client, signal));
      await session.store.update(account.id, (stored) => ({ ...stored, ...chosen.value }));
      await session.reopen();
      messages.usesApiKey(choice.value.kind === "picked" ? choice.value.apiKey.name : undefined);
      return true;
    } catch (error) {
      if (!(await messages.report("chooseApiKey", error))) return false;
    }
  }
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
