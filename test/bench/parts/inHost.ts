import type { HostName } from "../../support/vscode/hosts.ts";
import { runInHost, serveAccounts } from "../hostRun.ts";
import type { PartResult } from "../row.ts";

/** What is found inside the extension host of a VS Code: rows, reading, memory, and where the time goes. */
export async function inHost(host: HostName): Promise<PartResult> {
  const { accounts, stop } = await serveAccounts();
  try {
    const { rows, sizes, profiles } = await runInHost(host, { accounts, plots: host === "newest" });
    return {
      rows: rows.map((row) => ({ ...row, what: `${row.what} (${host})` })),
      ...(sizes && { sizes: sizes.map((size) => ({ ...size, host })) }),
      ...(profiles && {
        profiles: profiles.map((profile) => ({ ...profile, title: `${profile.title} (${host})` })),
      }),
    };
  } finally {
    stop();
  }
}
