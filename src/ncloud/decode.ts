/** An answer, a stored record or an argument that does not have the shape it should have. */
export class DecodeError extends Error {
  override readonly name = "DecodeError";
  /** Where it went wrong, e.g. `keyList[2].title`; empty for the value as a whole. */
  readonly field: string;

  constructor(field: string) {
    super(`Unexpected value at ${field || "the top"}`);
    this.field = field;
  }

  /** The same failure seen from the value that holds it. */
  within(parent: string): DecodeError {
    const joint = this.field === "" || this.field.startsWith("[") ? "" : ".";
    return new DecodeError(`${parent}${joint}${this.field}`);
  }
}

export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function decodeRecord(value: unknown): JsonRecord {
  if (!isRecord(value)) throw new DecodeError("");
  return value;
}

/** Decodes each element; a failure names its index. */
export function decodeArray<T>(value: unknown, decodeItem: (item: unknown) => T): T[] {
  if (!Array.isArray(value)) throw new DecodeError("");
  const items: T[] = [];
  try {
    for (const item of value) items.push(decodeItem(item));
  } catch (error) {
    throw error instanceof DecodeError ? error.within(`[${items.length}]`) : error;
  }
  return items;
}

/** Decodes one field of a record; a failure inside it names the field. */
export function decodeField<T>(
  record: JsonRecord,
  field: string,
  decode: (value: unknown) => T,
): T {
  try {
    return decode(record[field]);
  } catch (error) {
    throw error instanceof DecodeError ? error.within(field) : error;
  }
}

/** A text with at least one character. */
export function requireText(record: JsonRecord, field: string): string {
  const value = record[field];
  if (typeof value !== "string" || value === "") throw new DecodeError(field);
  return value;
}

/** A text, or undefined when the field is absent or null. */
export function optionalText(record: JsonRecord, field: string): string | undefined {
  const value = record[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw new DecodeError(field);
  return value;
}

export function requireBoolean(record: JsonRecord, field: string): boolean {
  const value = record[field];
  if (typeof value !== "boolean") throw new DecodeError(field);
  return value;
}

export function optionalBoolean(record: JsonRecord, field: string): boolean | undefined {
  const value = record[field];
  return value === undefined || value === null ? undefined : requireBoolean(record, field);
}

/** A whole number from zero up to the largest that a double holds exactly. */
export function requireCount(record: JsonRecord, field: string): number {
  const value = record[field];
  if (!Number.isSafeInteger(value) || Number(value) < 0) throw new DecodeError(field);
  return Number(value);
}

/**
 * A date and time as milliseconds since the epoch. A text that is no date gives undefined: an
 * unknown age is no reason to hide a key. Another type than text is a failure.
 */
export function optionalTime(record: JsonRecord, field: string): number | undefined {
  const text = optionalText(record, field);
  const time = text === undefined ? NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
