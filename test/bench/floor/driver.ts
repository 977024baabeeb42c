/**
 * Activates extensions one after the other, in an extension host of its own, and notes how long each
 * took and where that time went. The profiler slows all of them down alike.
 */
import { appendFileSync } from "node:fs";
import { extensions, type ExtensionContext } from "vscode";
import { timeOf } from "../measure.ts";
import { timeShares, type Shares } from "../timeShares.ts";

export interface Plan {
  /** Where a line goes for each host. */
  readonly results: string;
  /** Extensions to activate; each host begins with another one. */
  readonly ids: readonly string[];
}

/** What a host has found of each extension: milliseconds. */
export type HostTimes = Readonly<Record<string, { readonly ms: number; readonly shares: Shares }>>;

/** A window that is being drawn keeps extensions waiting for its answers; after this long it is drawn. */
const settleMs = 2_000;

export function activate({ extension, globalState }: ExtensionContext): void {
  const { plan } = extension.packageJSON as { readonly plan: Plan };
  setTimeout(() => {
    const host = globalState.get("host", 0);
    void globalState.update("host", host + 1).then(() => measure(plan, host));
  }, settleMs);
}

async function measure({ results, ids }: Plan, host: number): Promise<void> {
  const first = host % ids.length;
  const times: Record<string, HostTimes[string]> = {};
  for (const id of [...ids.slice(first), ...ids.slice(0, first)]) {
    const found = extensions.getExtension(id);
    if (!found || found.isActive) throw new Error(`${id} cannot be measured.`);
    let ms = 0;
    const shares = await timeShares(async () => (ms = await timeOf(() => found.activate())), 1);
    times[id] = { ms, shares };
  }
  appendFileSync(results, `${JSON.stringify(times)}\n`);
}
