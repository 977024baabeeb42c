import { ALPHANUMERIC, Random } from "./random.ts";

/** An API key of API Gateway as a list shows it. */
export interface ApiKey {
  readonly apiKeyId: string;
  readonly tenantId: string;
  readonly apiKeyName: string;
  readonly apiKeyDescription: string;
  readonly modifier: string;
  readonly isEnabled: boolean;
  readonly modTime: string;
  readonly domainCode: string;
}

/** What an API key is there for: either value identifies its subscriber. */
export interface ApiKeyValues {
  readonly primaryKey: string;
  readonly secondaryKey: string;
}

const random = Random.secret();

/**
 * The API keys of one account, newest first. A page costs what is on it, however many keys there
 * are. Keys are replaced rather than changed: `put({ ...apiKey, isEnabled: false })`.
 */
export class ApiKeyTable {
  /** Oldest first: the key that is made next is appended. */
  readonly #ordered: ApiKey[] = [];
  readonly #byId = new Map<string, ApiKey>();
  /** Drawn when first asked for. Until then nobody knows them, so that nobody can miss them. */
  readonly #values = new Map<string, ApiKeyValues>();
  readonly #idOfValue = new Map<string, string>();
  readonly #listeners = new Set<(apiKeyId: string) => void>();

  get size(): number {
    return this.#ordered.length;
  }

  get(apiKeyId: string): ApiKey | undefined {
    return this.#byId.get(apiKeyId);
  }

  /** Adds a key as the newest, or replaces the one of the same ID where it stands. */
  put(apiKey: ApiKey): void {
    const former = this.#byId.get(apiKey.apiKeyId);
    if (former === undefined) this.#ordered.push(apiKey);
    else this.#ordered[this.#ordered.indexOf(former)] = apiKey;
    this.#byId.set(apiKey.apiKeyId, apiKey);
    if (this.#values.has(apiKey.apiKeyId)) this.#tell(apiKey.apiKeyId);
  }

  delete(apiKeyId: string): boolean {
    const apiKey = this.#byId.get(apiKeyId);
    if (apiKey === undefined) return false;
    this.#ordered.splice(this.#ordered.indexOf(apiKey), 1);
    this.#byId.delete(apiKeyId);
    this.#forgetValues(apiKeyId);
    return true;
  }

  /** Both values of a key. */
  valuesOf(apiKeyId: string): ApiKeyValues {
    const known = this.#values.get(apiKeyId);
    if (known !== undefined) return known;
    const values = {
      primaryKey: this.#newValue(apiKeyId),
      secondaryKey: this.#newValue(apiKeyId),
    };
    this.#values.set(apiKeyId, values);
    this.#tell(apiKeyId);
    return values;
  }

  /** Makes one of the two values anew; the one before it is good for nothing from now on. */
  regenerate(apiKeyId: string, which: keyof ApiKeyValues): void {
    const values = this.valuesOf(apiKeyId);
    this.#idOfValue.delete(values[which]);
    this.#values.set(apiKeyId, { ...values, [which]: this.#newValue(apiKeyId) });
    this.#tell(apiKeyId);
  }

  /** Calls after each change that may make known values work or fail, and when they are drawn. */
  onChange(listener: (apiKeyId: string) => void): void {
    this.#listeners.add(listener);
  }

  /** The key whose primary or secondary value this is. */
  withValue(value: string): ApiKey | undefined {
    return this.#byId.get(this.#idOfValue.get(value) ?? "");
  }

  /** Newest first, from `offset` on, at most `limit`. */
  page(offset: number, limit: number): ApiKey[] {
    const end = Math.max(0, this.#ordered.length - offset);
    return this.#ordered.slice(Math.max(0, end - limit), end).reverse();
  }

  /** Every key whose name contains `text`, newest first. */
  named(text: string): ApiKey[] {
    return this.#ordered.filter((apiKey) => apiKey.apiKeyName.includes(text)).reverse();
  }

  /** All keys, newest first. */
  all(): ApiKey[] {
    return this.page(0, this.size);
  }

  #forgetValues(apiKeyId: string): void {
    const values = this.#values.get(apiKeyId);
    if (values === undefined) return;
    // A key that is put back under this ID must not bring its old values to life.
    this.#idOfValue.delete(values.primaryKey);
    this.#idOfValue.delete(values.secondaryKey);
    this.#values.delete(apiKeyId);
    this.#tell(apiKeyId);
  }

  #tell(apiKeyId: string): void {
    for (const tell of this.#listeners) tell(apiKeyId);
  }

  #newValue(apiKeyId: string): string {
    const value = random.text(ALPHANUMERIC, 40);
    this.#idOfValue.set(value, apiKeyId);
    return value;
  }
}
