import type { KeyRecord } from "../../../src/inventory/keyRecord.ts";
import { KeySearch } from "../../../src/inventory/keySearch.ts";
import { madeUpApiKeys } from "../apiKeys.ts";
import { takeTurns, timeOfOne } from "../measure.ts";
import { compared, type PartResult, type Row } from "../row.ts";

/** As the list takes them. */
const mostShown = 200;

/** What is typed, letter by letter or pasted, and what that stands for. */
const queries: readonly (readonly [query: string, what: string])[] = [
  ["a", "a letter that most keys have"],
  ["gateway", "a word that some have"],
  ["x7q", "a part of an ID"],
  ["batch worker", "two words"],
  ["no such key", "words that none has"],
];

/** One keystroke in Find over a hundred thousand keys, against `String.includes` over the same texts. */
export async function finding(): Promise<PartResult> {
  const records = madeUpApiKeys(100_000);
  const search = new KeySearch();
  search.add(records);
  const texts = records.map(textOf);
  const rows: Row[] = [];
  for (const [query, what] of queries) rows.push(await rowOf(query, what, search, texts));
  return { rows };
}

async function rowOf(
  query: string,
  what: string,
  search: KeySearch,
  texts: readonly string[],
): Promise<Row> {
  const words = query.split(" ");
  const total = texts.filter((text) => words.every((word) => text.includes(word))).length;
  if (search.find(query, mostShown).total !== total) throw new Error("Find finds something else.");
  const { ours, bare } = await takeTurns(
    {
      ours: () => timeOfOne(3, () => search.find(query, mostShown)),
      bare: () => timeOfOne(3, () => countIn(texts, words)),
    },
    { rounds: 15, warmUp: 2 },
  );
  const figures = compared(ours, bare);
  return {
    what: `Find in 100,000 keys: ${what}`,
    against: "String.includes over the same texts",
    ...figures,
    goal: "≤ 2 ×, ≤ 16 ms",
    met: figures.ratio <= 2 && figures.ours <= 16,
    details: `“${query}”: ${total.toLocaleString("en")} hits, ${figures.details}`,
  };
}

/** With one word and with two, without the closure that would slow a plain loop down. */
function countIn(texts: readonly string[], [first = "", ...others]: readonly string[]): number {
  let count = 0;
  for (const text of texts) {
    if (!text.includes(first)) continue;
    if (others.every((word) => text.includes(word))) count++;
  }
  return count;
}

/** What Find looks through, as it is documented: name and ID in small letters. */
function textOf(record: KeyRecord): string {
  if (record.kind !== "apiKey") throw new TypeError("An API key was expected.");
  return `${record.apiKey.name}\n${record.apiKey.apiKeyId}`.normalize("NFC").toLowerCase();
}
