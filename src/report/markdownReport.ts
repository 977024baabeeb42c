import {
  accessKeysByOwner,
  isoTime,
  recordsOfKind,
  zoneWord,
  type AccountReport,
  type InventoryReport,
  type ReportGap,
} from "./inventoryReport.ts";

/** The words of a document that a person reads, in that person's language. */
export interface MarkdownWords {
  readonly title: string;
  readonly generated: (isoTime: string) => string;
  readonly headings: Readonly<Record<"notRead" | "authKeys" | "apiKeys" | "subAccounts", string>>;
  readonly columns: Readonly<Record<MarkdownColumn, string>>;
  readonly states: Readonly<Record<"enabled" | "disabled" | "active" | "inactive", string>>;
  readonly none: string;
  readonly gap: (gap: ReportGap) => string;
}

type MarkdownColumn =
  | "title"
  | "name"
  | "id"
  | "state"
  | "created"
  | "changed"
  | "description"
  | "md5"
  | "localFile"
  | "loginId"
  | "accessKey";

/** A document with a table for each kind of key. Every value in it is text, whatever it contains. */
export function markdownReport(report: InventoryReport, words: MarkdownWords): string {
  const generated = words.generated(isoTime(report.generatedAt) ?? "");
  const parts = [`# ${words.title}`, generated];
  for (const account of report.accounts) parts.push(...partsOfAccount(account, words));
  return `${parts.join("\n\n")}\n`;
}

type Cells = readonly (string | undefined)[];

function partsOfAccount(account: AccountReport, words: MarkdownWords): readonly string[] {
  const { headings, columns, states } = words;
  const zone = zoneWord(account.zone);
  const stateOf = (active: boolean | undefined) =>
    active === undefined ? undefined : states[active ? "active" : "inactive"];
  const section = (heading: string, names: readonly MarkdownColumn[], rows: readonly Cells[]) => [
    `### ${heading} (${rows.length})`,
    rows.length === 0
      ? words.none
      : table(
          names.map((name) => columns[name]),
          rows,
        ),
  ];
  return [
    `## ${markdownText(account.label)}${zone === undefined ? "" : ` (${markdownText(zone)})`}`,
    ...gapParts(account.gaps, words),
    ...section(
      headings.authKeys,
      ["title", "md5", "created", "localFile"],
      recordsOfKind(account, "authKey").map(({ authKey, localKey }) => [
        authKey.title,
        authKey.fingerprint,
        authKey.createTime,
        localKey?.fileName,
      ]),
    ),
    ...section(
      headings.apiKeys,
      ["name", "id", "state", "changed", "description"],
      recordsOfKind(account, "apiKey").map(({ apiKey }) => [
        apiKey.name,
        apiKey.apiKeyId,
        states[apiKey.isEnabled ? "enabled" : "disabled"],
        isoTime(apiKey.modifiedAt),
        apiKey.description,
      ]),
    ),
    ...section(
      headings.subAccounts,
      ["loginId", "name", "accessKey", "state", "created"],
      subAccountCells(account, stateOf),
    ),
  ];
}

/** A sub account without a key has a line, too, and that one's state is its own. */
function subAccountCells(
  account: AccountReport,
  stateOf: (active: boolean | undefined) => string | undefined,
): readonly Cells[] {
  const keysOf = accessKeysByOwner(account);
  return recordsOfKind(account, "subAccount").flatMap(({ subAccountId, subAccount }) => {
    const names = [subAccount?.loginId ?? subAccountId, subAccount?.name];
    const own = keysOf.get(subAccountId);
    if (!own) return [[...names, undefined, stateOf(subAccount?.active), undefined]];
    return own.map(({ accessKey: { accessKeyId, active, createdAt } }) => [
      ...names,
      accessKeyId,
      stateOf(active),
      isoTime(createdAt),
    ]);
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
