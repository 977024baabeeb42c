import assert from "node:assert/strict";
import type { Column, PageFinding, PageKey } from "../../../src/healthPage/protocol.ts";
import { firstOrder, nextOrder, sortKeys } from "../../../src/healthPage/sortKeys.ts";

function key(name: string, facts: Partial<PageKey> = {}): PageKey {
  return {
    ...{
      id: name,
      kind: "apiKey",
      name,
      detail: "",
      owner: "",
      ownerDetail: "",
      days: 1,
      age: "",
      since: "",
    },
    ...{ state: "", isOn: true, needsCare: false, findings: [], spoken: "", action: undefined },
    ...facts,
  };
}

const care: PageFinding = { severity: "care", text: "" };
const note: PageFinding = { severity: "note", text: "" };

const names = (keys: readonly PageKey[], column: Column, direction: "ascending" | "descending") =>
  sortKeys(keys, { column, direction }, "en").map(({ name }) => name);

describe("The order of the table", () => {
  it("begins with what needs care, the oldest first", () => {
    const keys = [
      key("noted", { findings: [note, note], days: 900 }),
      key("young", { findings: [care], days: 100 }),
      key("well", { days: 1000 }),
      key("old", { findings: [care], days: 400 }),
      key("worst", { findings: [care, care], days: 95 }),
    ];
    assert.deepEqual(names(keys, firstOrder.column, firstOrder.direction), [
      "worst",
      "old",
      "young",
      "noted",
      "well",
    ]);
  });

  it("takes numbers in names for numbers, and no case for another", () => {
    const keys = [key("node-10"), key("Node-9"), key("가"), key("alpha")];
    assert.deepEqual(names(keys, "name", "ascending"), ["alpha", "Node-9", "node-10", "가"]);
  });

  it("has unknown ages and missing owners last in both directions", () => {
    const ages = [key("unknown", { days: undefined }), key("b", { days: 2 }), key("a")];
    const owners = [key("none"), key("kim", { owner: "kim" }), key("lee", { owner: "lee" })];
    assert.deepEqual(
      [
        names(ages, "age", "ascending"),
        names(ages, "age", "descending"),
        names(owners, "owner", "ascending"),
        names(owners, "owner", "descending"),
      ],
      [
        ["a", "b", "unknown"],
        ["b", "a", "unknown"],
        ["kim", "lee", "none"],
        ["lee", "kim", "none"],
      ],
    );
  });

  it("turns around with a second press, and begins anew with another column", () => {
    const byName = nextOrder(firstOrder, "name");
    assert.deepEqual(
      [byName, nextOrder(byName, "name"), nextOrder(byName, "age")],
      [
        { column: "name", direction: "ascending" },
        { column: "name", direction: "descending" },
        { column: "age", direction: "descending" },
      ],
    );
  });
});
