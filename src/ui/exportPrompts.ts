import { l10n, window } from "vscode";
import type { AccountSummary } from "../accounts/account.ts";
import type { InventoryReport, ReportFormat } from "../report/inventoryReport.ts";
import type { MarkdownWords } from "../report/markdownReport.ts";
import { countText } from "./age.ts";
import { ask, say } from "./ask.ts";
import { chooseExportFile, openInEditor } from "./exportFile.ts";
import { gapText, isUsual } from "./gapText.ts";
import { markdownWords } from "./markdownWords.ts";
import { plainInMessage, plainInPick } from "./plainText.ts";
import { withCancel } from "./progress.ts";
import type { Answer, StepPosition } from "./prompts.ts";
import { askPick } from "./quickInput.ts";

export type ExportDestination = "editor" | "file";

/** A file that a person chose to write to. */
export interface ExportFile {
  readonly name: string;
  /**
   * @param text in parts
   * @returns `taken`: since it was chosen somebody else wrote it, so that nobody agreed to lose that
   */
  write(text: readonly string[]): Promise<"written" | "taken" | "failed">;
  open(): Promise<void>;
}

export interface ExportPrompts {
  askFormat(position: StepPosition): Promise<Answer<ReportFormat>>;
  askScope(
    position: StepPosition,
    active: AccountSummary,
    count: number,
  ): Promise<Answer<"active" | "all">>;
  askDestination(position: StepPosition): Promise<Answer<ExportDestination>>;
  /** The editor's own dialog, which asks before a file that is there is overwritten. */
  chooseFile(format: ReportFormat): Promise<ExportFile | undefined>;
  /** Runs under a notification with a Cancel button, which shows how far it is. */
  whileCollecting<T>(
    run: (signal: AbortSignal, show: (label: string, keys: number) => void) => Promise<T>,
  ): Promise<T>;
  markdownWords(): MarkdownWords;
  openEditor(format: ReportFormat, text: string): Promise<void>;
  /** Says what was exported and what is missing from it. */
  exported(report: InventoryReport, file: ExportFile | undefined): void;
  /** Resolves true when another file is to be chosen. */
  notWritten(file: ExportFile, why: "taken" | "failed"): Promise<boolean>;
  cancelled(): void;
}

const title = () => l10n.t("Export Key Inventory");

export const exportPrompts: ExportPrompts = {
  askFormat: (position) =>
    askPick<ReportFormat>({
      title: title(),
      position,
      placeholder: l10n.t("In which format? No secret is part of it"),
      items: [
        { label: "CSV", detail: l10n.t("A table for a spreadsheet"), value: "csv" },
        { label: "JSON", detail: l10n.t("For a program; its schema is documented"), value: "json" },
        { label: "Markdown", detail: l10n.t("For people to read"), value: "markdown" },
      ],
    }),

  askScope: (position, active, count) =>
    askPick<"active" | "all">({
      title: title(),
      position,
      placeholder: l10n.t("Which accounts?"),
      items: [
        {
          label: plainInPick(active.label),
          description: l10n.t("the account in view"),
          value: "active",
        },
        { label: l10n.t("All {0} accounts", countText(count)), value: "all" },
      ],
    }),

  askDestination: (position) =>
    askPick<ExportDestination>({
      title: title(),
      position,
      placeholder: l10n.t("Where to?"),
      items: [
        { label: `$(edit) ${l10n.t("A new editor, not saved yet")}`, value: "editor" },
        { label: `$(save) ${l10n.t("A file…")}`, value: "file" },
      ],
    }),

  chooseFile: (format) => chooseExportFile(title(), format),

  whileCollecting: (run) =>
    withCancel(l10n.t("Reading the keys for the export"), (signal, report) =>
      run(signal, (label, keys) =>
        report({ message: l10n.t("{0}, {1} so far", plainInMessage(label), countText(keys)) }),
      ),
    ),

  markdownWords,
  openEditor: openInEditor,

  exported(report, file) {
    const missing = report.accounts.flatMap(({ label, gaps }) =>
      gaps.map((gap) => ({ gap, label: report.accounts.length > 1 ? label : undefined })),
    );
    const kind = missing.every(({ gap }) => isUsual(gap)) ? "information" : "warning";
    const text = [exportedText(report, file), ...missingTexts(missing)].join(" ");
    if (!file) {
      say(kind, text);
      return;
    }
    void ask(kind, text, l10n.t("Open")).then((pressed) => (pressed ? file.open() : undefined));
  },

  notWritten(file, why) {
    const name = plainInMessage(file.name);
    const text =
      why === "taken"
        ? l10n.t("{0} is there by now and was not overwritten.", name)
        : l10n.t("{0} could not be written.", name);
    return ask("error", text, l10n.t("Choose Another File"));
  },

  cancelled() {
    window.setStatusBarMessage(`$(circle-slash) ${l10n.t("Export cancelled")}`, 4000);
  },
};

function exportedText({ accounts }: InventoryReport, file: ExportFile | undefined): string {
  const keys = accounts
    .flatMap(({ records }) => records)
    .filter(({ kind }) => kind !== "subAccount").length;
  return file
    ? l10n.t("{0} keys were exported to {1}.", countText(keys), plainInMessage(file.name))
    : l10n.t("{0} keys were exported to a new editor.", countText(keys));
}

const mostMissingShown = 3;

interface Missing {
  readonly label: string | undefined;
  readonly gap: InventoryReport["accounts"][number]["gaps"][number];
}

function missingTexts(missing: readonly Missing[]): readonly string[] {
  const texts = missing.slice(0, mostMissingShown).map(({ label, gap }) => {
    const text = plainInMessage(gapText(gap));
    return label === undefined ? `${text}.` : `${plainInMessage(label)}: ${text}.`;
  });
  const rest = missing.length - texts.length;
  return rest > 0 ? [...texts, l10n.t("{0} more are listed in it.", countText(rest))] : texts;
}
