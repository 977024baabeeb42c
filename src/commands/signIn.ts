import type { Account, AccountSummary } from "../accounts/account.ts";
import type { KnownAccount } from "../accounts/accountStore.ts";
import { listApiKeys } from "../ncloud/apiGateway.ts";
import type { Secret } from "../ncloud/secret.ts";
import { isSameZone, serviceUrl, type Zone } from "../ncloud/zone.ts";
import { checkCredentials } from "../session/checkCredentials.ts";
import type { Session } from "../session/session.ts";
import type { Answer } from "../ui/prompts.ts";
import { asOftenAsWanted } from "./asOftenAsWanted.ts";
import { askInTurn, keep, type Step } from "./askInTurn.ts";
import { firstApiKeys, nsmlApiKeyOf, type NsmlApiKey } from "./nsmlApiKey.ts";
import type { Services } from "./services.ts";

interface Draft {
  zone?: Zone;
  accessKeyId?: string;
  secretKey?: Secret;
  nsml?: NsmlApiKey;
}

/** Asks for credentials step by step, checks them, and only then keeps them. */
export async function signIn(
  services: Pick<Services, "session" | "signInPrompts" | "messages">,
): Promise<void> {
  const { session, signInPrompts: prompts, messages } = services;
  const draft: Draft = {};
  const clientOf = (secretKey: Secret) =>
    session.clientFor({
      zone: draft.zone ?? { kind: "public" },
      accessKeyId: draft.accessKeyId ?? "",
      secretKey,
    });
  const steps: readonly Step[] = [
    async (position) => keep(await prompts.askZone(position, draft.zone), (v) => (draft.zone = v)),
    async (position) =>
      keep(
        await prompts.askAccessKeyId(position, draft.accessKeyId ?? ""),
        (value) => (draft.accessKeyId = value),
      ),
    async (position) =>
      keep(
        await prompts.askSecretKey(position, (secretKey, signal) =>
          checkCredentials(clientOf(secretKey), signal),
        ),
        (value) => (draft.secretKey = value),
      ),
    async (position) => {
      const { zone, secretKey } = draft;
      if (!zone || !secretKey || serviceUrl(zone, "nsml") === undefined) return given;
      const client = clientOf(secretKey);
      const list = (signal: AbortSignal) => listApiKeys(client, firstApiKeys, signal);
      for (;;) {
        const answer = await prompts.askNsmlApiKey(position, list);
        if (answer.kind !== "given") return answer;
        const nsml = await nsmlApiKeyOf(services, client, answer.value);
        if (nsml.kind === "given") return keep(nsml, (value) => (draft.nsml = value));
        // A value that could not be fetched costs nobody the credentials typed before it.
      }
    },
  ];
  if ((await askInTurn(steps)).kind !== "given") return;

  const { zone, accessKeyId, secretKey, nsml = {} } = draft;
  if (!zone || accessKeyId === undefined || !secretKey) return;
  const place = zone.kind === "custom" ? new URL(zone.origin).host : prompts.nameOfZone(zone);
  const name = `${place} …${accessKeyId.slice(-4)}`;
  const account = { zone, accessKeyId, secretKey, ...nsml };
  // What was typed is kept for as long as the person wants to try.
  await asOftenAsWanted(messages, "signIn", async () => {
    messages.signedIn(await keepAccount(session, account, name, "renewMissing"));
  });
}

const given: Answer<undefined> = { kind: "given", value: undefined };

type NewAccount = Pick<
  Account,
  "zone" | "accessKeyId" | "secretKey" | "nsmlApiKey" | "nsmlApiKeyId"
>;

/**
 * Keeps checked credentials and makes them the active account. The account that signs with this
 * access key already is renewed; on request so is the active one whose credentials went missing.
 *
 * @param name how a new account is called, with a number when another one is called so
 * @throws KeychainError
 */
export async function keepAccount(
  { store }: Pick<Session, "store">,
  account: NewAccount,
  name: string,
  renewal?: "renewMissing",
): Promise<string> {
  const { label } = await store.saveChosen((known) => {
    for (const { stored } of known) {
      if (stored.status !== "present" || !isSameSigner(stored.account, account)) continue;
      // What is not given again stays: a second import must not take the API key for NSML away.
      const { nsmlApiKey, nsmlApiKeyId } = account.nsmlApiKey ? account : stored.account;
      return { ...stored.account, ...account, nsmlApiKey, nsmlApiKeyId };
    }
    const { id, label } = (renewal && accountToRenew(known)) ?? {
      id: store.newId(),
      label: freeLabel(name, new Set(known.map((other) => other.label))),
    };
    return { ...account, id, label, subAccountIds: [] };
  });
  return label;
}

function accountToRenew(known: readonly KnownAccount[]): AccountSummary | undefined {
  return known.find(
    ({ isActive, stored }) =>
      isActive && (stored.status === "missing" || stored.status === "unreadable"),
  );
}

function isSameSigner(a: NewAccount, b: NewAccount): boolean {
  return a.accessKeyId === b.accessKeyId && isSameZone(a.zone, b.zone);
}

function freeLabel(label: string, taken: ReadonlySet<string>): string {
  if (!taken.has(label)) return label;
  let number = 2;
  while (taken.has(`${label} ${number}`)) number++;
  return `${label} ${number}`;
}
