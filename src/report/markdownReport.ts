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

/**
 * A document with a table for each kind of key, line by line. Every value in it is text, whatever it
 * contains.
 */
export function* markdownReport(report: InventoryReport, words: MarkdownWords): Generator<string> {
  yield `# ${words.title}\n\n${words.generated(isoTime(report.generatedAt) ?? "")}`;
  for (const account of report.accounts) yield* accountLines(account, words);
  yield "\n";
}

function* accountLines(account: AccountReport, words: MarkdownWords): Generator<string> {
  const zone = zoneWord(account.zone);
  const zoneText = zone === undefined ? "" : ` (${markdownText(zone)})`;
  yield `\n\n## ${markdownText(account.label)}${zoneText}`;
  yield* gapLines(account.gaps, words);
  yield* section("authKeys", recordsOfKind(account, "authKey"), rowOfRecord, words);
  yield* section("apiKeys", recordsOfKind(account, "apiKey"), rowOfRecord, words);
  yield* section("subAccounts", subAccountRows(account), (row) => row, words);
}

function* section<T>(
  group: Group,
  items: readonly T[],
  rowOf: (item: T) => TableRow,
  words: MarkdownWords,
): Generator<string> {
  const states: Readonly<Record<string, string>> = words.states;
  const columns = columnsOf[group];
  yield `\n\n### ${words.headings[group]} (${items.length})\n`;
  if (items.length === 0) {
    yield `\n${words.none}`;
    return;
  }
  yield line(columns.map((column) => (column === "id" ? words.ids[group] : words.columns[column])));
  yield line(columns.map(() => "---"));
  for (const item of items) {
    const row = rowOf(item);
    yield line(
      columns.map((column) => {
        const value = row[column] ?? "";
        const isState = column === "state" || column === "api_access";
        return markdownText(isState ? (states[value] ?? "") : value);
      }),
    );
  }
}

function line(cells: readonly string[]): string {
  return `\n| ${cells.join(" | ")} |`;
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

function* gapLines(gaps: readonly ReportGap[], words: MarkdownWords): Generator<string> {
  if (gaps.length === 0) return;
  yield `\n\n### ${words.headings.notRead}\n`;
  for (const gap of gaps) yield `\n- ${markdownText(words.gap(gap))}`;
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
