import type { AccountSummary } from "../accounts/account.ts";
import { NcloudError } from "../ncloud/ncloudError.ts";
import { csvReport } from "../report/csvReport.ts";
import type { InventoryReport, ReportFormat } from "../report/inventoryReport.ts";
import { jsonReport } from "../report/jsonReport.ts";
import { markdownReport } from "../report/markdownReport.ts";
import { slicesOf } from "../report/slicesOf.ts";
import { readAccount } from "../session/readAccount.ts";
import type { ExportDestination, ExportFile, ExportPrompts } from "../ui/exportPrompts.ts";
import { askInTurn, keep } from "./askInTurn.ts";
import { requireSignedIn } from "./requireSignedIn.ts";
import type { Services } from "./services.ts";

type ExportServices = Pick<Services, "session" | "messages" | "signInPrompts" | "exportPrompts">;

interface Choices {
  format: ReportFormat;
  accounts: readonly AccountSummary[];
  destination: ExportDestination;
}

/** Writes down every key of one account or of all, without any secret. */
export async function exportInventory(services: ExportServices): Promise<void> {
  const { session, exportPrompts } = services;
  const signedIn = await requireSignedIn(services);
  if (!signedIn) return;
  const { accounts } = await session.store.list();
  const choices = await askChoices(exportPrompts, signedIn.account, accounts);
  if (!choices) return;
  const { format, destination } = choices;
  const file = destination === "file" ? await exportPrompts.chooseFile(format) : undefined;
  if (destination === "file" && !file) return;
  const collected = await collect(services, choices);
  if (!collected) return;
  const { report, text } = collected;
  if (!file) {
    await exportPrompts.openEditor(format, text.join(""));
    exportPrompts.exported(report, undefined);
    return;
  }
  const written = await write(exportPrompts, format, file, text);
  if (written) exportPrompts.exported(report, written);
}

async function askChoices(
  prompts: ExportPrompts,
  active: AccountSummary,
  accounts: readonly AccountSummary[],
): Promise<Choices | undefined> {
  const choices: Choices = { format: "csv", accounts: [active], destination: "editor" };
  const asked = await askInTurn([
    async (position) =>
      keep(await prompts.askFormat(position), (format) => (choices.format = format)),
    ...(accounts.length > 1
      ? [
          async (position: Parameters<ExportPrompts["askScope"]>[0]) =>
            keep(await prompts.askScope(position, active, accounts.length), (scope) => {
              choices.accounts = scope === "all" ? accounts : [active];
            }),
        ]
      : []),
    async (position) =>
      keep(await prompts.askDestination(position), (where) => (choices.destination = where)),
  ]);
  return asked.kind === "given" ? choices : undefined;
}

interface Collected {
  readonly report: InventoryReport;
  /** In parts, so that whoever works on them need not do so all at once. */
  readonly text: readonly string[];
}

/** One account after the other, so that no server gets more at a time than for one. */
async function collect(
  { session, exportPrompts }: ExportServices,
  { accounts, format }: Choices,
): Promise<Collected | undefined> {
  try {
    return await exportPrompts.whileCollecting(async (signal, show) => {
      const reports = [];
      for (const account of accounts) {
        const count = (keys: number) => show(account.label, keys);
        reports.push(await readAccount(session, account, signal, count));
      }
      const report = { generatedAt: Date.now(), accounts: reports };
      const text = [];
      for await (const pieces of slicesOf(piecesOf(report, format, exportPrompts), signal)) {
        text.push(pieces.join(""));
      }
      return { report, text };
    });
  } catch (error) {
    if (!(error instanceof NcloudError) || error.kind !== "cancelled") throw error;
    exportPrompts.cancelled();
    return undefined;
  }
}

function piecesOf(
  report: InventoryReport,
  format: ReportFormat,
  prompts: ExportPrompts,
): Iterable<string> {
  switch (format) {
    case "csv":
      return csvReport(report);
    case "json":
      return jsonReport(report);
    case "markdown":
      return markdownReport(report, prompts.markdownWords());
  }
}

/** What was collected is not lost with a file that cannot be written: another one may be chosen. */
async function write(
  prompts: ExportPrompts,
  format: ReportFormat,
  chosen: ExportFile,
  text: readonly string[],
): Promise<ExportFile | undefined> {
  let file: ExportFile | undefined = chosen;
  while (file) {
    const outcome = await file.write(text);
    if (outcome === "written") return file;
    if (!(await prompts.notWritten(file, outcome))) return undefined;
    file = await prompts.chooseFile(format);
  }
  return undefined;
}
