import { l10n, Uri, window, workspace } from "vscode";
import { homedir } from "node:os";
import type { ReportFormat } from "../report/inventoryReport.ts";
import { slicesOf } from "../report/slicesOf.ts";
import type { ExportFile } from "./exportPrompts.ts";

const extensions: Readonly<Record<ReportFormat, string>> = {
  csv: "csv",
  json: "json",
  markdown: "md",
};

/** The editor has no language for CSV of its own. */
const languages: Readonly<Record<ReportFormat, string>> = {
  csv: "plaintext",
  json: "json",
  markdown: "markdown",
};

/** Spreadsheets take a file for the text of a code page unless it begins with this. */
const byteOrderMark = "\uFEFF";

/** Of a text, each of which has some hundred lines. */
const partsAtOnce = 20;

export async function chooseExportFile(
  title: string,
  format: ReportFormat,
): Promise<ExportFile | undefined> {
  const [folder] = workspace.workspaceFolders ?? [];
  const extension = extensions[format];
  const day = new Date().toISOString().slice(0, 10);
  const uri = await window.showSaveDialog({
    title,
    defaultUri: Uri.joinPath(folder?.uri ?? Uri.file(homedir()), `ncloud-keys-${day}.${extension}`),
    saveLabel: l10n.t("Export"),
    filters: { [format.toUpperCase()]: [extension] },
  });
  if (!uri) return undefined;
  // The dialog asked about a file that is there now, and about no other.
  const mayOverwrite = await isThere(uri);
  return {
    name: uri.path.split("/").at(-1) ?? "",
    write: (text) => write(uri, format === "csv" ? [byteOrderMark, ...text] : text, mayOverwrite),
    open: async () => {
      await window.showTextDocument(uri);
    },
  };
}

export async function openInEditor(format: ReportFormat, text: string): Promise<void> {
  const document = await workspace.openTextDocument({
    language: languages[format],
    content: text,
  });
  await window.showTextDocument(document);
}

async function write(
  uri: Uri,
  text: readonly string[],
  mayOverwrite: boolean,
): Promise<"written" | "taken" | "failed"> {
  if (!mayOverwrite && (await isThere(uri))) return "taken";
  try {
    const bytes: Buffer[] = [];
    for await (const parts of slicesOf(text, undefined, partsAtOnce)) {
      bytes.push(Buffer.from(parts.join("")));
    }
    await workspace.fs.writeFile(uri, Buffer.concat(bytes));
    return "written";
  } catch {
    return "failed";
  }
}

async function isThere(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
