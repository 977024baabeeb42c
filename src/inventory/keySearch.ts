import type { KeyRecord, SubAccountRef } from "./keyRecord.ts";

export interface Hits {
  /** The best ones, no more than were asked for. */
  readonly records: readonly KeyRecord[];
  /** How many there are in all. */
  readonly total: number;
}

/**
 * Finds keys by any part of what identifies them: names, IDs, fingerprints, login IDs, file names.
 * It keeps one lower-case text for each key, so that a hundred thousand of them are searched between
 * two keystrokes.
 */
export class KeySearch {
  readonly #records: KeyRecord[] = [];
  readonly #texts: string[] = [];

  get size(): number {
    return this.#records.length;
  }

  add(records: readonly KeyRecord[]): void {
    for (const record of records) {
      this.#records.push(record);
      this.#texts.push(textOf(record));
    }
  }

  /**
   * The keys in which every word of the query occurs. First come those in which one of the texts
   * begins with the first word, in the order they were added; then the others.
   */
  find(query: string, limit: number): Hits {
    const [first, ...others] = wordsOf(query);
    if (first === undefined) {
      return { records: this.#records.slice(0, limit), total: this.#records.length };
    }
    const atBeginning = `${separator}${first}`;
    const beginning: KeyRecord[] = [];
    const within: KeyRecord[] = [];
    let total = 0;
    for (let index = 0; index < this.#texts.length; index++) {
      const text = this.#texts[index]!;
      const place = text.indexOf(first);
      if (place < 0 || !others.every((word) => text.includes(word))) continue;
      total++;
      if (beginning.length === limit) continue;
      const list = place === 0 || text.includes(atBeginning, place - 1) ? beginning : within;
      if (list.length < limit) list.push(this.#records[index]!);
    }
    return { records: [...beginning, ...within].slice(0, limit), total };
  }
}

/** Whether a query finds this key. */
export function isHit(record: KeyRecord, query: string): boolean {
  const text = textOf(record);
  return wordsOf(query).every((word) => text.includes(word));
}

/** No word of a query has it, so no word is found across two texts. */
const separator = "\n";

/** One spelling for letters that Unicode can write in two ways, as macOS does in file names. */
function searchable(text: string): string {
  return text.normalize("NFC").toLowerCase();
}

function wordsOf(query: string): readonly string[] {
  return searchable(query)
    .split(/\s+/)
    .filter((word) => word !== "");
}

function textOf(record: KeyRecord): string {
  if (record.kind === "apiKey") {
    // There are a hundred thousand of them, and a list for each takes half of the time.
    return searchable(`${record.apiKey.name}${separator}${record.apiKey.apiKeyId}`);
  }
  const texts = identifiersOf(record).filter((text) => text !== undefined);
  return searchable(texts.join(separator));
}

function identifiersOf(
  record: Exclude<KeyRecord, { kind: "apiKey" }>,
): readonly (string | undefined)[] {
  switch (record.kind) {
    case "authKey": {
      const { authKey, localKey } = record;
      return [
        authKey.title,
        localKey?.fileName,
        authKey.name,
        authKey.fingerprint,
        // As `ssh-keygen -l` prints the two, with the kind of fingerprint before them.
        `md5:${authKey.fingerprint}`,
        localKey?.sha256Fingerprint,
      ];
    }
    case "subAccount":
      return identifiersOfSubAccount(record);
    case "accessKey":
      // Somebody's keys are found by whose they are.
      return [record.accessKey.accessKeyId, ...identifiersOfSubAccount(record.owner)];
  }
}

function identifiersOfSubAccount({ subAccountId, subAccount }: SubAccountRef) {
  return [subAccount?.name, subAccount?.loginId, subAccountId];
}
