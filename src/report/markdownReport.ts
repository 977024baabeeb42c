import {
  accessKeysByOwner,
  isoTime,
  recordsOfKind,
  zoneWord,
  type AccountReport,
  type InventoryReport,
  type ReportGap,
} from "./inventoryReport.ts";
import { rowOfRecord, type TableRow } from "./reportTable.ts";

/** The words of a document that a person reads, in that person's language. */
export interface MarkdownWords {
  readonly title: string;
  readonly generated: (isoTime: string) => string;
  readonly headings: Readonly<Record<Group | "notRead", string>>;
  /** What a key's ID is called in the table of its group. */
  readonly ids: Readonly<Record<Group, string>>;
  readonly columns: Readonly<Record<MarkdownColumn, string>>;
  readonly states: Readonly<
    Record<"enabled" | "disabled" | "active" | "inactive" | "allowed" | "notAllowed", string>
  >;
  readonly none: string;
  readonly gap: (gap: ReportGap) => string;
}

type Group = keyof typeof columnsOf;
type MarkdownColumn = Exclude<(typeof columnsOf)[Group][number], "id">;

/** What a table has of what the others have, in its order; what `id` is called is the group's. */
const columnsOf = {
  authKeys: ["id", "fingerprint_md5", "fingerprint_sha256", "created", "local_file"],
  apiKeys: ["name", "id", "state", "changed", "description"],
  subAccounts: ["login_id", "name", "sub_account_id", "api_access", "id", "state", "created"],
} as const;

/** A document with a table for each kind of key. Every value in it is text, whatever it contains. */
export function markdownReport(report: InventoryReport, words: MarkdownWords): string {
  const generated = words.generated(isoTime(report.generatedAt) ?? "");
  const parts = [`# ${words.title}`, generated];
  for (const account of report.accounts) parts.push(...partsOfAccount(account, words));
  return `${parts.join("\n\n")}\n`;
}

type Cells = readonly (string | undefined)[];

function partsOfAccount(account: AccountReport, words: MarkdownWords): readonly string[] {
  const states: Readonly<Record<string, string>> = words.states;
  const zone = zoneWord(account.zone);
  const section = (group: Group, rows: readonly TableRow[]) => {
    const columns = columnsOf[group];
    const spoken = rows.map((row) => {
      const { state = "", api_access = "" } = row;
      return { ...row, state: states[state], api_access: states[api_access] };
    });
    return [
      `### ${words.headings[group]} (${rows.length})`,
      rows.length === 0
        ? words.none
        : table(
            columns.map((column) => (column === "id" ? words.ids[group] : words.columns[column])),
            spoken.map((row) => columns.map((column) => row[column])),
          ),
    ];
  };
  return [
    `## ${markdownText(account.label)}${zone === undefined ? "" : ` (${markdownText(zone)})`}`,
    ...gapParts(account.gaps, words),
    ...section("authKeys", recordsOfKind(account, "authKey").map(rowOfRecord)),
    ...section("apiKeys", recordsOfKind(account, "apiKey").map(rowOfRecord)),
    ...section("subAccounts", subAccountRows(account)),
  ];
}

/** A sub account without a key has a line, too, and that one's state is its own. */
function subAccountRows(account: AccountReport): readonly TableRow[] {
  const keysOf = accessKeysByOwner(account);
  return recordsOfKind(account, "subAccount").flatMap((record) => {
    const { id, ...own } = rowOfRecord(record);
    const whose = { ...own, login_id: own.login_id ?? id, sub_account_id: id };
    const keys = keysOf.get(record.subAccountId) ?? [];
    return keys.length === 0
      ? [whose]
      : keys.map((key) => {
          const { id, state, created } = rowOfRecord(key);
          return { ...whose, id, state, created };
        });
  });
}

function gapParts(gaps: readonly ReportGap[], words: MarkdownWords): readonly string[] {
  if (gaps.length === 0) return [];
  const lines = gaps.map((gap) => `- ${markdownText(words.gap(gap))}`);
  return [`### ${words.headings.notRead}`, lines.join("\n")];
}

function table(heads: readonly string[], rows: readonly Cells[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(heads),
    line(heads.map(() => "---")),
    ...rows.map((cells) => line(cells.map((cell) => markdownText(cell ?? "")))),
  ].join("\n");
}

const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * Text for a line of Markdown: no mark-up, no HTML, no link, and no end of a table's cell. What a
 * person cannot see is written out. An underscore within a word means nothing and stays, as IDs have
 * them and people copy IDs.
 */
export function markdownText(text: string): string {
  return (
    text
      .replace(/\s+/g, " ")
      .replace(invisible, (character) => `u{${character.codePointAt(0)?.toString(16)}}`)
      .replace(/[\\`*{}[\]<>#|~&!$]|(?<![a-z0-9])_|_(?![a-z0-9])/gi, "\\$&")
      // What a renderer would make a link of by itself.
      .replace(/:(?=\/\/)|@|(?<=www)\./gi, "\\$&")
  );
}
