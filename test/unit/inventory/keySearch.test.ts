import assert from "node:assert/strict";
import type { KeyRecord } from "../../../src/inventory/keyRecord.ts";
import { isHit, KeySearch } from "../../../src/inventory/keySearch.ts";
import { rowIdOfRecord } from "../../../src/inventory/rowOfRecord.ts";
import { accessKeyRecord, apiKeyRecord, authKeyRecord, kim } from "../support/keyRecords.ts";

const laptop = authKeyRecord("laptop", "id_ed25519.pub");
const training = apiKeyRecord("ML-Training");
const inference = apiKeyRecord("staging ml");
const minsu: KeyRecord = { kind: "subAccount", ...kim };
const minsusKey = accessKeyRecord("ncp_iam_ABC");
const all = [laptop, inference, training, minsu, minsusKey];

function found(query: string, records: readonly KeyRecord[] = all): readonly KeyRecord[] {
  const search = new KeySearch();
  search.add(records);
  const { records: hits } = search.find(query, 200);
  const others = records.filter((record) => !hits.includes(record));
  // What is found alone must be what is found among others.
  assert.deepEqual(
    [hits.every((record) => isHit(record, query)), others.some((record) => isHit(record, query))],
    [true, false],
  );
  return hits;
}

describe("the search for a key", () => {
  it("finds it by everything that identifies it, in any case", () => {
    const queries = {
      "a title": ["LAPTOP", laptop],
      "a local file name": ["ed25519.p", laptop],
      "an MD5 fingerprint": ["0A:1B:2C", laptop],
      "an MD5 fingerprint as ssh-keygen prints it": ["MD5:0a:1b:2c", laptop],
      "an MD5 fingerprint without colons": ["0a1b2c", laptop],
      "a SHA-256 fingerprint": ["SHA256:HiThErE0123456789", laptop],
      "a name": ["training", training],
      "an API key ID": ["id-of-ml", training],
    } as const;
    const wrong = Object.entries(queries).filter(([, [query, record]]) => {
      const hits = found(query);
      return hits.length !== 1 || hits[0] !== record;
    });
    assert.deepEqual(wrong, []);
  });

  it("finds a sub account by its login ID, name and ID, and its access keys by these too", () => {
    assert.deepEqual(
      ["kim.min", "김민", "0c1f", "ncp_iam_abc"].map((query) => found(query)),
      [[minsu, minsusKey], [minsu, minsusKey], [minsu, minsusKey], [minsusKey]],
    );
  });

  it("finds a Korean file name however a file system spells it", () => {
    const key = authKeyRecord("desk", "노트북.pub".normalize("NFD"));
    assert.deepEqual(found("노트", [laptop, key]), [key]);
  });

  it("asks for every word, in any order and from any of the texts", () => {
    assert.deepEqual(
      ["abc kim", "  kim   ABC ", "kim xyz", "staging ml"].map((query) => found(query).length),
      [1, 1, 0, 1],
    );
  });

  it("finds no word across two texts", () => {
    assert.deepEqual(found("laptopid"), []);
  });

  it("puts what begins with the word before what has it inside", () => {
    assert.deepEqual(found("ml"), [training, inference]);
  });

  it("does so too where another text has it inside", () => {
    const byId = apiKeyRecord("my-abc", { apiKeyId: "abc123" });
    const within = apiKeyRecord("x-abc", { apiKeyId: "q1" });
    assert.deepEqual(found("abc", [within, byId]), [byId, within]);
  });

  it("shows everything while nothing is typed", () => {
    assert.deepEqual(found(" "), all);
  });

  it("gives no more than asked for, and says how many there are", () => {
    const search = new KeySearch();
    search.add(Array.from({ length: 500 }, (_, index) => apiKeyRecord(`key-${index}`)));
    search.add([apiKeyRecord("the key-like")]);
    const summary = ["", "key", "key-49", "nothing"].map((query) => {
      const { records, total } = search.find(query, 200);
      return [records.length, total];
    });
    assert.deepEqual(summary, [
      [200, 501],
      [200, 501],
      [11, 11],
      [0, 0],
    ]);
  });

  it("has the best hits among those it gives, though they came last", () => {
    const search = new KeySearch();
    search.add(Array.from({ length: 500 }, (_, index) => apiKeyRecord(`old-web-${index}`)));
    search.add([apiKeyRecord("web")]);
    assert.deepEqual(search.find("web", 200).records[0], apiKeyRecord("web"));
  });

  it("keeps up with typing among a hundred thousand keys", function () {
    this.timeout(20_000);
    const words = ["web", "batch", "ml", "staging", "prod", "edge"];
    const records = Array.from({ length: 100_000 }, (_, index) => {
      const name = `${words[index % 6]}-${words[(index * 7) % 5]}-${index}`;
      const apiKeyId = `${(index * 2_654_435_761).toString(36)}${index.toString(36)}`.padEnd(
        20,
        "x",
      );
      return apiKeyRecord(name, { apiKeyId });
    });
    const search = new KeySearch();
    search.add(records);
    const texts = records.map((record) =>
      record.kind === "apiKey"
        ? `${record.apiKey.name}\n${record.apiKey.apiKeyId}`.toLowerCase()
        : "",
    );
    const queries = ["w", "we", "web", "web-", "zzz", "99999", "e-9", "prod staging"];
    const timed = queries.map((query) => {
      const ours = fastestOf(() => search.find(query, 200));
      const plain = fastestOf(() => texts.filter((text) => text.includes(query)));
      return { query, ours, plain };
    });
    const worst = timed.reduce((a, b) => (a.ours > b.ours ? a : b));
    const sum = (key: "ours" | "plain") => timed.reduce((total, time) => total + time[key], 0);
    const ratio = sum("ours") / sum("plain");
    console.log(
      `      100,000 keys: ${worst.ours.toFixed(1)} ms for “${worst.query}” at the most, ` +
        `${ratio.toFixed(2)} times String.includes`,
    );
    assert.ok(worst.ours <= 16, `${worst.ours} ms`);
    assert.ok(ratio <= 2, `${ratio} times String.includes`);
  });
});

/** Milliseconds. What else runs on the computer only ever adds to it. */
function fastestOf(run: () => unknown): number {
  const times = Array.from({ length: 15 }, () => {
    const began = performance.now();
    run();
    return performance.now() - began;
  });
  return Math.min(...times);
}

describe("a key's row", () => {
  it("is told from every other by its id", () => {
    const ids = all.map((record) => rowIdOfRecord("account", record));
    assert.deepEqual(ids, [
      "account/authKeys/laptop/0a1b2c3d4e5f60718293a4b5c6d7e8f9",
      "account/apiKeys/id-of-staging ml",
      "account/apiKeys/id-of-ML-Training",
      "account/subAccounts/0c1f-kim",
      "account/subAccounts/0c1f-kim/ncp_iam_ABC",
    ]);
  });
});
