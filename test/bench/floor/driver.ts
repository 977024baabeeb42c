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
  /** Extensions to activate; each host begins with another one. */
  readonly ids: readonly string[];
  /** So many of the first hosts are profiled. */
  readonly profiled: number;
}

/** What a host has found of each extension: milliseconds. */
export type HostTimes = Readonly<Record<string, number | Shares>>;

/** The host activates what is its own at the same time; after this long it has. */
const settleMs = 400;

export function activate({ extension, globalState }: ExtensionContext): void {
  const { plan } = extension.packageJSON as { readonly plan: Plan };
  setTimeout(() => {
    const host = globalState.get("host", 0);
    void globalState.update("host", host + 1).then(() => measure(plan, host));
  }, settleMs);
}

async function measure({ results, ids, profiled }: Plan, host: number): Promise<void> {
  const first = host % ids.length;
  const times: Record<string, number | Shares> = {};
  for (const id of [...ids.slice(first), ...ids.slice(0, first)]) {
    const found = extensions.getExtension(id);
    if (!found || found.isActive) throw new Error(`${id} cannot be measured.`);
    const activate = () => found.activate();
    times[id] = host < profiled ? await timeShares(activate, 1) : await timeOf(activate);
  }
  appendFileSync(results, `${JSON.stringify(times)}\n`);
}
