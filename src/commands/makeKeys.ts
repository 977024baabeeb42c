import { makeAccessKey } from "../changes/accessKeyChanges.ts";
import { makeApiKey, valueOf, withoutValues } from "../changes/apiKeyChanges.ts";
import type { Inventory } from "../inventory/inventory.ts";
import { rowIdOfPlace, type SubAccountRow } from "../inventory/row.ts";
import type { ApiKeyDetail, ApiKeyValueName, ApiKeyWords } from "../ncloud/apiGateway.ts";
import { NcloudError } from "../ncloud/ncloudError.ts";
import type { NewAccessKey } from "../ncloud/subAccount.ts";
import type { Zone } from "../ncloud/zone.ts";
import type { SignedIn } from "../session/session.ts";
import type { SecretState } from "../ui/secretDialogs.ts";
import { asOftenAsWanted } from "./asOftenAsWanted.ts";
import { changeAccessKey } from "./changeAccessKey.ts";
import { areRowsOf, chooseSubAccount, clicked } from "./chooseKeys.ts";
import { requireSignedIn } from "./requireSignedIn.ts";
import type { Services } from "./services.ts";
import { keepAccount } from "./signIn.ts";

export type MakeServices = Pick<
  Services,
  | "session"
  | "view"
  | "messages"
  | "signInPrompts"
  | "keyPrompts"
  | "changeDialogs"
  | "changeReports"
  | "secretDialogs"
  | "copySecret"
>;

/** Makes an API key, and offers its two values. */
export async function createApiKey(services: MakeServices): Promise<void> {
  const signedIn = await requireSignedIn(services);
  if (!signedIn) return;
  const words = await services.changeDialogs.askApiKeyWords(undefined);
  if (words) await createNamed(services, signedIn, words);
}

/** Tries as often as the person wants to, so that what they typed is not lost. */
async function createNamed(
  services: MakeServices,
  { inventory }: SignedIn,
  words: ApiKeyWords,
): Promise<void> {
  const { messages, view, changeDialogs, changeReports } = services;
  await asOftenAsWanted(messages, "create", async () => {
    const outcome = await changeDialogs.whileCreating("apiKey", words.name, (signal) =>
      makeApiKey(inventory.client, words, signal),
    );
    if (outcome.kind !== "done") {
      changeReports.creationUncertain(outcome.kind === "unsettled" ? outcome.error : undefined);
      return;
    }
    const detail = outcome.now;
    inventory.show({ kind: "apiKey", apiKey: withoutValues(detail) });
    const place = { kind: "apiKey", apiKeyId: detail.apiKeyId } as const;
    await view.reveal(rowIdOfPlace(inventory.accountId, place));
    await offerValues(services, detail, ["primary", "secondary"]);
  });
}

/** Copies one of an API key's new values, if the person wants one: as often as that fails. */
export async function offerValues(
  { secretDialogs, copySecret, messages }: MakeServices,
  detail: ApiKeyDetail,
  values: readonly ApiKeyValueName[],
): Promise<void> {
  const which = await secretDialogs.offerValues(detail.name, values);
  // To try that again must not make the key, or the value, anew.
  if (which) {
    await asOftenAsWanted(messages, "copy", () =>
      copySecret(valueOf(detail, which), which, detail.name),
    );
  }
}

/** Makes an access key for a sub account, and hands its secret key over. */
export async function createAccessKey(
  services: MakeServices,
  args: readonly unknown[],
): Promise<void> {
  const given = args[0] === undefined ? undefined : ownerAmong(services, args);
  const signedIn = given === "none" ? undefined : await requireSignedIn(services);
  if (given === "none" || (signedIn && given && !areRowsOf(signedIn, [given]))) {
    services.messages.notARow();
    return;
  }
  if (!signedIn) return;
  const { inventory } = signedIn;
  const owner = given ?? (await chooseSubAccount(services, inventory, "createAccessKey"));
  if (owner) await createFor(services, inventory, owner);
}

async function createFor(
  services: MakeServices,
  inventory: Inventory,
  owner: SubAccountRow,
): Promise<void> {
  if (!(await services.secretDialogs.confirmCreation(nameOf(owner)))) return;
  await asOftenAsWanted(services.messages, "create", async () => {
    const newKey = await makeKeyOf(services, inventory, owner);
    const signInAs = { zone: inventory.client.credentials.zone, name: nameOf(owner) };
    if (newKey) await handOver(services, newKey, { state: "untaken", signInAs });
  });
}

function ownerAmong({ view }: MakeServices, args: readonly unknown[]): SubAccountRow | "none" {
  const row = view.rowsOf(clicked(args))?.[0];
  // What stands below a sub account, be it a key or that there is none, stands for it.
  const owner = [row, row?.parent].find((one) => one?.kind === "subAccount");
  return owner ?? "none";
}

export function nameOf({ subAccount, subAccountId }: SubAccountRow): string {
  return subAccount?.loginId ?? subAccountId;
}

/**
 * The new access key, shown in the tree. Undefined when its secret key was lost with the answer, or
 * when nobody can say whether there is one; the person was told then.
 *
 * @throws NcloudError when it is certain that none was made
 */
export async function makeKeyOf(
  services: MakeServices,
  inventory: Inventory,
  owner: SubAccountRow,
): Promise<NewAccessKey | undefined> {
  const { changeDialogs, changeReports } = services;
  const { subAccountId } = owner;
  const made = await changeDialogs.whileCreating("accessKey", nameOf(owner), (signal) =>
    makeAccessKey(inventory.client, subAccountId, signal),
  );
  switch (made.kind) {
    case "created":
      void made.accessKeys.then((accessKeys) => {
        if (accessKeys) inventory.show({ kind: "accessKeys", subAccountId, accessKeys });
      });
      return made.newKey;
    case "secretLost":
      inventory.show({ kind: "accessKeys", subAccountId, accessKeys: made.accessKeys });
      await offerToDelete(services, inventory, subAccountId, made.accessKeyId);
      return undefined;
    case "unsettled":
      changeReports.creationUncertain(made.error);
      return undefined;
  }
}

/** An access key that nobody has the secret of is good for nothing. */
async function offerToDelete(
  services: MakeServices,
  inventory: Inventory,
  subAccountId: string,
  accessKeyId: string,
): Promise<void> {
  if (!(await services.secretDialogs.secretLost(accessKeyId))) return;
  // To try that again must not make another key.
  const isGone = await asOftenAsWanted(services.messages, "delete", () =>
    deleteUnused(services, inventory, subAccountId, accessKeyId),
  );
  if (isGone) services.changeReports.accessKeyDeleted(accessKeyId);
}

/**
 * Whether the key is gone; where that is not certain, the person was told.
 *
 * @throws NcloudError when it is certain that it is still there
 */
export async function deleteUnused(
  { changeDialogs, changeReports }: MakeServices,
  inventory: Inventory,
  subAccountId: string,
  accessKeyId: string,
): Promise<boolean> {
  const outcome = await changeDialogs.whileChangingAccessKey("delete", accessKeyId, (signal) =>
    changeAccessKey(inventory, subAccountId, accessKeyId, "delete", signal),
  );
  if (outcome.kind !== "done") changeReports.uncertainAccessKey(accessKeyId, outcome);
  return outcome.kind === "done";
}

interface Handover {
  readonly state: SecretState;
  /** The account to add when the person signs in with the new key; without one they cannot. */
  readonly signInAs?: { readonly zone: Zone; readonly name: string };
}

/** Hands a secret key over until the person has it, which is true, or gives it up. */
export async function handOver(
  { session, messages, secretDialogs, copySecret }: MakeServices,
  newKey: NewAccessKey,
  { state: before, signInAs }: Handover,
): Promise<boolean> {
  const { accessKeyId, secretKey } = newKey;
  for (let state = before; ;) {
    switch (await secretDialogs.offerAccessKey(newKey, state, signInAs !== undefined)) {
      case "copySecret":
        // Whatever the clipboard or the keychain does, the secret key is still in hand and offered again.
        try {
          await copySecret(secretKey, "secretKey", accessKeyId);
          state = "copied";
        } catch (error) {
          await messages.report("copy", error);
        }
        break;
      case "signIn":
        if (!signInAs) break;
        try {
          const added = { zone: signInAs.zone, accessKeyId, secretKey };
          messages.signedIn(await keepAccount(session, added, signInAs.name));
          return true;
        } catch (error) {
          await messages.report("signIn", error);
        }
        break;
      case "close":
        if (state === "copied" || state === "inUse") return true;
        if (await secretDialogs.confirmLoss(newKey, state)) return false;
    }
  }
}

/** Whether an error means that the sub account has as many active access keys as it may have. */
export function isLimit(error: unknown): boolean {
  return (
    error instanceof NcloudError && error.kind === "limitReached" && error.facts.status === 409
  );
}
