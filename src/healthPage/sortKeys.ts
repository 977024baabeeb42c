import type { Column, PageKey } from "./protocol.ts";

export interface Order {
  readonly column: Column;
  readonly direction: "ascending" | "descending";
}

/** What needs care first, and of that the oldest. */
export const firstOrder: Order = { column: "findings", direction: "descending" };

/** A column's own first direction: words from A on, ages and findings from the most on. */
export function nextOrder({ column, direction }: Order, chosen: Column): Order {
  if (chosen === column) {
    return { column, direction: direction === "ascending" ? "descending" : "ascending" };
  }
  const isMeasure = chosen === "age" || chosen === "findings";
  return { column: chosen, direction: isMeasure ? "descending" : "ascending" };
}

/** Keys in an order; those that are alike in it stand by age, the oldest first, and then by name. */
export function sortKeys(
  keys: readonly PageKey[],
  { column, direction }: Order,
  language: string,
): readonly PageKey[] {
  const { compare } = new Intl.Collator(language, { numeric: true, sensitivity: "base" });
  const sign = direction === "ascending" ? 1 : -1;
  const byColumn = comparisons(compare)[column];
  return [...keys].sort(
    (a, b) =>
      unknownLast(a, b, column) ||
      sign * byColumn(a, b) ||
      ageOf(b) - ageOf(a) ||
      compare(a.name, b.name) ||
      compare(a.id, b.id),
  );
}

type Compare<T> = (a: T, b: T) => number;

function comparisons(compare: Compare<string>): Readonly<Record<Column, Compare<PageKey>>> {
  return {
    name: (a, b) => compare(a.name, b.name),
    kind: (a, b) => compare(a.kind, b.kind),
    owner: (a, b) => compare(a.owner, b.owner),
    age: (a, b) => ageOf(a) - ageOf(b),
    state: (a, b) => compare(a.state, b.state),
    findings: (a, b) => weight(a) - weight(b),
  };
}

/** An age that is not known is neither young nor old, and a key without an owner has no place among them. */
function unknownLast(a: PageKey, b: PageKey, column: Column): number {
  if (column === "age") return Number(a.days === undefined) - Number(b.days === undefined);
  return column === "owner" ? Number(a.owner === "") - Number(b.owner === "") : 0;
}

function ageOf({ days }: PageKey): number {
  return days ?? -1;
}

function weight({ findings }: PageKey): number {
  return findings.reduce((sum, { severity }) => sum + (severity === "care" ? 100 : 1), 0);
}
