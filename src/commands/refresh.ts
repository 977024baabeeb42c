import { isRowOf, placeOfRow, type Row } from "../inventory/row.ts";
import type { Inventory } from "../inventory/inventory.ts";
import { requireSignedIn } from "./requireSignedIn.ts";
import type { Services } from "./services.ts";

type RefreshServices = Pick<Services, "session" | "view" | "messages">;

/**
 * Reads everything again. It takes no row: the editor gives the row with the focus to a command in
 * the view's title, where nobody means it.
 */
export async function refresh(
  services: RefreshServices & Pick<Services, "signInPrompts">,
): Promise<void> {
  // Also asks a keychain again that was locked.
  await services.session.reopen();
  const signedIn = await requireSignedIn(services);
  if (signedIn) await services.view.whileBusy(() => signedIn.inventory.refresh());
}

/** Reads the groups again whose rows this is about. */
export async function refreshGroup(
  services: RefreshServices,
  args: readonly unknown[],
): Promise<void> {
  const { session, view, messages } = services;
  const rows = args[0] === undefined ? undefined : view.rowsOf(args);
  if (!rows) {
    messages.notARow();
    return;
  }
  await session.reopen();
  const { state } = session;
  if (state.status !== "signedIn") return;
  const { inventory } = state;
  // The keychain may have named another account; its rows are read when they are seen.
  const own = rows.filter((row) => isRowOf(inventory.accountId, row));
  await view.whileBusy(async () => {
    await Promise.all(own.map((row) => reload(inventory, row)));
  });
}

/** Reads again what a failure row stands for. */
export async function retry(services: RefreshServices, args: readonly unknown[]): Promise<void> {
  const { session, view, messages } = services;
  const row = view.rowsOf(args)?.[0];
  if (row?.kind !== "failure" || !row.parent || session.state.status !== "signedIn") {
    messages.notARow();
    return;
  }
  const { inventory } = session.state;
  const { parent } = row;
  await view.whileBusy(() => reload(inventory, parent));
}

export async function loadMore(services: RefreshServices, args: readonly unknown[]): Promise<void> {
  const { session, view, messages } = services;
  const row = view.rowsOf(args)?.[0];
  if (row?.kind !== "loadMore" || session.state.status !== "signedIn") {
    messages.notARow();
    return;
  }
  const { inventory } = session.state;
  await view.whileBusy(() => inventory[row.group].loadMore());
}

async function reload(inventory: Inventory, row: Row): Promise<void> {
  const place = placeOfRow(row);
  switch (place?.kind) {
    case "group":
      return inventory.refreshGroup(place.group);
    case "apiKey":
      return inventory.valuesOf(place.apiKeyId).reload();
    case "subAccount":
      return inventory.accessKeysOf(place.subAccountId).reload();
    case undefined:
      return row.parent && reload(inventory, row.parent);
  }
}
