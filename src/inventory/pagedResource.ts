import { Resource } from "./resource.ts";

/** Some rows of a list that is read page by page. */
export interface Pages<T> {
  readonly items: readonly T[];
  /** How many rows there are in all, as the newest page said. */
  readonly total: number;
  /** Where the next page begins; undefined when there is none. */
  readonly next: number | undefined;
}

/** One page as the server sent it. */
type ReadPage<T> = (cursor: number, signal: AbortSignal) => Promise<Pages<T>>;

export interface PagedParts<T> {
  readonly readPage: ReadPage<T>;
  readonly idOf: (item: T) => string;
  readonly isSameItem: (a: T, b: T) => boolean;
  readonly onChange: () => void;
}

/** A list that is read page by page: `reload` reads as much again as is in view, `loadMore` goes on. */
export class PagedResource<T> extends Resource<Pages<T>> {
  readonly #parts: PagedParts<T>;
  #isAdding = false;

  constructor(parts: PagedParts<T>) {
    super({
      read: (signal, previous) => readAtLeast(previous?.items.length ?? 1, parts, signal),
      onChange: parts.onChange,
      isSame: (a, b) =>
        a.total === b.total &&
        a.next === b.next &&
        a.items.length === b.items.length &&
        a.items.every((item, index) => parts.isSameItem(item, b.items[index] as T)),
    });
    this.#parts = parts;
  }

  /** Whether the latest read was for the next page, so that its failure stands below the rows. */
  get isAdding(): boolean {
    return this.#isAdding;
  }

  override reload(): Promise<void> {
    this.#isAdding = false;
    return super.reload();
  }

  /** Adds the next page. The rows in view stay, whether it comes or fails. Never rejects. */
  loadMore(): Promise<void> {
    const { state } = this;
    if (state.status === "loading" || this.value?.next === undefined) return this.load();
    this.#isAdding = true;
    return this.run(async (signal, previous) => {
      if (previous?.next === undefined) return readAtLeast(1, this.#parts, signal);
      const page = await this.#parts.readPage(previous.next, signal);
      return append(previous, page, this.#parts.idOf);
    });
  }

  /** Takes over one item as a change left it: in its place, or first when it is new. */
  put(item: T): void {
    const { value } = this;
    if (!value) return;
    const id = this.#parts.idOf(item);
    const isKnown = value.items.some((other) => this.#parts.idOf(other) === id);
    const items = isKnown
      ? value.items.map((other) => (this.#parts.idOf(other) === id ? item : other))
      : [item, ...value.items];
    this.set({ ...value, items, total: value.total + (isKnown ? 0 : 1) });
  }

  /**
   * Adds an item that is on a page not read yet, below those that are: they keep their places, and
   * its page leaves it out. Whoever calls this waits for `load` first: a read under way is void.
   *
   * The next `reload` does without it: no page that is read then says whether it is still there, and
   * a row that nobody has read again would show a key that may be gone.
   */
  include(item: T): void {
    const { value } = this;
    const id = this.#parts.idOf(item);
    if (!value || value.items.some((other) => this.#parts.idOf(other) === id)) return;
    const items = [...value.items, item];
    this.set({ ...value, items, total: Math.max(value.total, items.length) });
  }

  /** Takes an item out that a change removed. Where the next page begins may be off by it then. */
  remove(id: string): void {
    const { value } = this;
    const items = value?.items.filter((item) => this.#parts.idOf(item) !== id);
    if (!value || !items || items.length === value.items.length) return;
    this.set({ ...value, items, total: Math.max(items.length, value.total - 1) });
    if (value.next !== undefined) void this.reload();
  }
}

async function readAtLeast<T>(
  count: number,
  { readPage, idOf }: PagedParts<T>,
  signal: AbortSignal,
): Promise<Pages<T>> {
  let pages: Pages<T> = append({ items: [], total: 0, next: 0 }, await readPage(0, signal), idOf);
  while (pages.items.length < count && pages.next !== undefined) {
    const { length } = pages.items;
    pages = append(pages, await readPage(pages.next, signal), idOf);
    // A server that repeats itself would never send enough.
    if (pages.items.length === length) break;
  }
  return pages;
}

/** Pages overlap when rows come and go between two reads: a row is taken once. */
function append<T>(before: Pages<T>, page: Pages<T>, idOf: (item: T) => string): Pages<T> {
  const known = new Set(before.items.map(idOf));
  const items = [...before.items];
  for (const item of page.items) {
    const id = idOf(item);
    if (known.has(id)) continue;
    known.add(id);
    items.push(item);
  }
  return { items, total: page.total, next: page.next };
}
