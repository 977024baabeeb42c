import type { Inventory } from "../inventory/inventory.ts";
import { isRowOf, type Row, type SubAccountRow } from "../inventory/row.ts";
import { childRows } from "../inventory/rows.ts";
import type { SignedIn } from "../session/session.ts";
import type { KeyRow } from "../ui/changeDialogs.ts";
import type { KeyPurpose, RowSource } from "../ui/prompts.ts";
import { requireSignedIn } from "./requireSignedIn.ts";
import type { Services } from "./services.ts";

export type KeyKind = KeyRow["kind"];

type RowOfKind<Kind extends KeyKind> = Extract<KeyRow, { readonly kind: Kind }>;

export interface ChosenKeys<Kind extends KeyKind> {
  readonly signedIn: SignedIn;
  /** At least one. */
  readonly rows: readonly RowOfKind<Kind>[];
  /** How many rows were selected with them that are of another kind. */
  readonly leftOut: number;
}

type ChooseServices = Pick<
  Services,
  "session" | "view" | "messages" | "signInPrompts" | "keyPrompts"
>;

/**
 * The keys of one kind that a command is about: of the rows it was given those of that kind, or,
 * without rows, those a person chooses. Undefined when there are none; the person was told then.
 *
 * @param purpose what becomes of them
 */
export async function chooseKeys<Kind extends KeyKind>(
  services: ChooseServices,
  kind: Kind,
  purpose: KeyPurpose,
  args: readonly unknown[],
): Promise<ChosenKeys<Kind> | undefined> {
  const selected = args[0] === undefined ? undefined : keyRowsAmong(services.view.rowsOf(args));
  const given = selected?.filter(isOfKind(kind));
  if (given?.length === 0) {
    services.messages.notARow();
    return undefined;
  }
  const signedIn = await requireSignedIn(services);
  if (!signedIn) return undefined;
  if (given) {
    // The account may have been switched while its credentials were read.
    const leftOut = (selected?.length ?? 0) - given.length;
    if (areRowsOf(signedIn, given)) return { signedIn, rows: given, leftOut };
    services.messages.notARow();
    return undefined;
  }
  const chosen = await askForKeys(services, signedIn.inventory, kind, purpose);
  const rows = keyRowsAmong(chosen).filter(isOfKind(kind));
  return rows.length > 0 ? { signedIn, rows, leftOut: 0 } : undefined;
}

/** The one key that a command is about: the row that was clicked, whatever is selected with it. */
export async function chooseKey<Kind extends KeyKind>(
  services: ChooseServices,
  kind: Kind,
  purpose: KeyPurpose,
  args: readonly unknown[],
): Promise<{ readonly signedIn: SignedIn; readonly row: RowOfKind<Kind> } | undefined> {
  const chosen = await chooseKeys(services, kind, purpose, clicked(args));
  const [row] = chosen?.rows ?? [];
  return chosen && row && { signedIn: chosen.signedIn, row };
}

/** A command's arguments without the selection, which the editor gives along with the clicked row. */
export function clicked(args: readonly unknown[]): readonly unknown[] {
  return args.slice(0, 1);
}

/** Whether rows are those of who is signed in, and not of an account that was in view before. */
export function areRowsOf({ inventory }: SignedIn, rows: readonly Row[]): boolean {
  return rows.every((row) => isRowOf(inventory.accountId, row));
}

/** Each row once. A value of an API key stands for the API key. */
function keyRowsAmong(rows: readonly Row[] = []): readonly Row[] {
  return [...new Set(rows.map((row) => (row.kind === "apiKeyValue" ? (row.parent ?? row) : row)))];
}

function isOfKind<Kind extends KeyKind>(kind: Kind): (row: Row) => row is RowOfKind<Kind> {
  return (row): row is RowOfKind<Kind> => row.kind === kind;
}

async function askForKeys(
  services: ChooseServices,
  inventory: Inventory,
  kind: KeyKind,
  purpose: KeyPurpose,
): Promise<readonly Row[] | undefined> {
  const { keyPrompts } = services;
  switch (kind) {
    case "authKey":
      return keyPrompts.chooseRows(purpose, {
        read: async (show) => {
          if (inventory.nsml === "ready") await inventory.authKeys.load();
          show(rowsOfGroup(inventory, "authKeys"));
        },
      });
    case "apiKey":
      return keyPrompts.chooseRows(purpose, pages(inventory, "apiKeys"));
    case "accessKey": {
      const owner = await chooseSubAccount(services, inventory, purpose);
      return owner && keyPrompts.chooseRows(purpose, accessKeysOf(inventory, owner));
    }
  }
}

/** The sub account that a command is about, or that is chosen. */
export async function chooseSubAccount(
  { keyPrompts }: Pick<Services, "keyPrompts">,
  inventory: Inventory,
  purpose: KeyPurpose,
): Promise<SubAccountRow | undefined> {
  const rows = await keyPrompts.chooseRows(purpose, pages(inventory, "subAccounts"), "subAccount");
  return rows?.find((row) => row.kind === "subAccount");
}

function pages(inventory: Inventory, group: "apiKeys" | "subAccounts"): RowSource {
  return {
    read: async (show) => {
      await inventory[group].load();
      show(rowsOfGroup(inventory, group));
    },
    loadMore: () => inventory[group].loadMore(),
  };
}

function accessKeysOf(inventory: Inventory, owner: SubAccountRow): RowSource {
  return {
    read: async (show) => {
      await inventory.accessKeysOf(owner.subAccountId).load();
      show(childRows(inventory, owner));
    },
  };
}

function rowsOfGroup(inventory: Inventory, group: "authKeys" | "apiKeys" | "subAccounts") {
  const parent = childRows(inventory, undefined).find(
    (row) => row.kind === "group" && row.group === group,
  );
  return childRows(inventory, parent);
}
