import type { Shares } from "./timeShares.ts";
import { significant, type Profile, type Row } from "./row.ts";

const columns = ["What", "Against", "Ratio", "Goal", "Met", "Figures (ours first)"] as const;

function cellsOf({ what, against, ratio, goal, met, details }: Row): readonly string[] {
  const times = ratio === undefined ? "—" : `${significant(ratio)} ×`;
  return [what, against, times, goal, met === undefined ? "—" : met ? "yes" : "no", details];
}

/** The rows as a table in Markdown, which is as good to read in a terminal. */
export function tableOf(rows: readonly Row[]): string {
  return markdown([columns, ...rows.map(cellsOf)]);
}

/** An owner with less than this part of every column has no line of its own. */
const leastShare = 0.01;

/** A profile as a table, the owner that has most in it first; times are milliseconds. */
export function profileTable({ title, columns }: Profile): string {
  const sums = columns.map(({ shares }) => sum(Object.values(shares)));
  const weightOf = (owner: string) =>
    Math.max(...columns.map(({ shares }, index) => (shares[owner] ?? 0) / sums[index]!));
  const owners = [...new Set(columns.flatMap(({ shares }) => Object.keys(shares)))]
    .filter((owner) => weightOf(owner) >= leastShare)
    .sort((a, b) => weightOf(b) - weightOf(a));
  const lineOf = (name: string, timeOf: (shares: Shares, index: number) => number) => [
    name,
    ...columns.map(({ shares }, index) => msText(timeOf(shares, index))),
  ];
  return markdown([
    [title, ...columns.map(({ name }) => name)],
    ...owners.map((owner) => lineOf(owner, (shares) => shares[owner] ?? 0)),
    lineOf("others", (shares, index) => sums[index]! - sum(owners.map((o) => shares[o] ?? 0))),
    lineOf("all", (_, index) => sums[index]!),
  ]);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function msText(ms: number): string {
  return ms < 0.005 ? "" : significant(ms);
}

function markdown(lines: readonly (readonly string[])[]): string {
  const [head = [], ...body] = lines;
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const text = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  return [text(head), text(widths.map((width) => "-".repeat(width))), ...body.map(text)].join("\n");
}
