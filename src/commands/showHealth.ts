import type { Inventory } from "../inventory/inventory.ts";
import { bringIntoRows, rowIdOfRecord, rowOfKey } from "../inventory/rowOfRecord.ts";
import { HealthReport } from "../report/healthReport.ts";
import type { KeyOnly } from "../report/keyHealth.ts";
import { nextStepOf } from "../report/nextStep.ts";
import type { SessionState, SignedIn } from "../session/session.ts";
import type { KeyRow } from "../ui/changeDialogs.ts";
import type { HealthPage } from "../ui/healthPage.ts";
import { asOftenAsWanted } from "./asOftenAsWanted.ts";
import { changeRows } from "./changeKeys.ts";
import { openConsole } from "./connection.ts";
import { requireSignedIn } from "./requireSignedIn.ts";
import { rotateAccessKeyRow } from "./rotateAccessKey.ts";
import { rotateApiKeyRow } from "./rotateApiKey.ts";
import { rotateAuthKeyRow } from "./rotateAuthKey.ts";
import type { RowView, Services } from "./services.ts";

/** Shows how the keys of the active account are doing, all of them, on a page in the editor area. */
export async function showHealth(services: Services): Promise<void> {
  const signedIn = await requireSignedIn(services);
  if (!signedIn) return;
  const { session, messages, healthPages } = services;
  if (healthPages.opened) {
    healthPages.opened.focus();
    return;
  }
  const { account, accountCount } = signedIn;
  const report = new HealthReport(
    (key) => rowIdOfRecord(account.id, key),
    () => page.show(report.state, report.collected),
  );
  /** The inventory of the page's account; an account that changed how it signs has a new one. */
  const inventory = () => inventoryOf(session.state, account.id);
  const attempt = (run: () => Promise<void> | undefined) => {
    void asOftenAsWanted(messages, "run", async () => run());
  };
  const read = () => {
    const current = inventory();
    return current && report.read(current);
  };
  const page = healthPages.open(accountCount > 1 ? account.label : undefined, {
    reveal: (key) => attempt(() => showInSidebar(services.view, inventory(), page, key)),
    act: (key) => attempt(() => takeNextStep(services, account.id, key)),
    cancel: () => report.stop(),
    readAgain: () => attempt(read),
    closed: () => {
      subscription.dispose();
      changes.dispose();
      report.dispose();
    },
  });
  const followChanges = (current: Inventory | undefined) =>
    current?.onDidMakeChange((change) => {
      if (report.state.status === "reading") attempt(read);
      else report.takeOver(change, current.localKeys.value);
    }) ?? { dispose: () => undefined };
  let followed = inventory();
  let changes = followChanges(followed);
  const subscription = session.onDidChange(() => {
    if (inventory() === followed) return;
    followed = inventory();
    changes.dispose();
    changes = followChanges(followed);
    // Whose keys these are may not be in view any more: the page goes with its account.
    if (!followed) page.close();
    // Nothing more is to be had with the credentials of before.
    else if (report.state.status === "reading") attempt(read);
  });
  attempt(read);
}

function inventoryOf(state: SessionState, accountId: string): Inventory | undefined {
  return state.status === "signedIn" && state.account.id === accountId
    ? state.inventory
    : undefined;
}

async function showInSidebar(
  view: RowView,
  inventory: Inventory | undefined,
  page: HealthPage,
  key: KeyOnly,
): Promise<void> {
  if (!inventory) return;
  await view.whileBusy(async () => {
    const isThere = await bringIntoRows(inventory, key);
    if (isThere) await view.reveal(rowIdOfRecord(inventory.accountId, key));
    else page.sayGone(key);
  });
}

async function takeNextStep(services: Services, accountId: string, key: KeyOnly): Promise<void> {
  const { state } = services.session;
  if (state.status !== "signedIn" || state.account.id !== accountId) return;
  const row = rowOfKey(accountId, key);
  switch (nextStepOf(key)) {
    case "openConsole":
      return openConsole(services);
    case "delete":
      return changeRows(services, state, "delete", [row]);
    case "rotate":
      return rotateRow(services, state, row);
  }
}

function rotateRow(services: Services, signedIn: SignedIn, row: KeyRow): Promise<void> {
  switch (row.kind) {
    case "authKey":
      return rotateAuthKeyRow(services, signedIn, row);
    case "apiKey":
      return rotateApiKeyRow(services, signedIn, row);
    case "accessKey":
      return rotateAccessKeyRow(services, signedIn, row);
  }
}
