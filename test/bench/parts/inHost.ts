import type { HostName } from "../../support/vscode/hosts.ts";
import { runInHost, serveAccounts } from "../hostRun.ts";
import type { PartResult } from "../row.ts";

/** What is measured inside the extension host of a VS Code: rows, reading, memory. */
export async function inHost(host: HostName): Promise<PartResult> {
  const { accounts, stop } = await serveAccounts();
  try {
    const { rows, sizes } = (await runInHost(host, accounts)) as PartResult;
    return {
      rows: rows.map((row) => ({ ...row, what: `${row.what} (${host})` })),
      ...(host === "newest" && sizes && { sizes }),
    };
  } finally {
    stop();
  }
}
