import type { Row } from "../../../src/inventory/row.ts";
import type { RowSource } from "../../../src/ui/prompts.ts";

/** What a source showed in the course of one reading, in turn. */
export async function allOf(source: RowSource): Promise<readonly (readonly Row[])[]> {
  const shown: (readonly Row[])[] = [];
  await source.read((rows) => shown.push(rows));
  return shown;
}

/** What a source showed at last. */
export async function lastOf(source: RowSource): Promise<readonly Row[]> {
  return (await allOf(source)).at(-1) ?? [];
}
