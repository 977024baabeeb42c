import type { InventoryReport } from "./inventoryReport.ts";
import { columns, tableRows } from "./reportTable.ts";

/**
 * A table as RFC 4180 has it: commas, CRLF, and quotes where a value has one of these in it.
 */
export function csvReport(report: InventoryReport): string {
  const lines = tableRows(report).map((row) => columns.map((column) => row[column] ?? ""));
  return [columns, ...lines].map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("");
}

/**
 * What a spreadsheet may take for a formula; names come from whoever may make a key. East Asian
 * editions take the full-width signs for the others. With an apostrophe before it, it is text.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;

function csvCell(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
