import type { AccountSummary } from "../accounts/account.ts";
import { KeychainError } from "../accounts/keychainError.ts";
import { collectKeys } from "../inventory/collectKeys.ts";
import type { Inventory } from "../inventory/inventory.ts";
import type { KeyRecord } from "../inventory/keyRecord.ts";
import type { AccountReport, ReportGap } from "../report/inventoryReport.ts";
import type { Session } from "./session.ts";

/**
 * Reads every key of an account, the active one or another. Whatever keeps a part or the whole from
 * being read stands in the report.
 *
 * @param onCount how many keys there are so far
 * @throws NcloudError `cancelled`
 */
export async function readAccount(
  session: Session,
  { id, label }: AccountSummary,
  signal: AbortSignal,
  onCount: (keys: number) => void = () => undefined,
): Promise<AccountReport> {
  const { state } = session;
  if (state.status === "signedIn" && state.account.id === id) {
    return readInventory(label, state.inventory, signal, onCount);
  }
  const inventory = await inventoryOf(session, id);
  if (!inventory) {
    const gap: ReportGap = { place: { kind: "account" }, error: { kind: "credentials" } };
    return { label, zone: undefined, records: [], gaps: [gap] };
  }
  try {
    return await readInventory(label, inventory, signal, onCount);
  } finally {
    inventory.dispose();
  }
}

async function inventoryOf(session: Session, id: string): Promise<Inventory | undefined> {
  try {
    const stored = await session.store.read(id);
    return stored.status === "present" ? session.inventoryFor(stored.account) : undefined;
  } catch (error) {
    if (error instanceof KeychainError) return undefined;
    throw error;
  }
}

async function readInventory(
  label: string,
  inventory: Inventory,
  signal: AbortSignal,
  onCount: (keys: number) => void,
): Promise<AccountReport> {
  const records: KeyRecord[] = [];
  const gaps: ReportGap[] = [];
  if (inventory.nsml === "needsApiKey") {
    gaps.push({ place: { kind: "authKeys" }, error: { kind: "needsApiKey" } });
  }
  const sink = {
    add: (more: readonly KeyRecord[]) => {
      for (const record of more) records.push(record);
      onCount(records.length);
    },
    miss: (gap: ReportGap) => void gaps.push(gap),
  };
  await collectKeys(inventory, sink, signal);
  return { label, zone: inventory.client.credentials.zone, records, gaps };
}
