/**
 * Activates extensions one after the other, in an extension host of its own, and notes how long each
 * took, or where that time went.
 */
import { appendFileSync } from "node:fs";
import { extensions, type ExtensionContext } from "vscode";
import { timeOf } from "../measure.ts";
import { timeShares, type Shares } from "../timeShares.ts";

export interface Plan {
  /** Where a line goes for each host. */
  readonly results: string;
  /** Extensions to activate, host by host: what comes first makes it easier for the others. */
  readonly orders: readonly (readonly string[])[];
  /** So many of the first hosts are profiled. */
  readonly profiled: number;
}

/** What a host has found of each extension: milliseconds. */
export type HostTimes = Readonly<Record<string, number | Shares>>;

/** A window that is being drawn keeps extensions waiting for its answers; after this long it usually is drawn. */
const settleMs = 1_000;

export function activate({ extension, globalState }: ExtensionContext): void {
  const { plan } = extension.packageJSON as { readonly plan: Plan };
  setTimeout(() => {
    measure(plan, globalState).catch((error: unknown) => note(plan, { error: String(error) }));
  }, settleMs);
}

async function measure(plan: Plan, state: ExtensionContext["globalState"]): Promise<void> {
  const host = state.get("host", 0);
  await state.update("host", host + 1);
  const { orders, profiled } = plan;
  const times: Record<string, number | Shares> = {};
  for (const id of orders[host % orders.length]!) {
    const found = extensions.getExtension(id);
    if (!found || found.isActive) throw new Error(`${id} cannot be measured.`);
    const activate = () => found.activate();
    times[id] = host < profiled ? await timeShares(activate, 1) : await timeOf(activate);
  }
  note(plan, times);
}

/** Adds the line of this host. */
function note({ results }: Plan, found: HostTimes | { readonly error: string }): void {
  appendFileSync(results, `${JSON.stringify(found)}\n`);
}
