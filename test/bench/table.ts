import { significant, type Row } from "./row.ts";

const columns = ["What", "Against", "Ratio", "Goal", "Met", "Figures (ours first)"] as const;

function cellsOf({ what, against, ratio, goal, met, details }: Row): readonly string[] {
  const times = ratio === undefined ? "—" : `${significant(ratio)} ×`;
  return [what, against, times, goal, met === undefined ? "—" : met ? "yes" : "no", details];
}

/** The rows as a table in Markdown, which is as good to read in a terminal. */
export function tableOf(rows: readonly Row[]): string {
  const lines = [columns, ...rows.map(cellsOf)];
  const widths = columns.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const text = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  const [head = [], ...body] = lines;
  return [text(head), text(widths.map((width) => "-".repeat(width))), ...body.map(text)].join("\n");
}
