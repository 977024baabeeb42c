/** Activates extensions one after the other, in an extension host of its own, and notes how long each took. */
import { appendFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { extensions, type ExtensionContext } from "vscode";

export interface Plan {
  /** Where a line goes for each host. */
  readonly results: string;
  /** Extensions to activate; each host begins with another one. */
  readonly ids: readonly string[];
}

/** The host activates what is its own at the same time; after this long it has. */
const settleMs = 400;

export function activate({ extension, globalState }: ExtensionContext): void {
  const { plan } = extension.packageJSON as { readonly plan: Plan };
  setTimeout(() => {
    const first = globalState.get("first", 0);
    void globalState
      .update("first", (first + 1) % plan.ids.length)
      .then(() => measure(plan, first));
  }, settleMs);
}

async function measure({ results, ids }: Plan, first: number): Promise<void> {
  const times: Record<string, number> = {};
  for (const id of [...ids.slice(first), ...ids.slice(0, first)]) {
    const found = extensions.getExtension(id);
    if (!found || found.isActive) throw new Error(`${id} cannot be measured.`);
    const start = performance.now();
    await found.activate();
    times[id] = performance.now() - start;
  }
  appendFileSync(results, `${JSON.stringify(times)}\n`);
}
