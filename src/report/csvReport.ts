import { zoneWord, type InventoryReport } from "./inventoryReport.ts";
import { accountColumns, keyColumns, rowsOfAccount } from "./reportTable.ts";

/**
 * A table as RFC 4180 has it, line by line: commas, CRLF, and quotes where a value has one of these
 * in it.
 */
export function* csvReport({ accounts }: InventoryReport): Generator<string> {
  yield `${[...accountColumns, ...keyColumns].join(",")}\r\n`;
  for (const account of accounts) {
    const whose = `${csvCell(account.label)},${csvCell(zoneWord(account.zone))}`;
    for (const row of rowsOfAccount(account)) {
      let line = whose;
      for (const column of keyColumns) line += `,${csvCell(row[column])}`;
      yield `${line}\r\n`;
    }
  }
}

/**
 * What a spreadsheet may take for a formula; names come from whoever may make a key. East Asian
 * editions take the full-width signs for the others. With an apostrophe before it, it is text.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;

function csvCell(text: string | undefined): string {
  if (!text) return "";
  const safe = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
