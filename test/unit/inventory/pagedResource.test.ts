import assert from "node:assert/strict";
import { PagedResource, type Pages } from "../../../src/inventory/pagedResource.ts";
import { NcloudError } from "../../../src/ncloud/ncloudError.ts";

interface Item {
  readonly id: string;
  readonly text: string;
}

/** A server with items `0`, `1` and so on, whose first page begins at the newest. */
class FakeList {
  items: Item[];
  readonly cursors: number[] = [];
  /** The most it sends at once. */
  cap = 3;
  failure: NcloudError | undefined;
  changes = 0;
  readonly resource: PagedResource<Item>;

  constructor(count: number) {
    this.items = Array.from({ length: count }, (_, index) => ({ id: `${index}`, text: "" }));
    this.resource = new PagedResource<Item>({
      readPage: (cursor) => this.page(cursor),
      idOf: ({ id }) => id,
      isSameItem: (a, b) => a.id === b.id && a.text === b.text,
      onChange: () => this.changes++,
    });
  }

  page(cursor: number): Promise<Pages<Item>> {
    this.cursors.push(cursor);
    if (this.failure) return Promise.reject(this.failure);
    const items = this.items.slice(cursor, cursor + this.cap);
    const next = cursor + items.length;
    const hasNext = items.length > 0 && next < this.items.length;
    return Promise.resolve({
      items,
      total: this.items.length,
      next: hasNext ? next : undefined,
    });
  }

  get ids(): string {
    return (this.resource.value?.items ?? []).map(({ id }) => id).join(" ");
  }
}

describe("a list that is read page by page", () => {
  it("begins with one page, and adds the next when it is asked for", async () => {
    const list = new FakeList(5);
    const { resource } = list;
    await resource.load();
    const seen = [[list.ids, resource.value?.total, resource.value?.next]];
    await resource.loadMore();
    seen.push([list.ids, resource.value?.total, resource.value?.next]);
    assert.deepEqual(seen, [
      ["0 1 2", 5, 3],
      ["0 1 2 3 4", 5, undefined],
    ]);
  });

  it("has no more after its last page", async () => {
    const list = new FakeList(3);
    await list.resource.load();
    await list.resource.loadMore();
    assert.deepEqual([list.ids, list.cursors, list.changes], ["0 1 2", [0], 1]);
  });

  it("ends with an empty page, whatever the total says", async () => {
    const list = new FakeList(0);
    await list.resource.load();
    assert.deepEqual(list.resource.value, { items: [], total: 0, next: undefined });
  });

  it("takes a row once when pages overlap, because a row came between two reads", async () => {
    const list = new FakeList(6);
    await list.resource.load();
    list.items.unshift({ id: "new", text: "" });
    await list.resource.loadMore();
    assert.equal(list.ids, "0 1 2 3 4");
  });

  it("takes a row once that a page itself repeats", async () => {
    const list = new FakeList(2);
    list.items.push({ id: "0", text: "again" });
    await list.resource.load();
    assert.equal(list.ids, "0 1");
  });

  it("adds one page when it is asked for more twice at once", async () => {
    const list = new FakeList(9);
    await list.resource.load();
    await Promise.all([list.resource.loadMore(), list.resource.loadMore()]);
    assert.deepEqual([list.ids, list.cursors], ["0 1 2 3 4 5", [0, 3]]);
  });

  it("joins a read that is under way instead of adding to what it replaces", async () => {
    const list = new FakeList(9);
    await list.resource.load();
    await Promise.all([list.resource.reload(), list.resource.loadMore()]);
    assert.deepEqual([list.ids, list.cursors], ["0 1 2", [0, 0]]);
  });

  it("reads as much again as was in view", async () => {
    const list = new FakeList(10);
    await list.resource.load();
    await list.resource.loadMore();
    list.items.unshift({ id: "new", text: "" });
    await list.resource.reload();
    assert.deepEqual(
      [list.ids, list.cursors.slice(2), list.resource.value?.total],
      ["new 0 1 2 3 4", [0, 3], 11],
    );
  });

  it("reads as much again from a server that sends less at once than before", async () => {
    const list = new FakeList(10);
    await list.resource.load();
    await list.resource.loadMore();
    list.cap = 2;
    await list.resource.reload();
    assert.deepEqual([list.ids, list.cursors.slice(2)], ["0 1 2 3 4 5", [0, 2, 4]]);
  });

  it("shrinks with the list", async () => {
    const list = new FakeList(10);
    await list.resource.load();
    await list.resource.loadMore();
    list.items.splice(4);
    await list.resource.reload();
    assert.deepEqual([list.ids, list.resource.value?.next], ["0 1 2 3", undefined]);
  });

  it("stops where a server repeats itself without end", async () => {
    const list = new FakeList(3);
    list.cap = 2;
    await list.resource.load();
    await list.resource.loadMore();
    const page = list.items.slice(0, 1);
    let reads = 0;
    list.page = (cursor) => {
      assert.ok(++reads < 100, "It goes on and on.");
      return Promise.resolve({ items: page, total: Number.MAX_SAFE_INTEGER, next: cursor + 1 });
    };
    await list.resource.reload();
    assert.deepEqual([list.ids, reads, list.resource.state.status], ["0", 2, "loaded"]);
  });

  it("says nothing when nothing changed, and so much as one changed row is news", async () => {
    const list = new FakeList(5);
    await list.resource.load();
    const changes = [list.changes];
    await list.resource.reload();
    changes.push(list.changes);
    list.items[1] = { id: "1", text: "renamed" };
    await list.resource.reload();
    changes.push(list.changes);
    list.items.pop();
    await list.resource.reload();
    changes.push(list.changes);
    assert.deepEqual(changes, [1, 1, 2, 3]);
  });

  it("keeps its rows when the next page fails, and goes on from there", async () => {
    const list = new FakeList(5);
    const { resource } = list;
    await resource.load();
    list.failure = new NcloudError("server");
    await resource.loadMore();
    const failed = [list.ids, resource.state.status, resource.isAdding];
    list.failure = undefined;
    await resource.loadMore();
    assert.deepEqual(
      [failed, list.ids, resource.state.status],
      [["0 1 2", "failed", true], "0 1 2 3 4", "loaded"],
    );
  });

  it("tells a failed refresh from a failed next page", async () => {
    const list = new FakeList(5);
    await list.resource.load();
    await list.resource.loadMore();
    list.failure = new NcloudError("server");
    await list.resource.reload();
    assert.deepEqual(
      [list.ids, list.resource.state.status, list.resource.isAdding],
      ["0 1 2 3 4", "failed", false],
    );
  });

  it("lets a refresh win over a next page that is on its way", async () => {
    const list = new FakeList(9);
    await list.resource.load();
    const more = list.resource.loadMore();
    list.items.unshift({ id: "new", text: "" });
    await Promise.all([more, list.resource.reload()]);
    assert.equal(list.ids, "new 0 1");
  });
});
