import assert from "node:assert/strict";
import { inspect } from "node:util";
import fc from "fast-check";
import { decodeAccount, encodeAccount, type Account } from "../../../src/accounts/account.ts";
import { Secret } from "../../../src/ncloud/secret.ts";
import type { Zone } from "../../../src/ncloud/zone.ts";
import { newAccount, newSecretText, revealed } from "../support/testAccount.ts";

/** Any text the editor or a person can hand over, halves of surrogate pairs included. */
const text = fc.string({ unit: "binary" });
const someText = text.filter((value) => value !== "");

const zone: fc.Arbitrary<Zone> = fc.oneof(
  fc.constantFrom<Zone>({ kind: "public" }, { kind: "government" }, { kind: "financial" }),
  fc
    .tuple(fc.domain(), fc.integer({ min: 1024, max: 65_535 }))
    .map(([host, port]) => ({ kind: "custom", origin: `https://${host}:${port}` }) as const),
);

const account: fc.Arbitrary<Account> = fc.record(
  {
    id: someText,
    label: someText,
    zone,
    accessKeyId: someText,
    secretKey: someText.map((value) => new Secret(value)),
    subAccountIds: fc.array(someText),
    nsmlApiKey: text.map((value) => new Secret(value)),
    nsmlApiKeyId: text,
    signInId: text,
  },
  { requiredKeys: ["id", "label", "zone", "accessKeyId", "secretKey", "subAccountIds"] },
);

describe("The record of an account", () => {
  it("gives back the account that went into it", () => {
    fc.assert(
      fc.property(account, (before) => {
        const stored = decodeAccount(before.id, encodeAccount(before));
        assert.equal(stored.status, "present");
        assert.deepEqual(revealed(stored.account), revealed(before));
      }),
      { numRuns: 500, seed: 3 },
    );
  });

  it("is the only form in which an account shows its secrets", () => {
    const secrets = [newSecretText(), newSecretText()] as const;
    const before = newAccount({
      id: "a",
      secretKey: new Secret(secrets[0]),
      nsmlApiKey: new Secret(secrets[1]),
    });
    const forms = {
      record: encodeAccount(before),
      json: JSON.stringify(before),
      inspected: inspect(before, { depth: 9, showHidden: true }),
      text: `${before.secretKey.toString()} ${String(before.nsmlApiKey)}`,
    };
    const shown = Object.entries(forms).map(([form, value]) => [
      form,
      secrets.filter((secret) => value.includes(secret)).length,
    ]);
    assert.deepEqual(Object.fromEntries(shown), { record: 2, json: 0, inspected: 0, text: 0 });
  });

  it("does not hold the account's id, which is the name of its entry", () => {
    const record: unknown = JSON.parse(encodeAccount(newAccount({ id: "the id", label: "a" })));
    assert.deepEqual(Object.keys(record as object), [
      "version",
      "label",
      "zone",
      "accessKeyId",
      "secretKey",
    ]);
  });

  it("that is not there is a missing one", () => {
    assert.deepEqual(decodeAccount("a", undefined), { status: "missing" });
  });

  it("is unreadable when anything about it is not as it was written", () => {
    const good = JSON.parse(encodeAccount(newAccount({ id: "a" }))) as Record<string, unknown>;
    const custom = { ...good, zone: "custom" };
    const spoilt: Record<string, unknown> = {
      "no version": { ...good, version: undefined },
      "an earlier version": { ...good, version: 0 },
      "a version that is no number": { ...good, version: "2" },
      "no label": { ...good, label: undefined },
      "an empty label": { ...good, label: "" },
      "a label that is no text": { ...good, label: { toString: "a" } },
      "no zone": { ...good, zone: undefined },
      "an unknown zone": { ...good, zone: "lunar" },
      "a zone named like a property of every object": { ...good, zone: "constructor" },
      "a custom zone without an origin": custom,
      "a custom origin over plain http": { ...custom, origin: "http://ncp.example.com" },
      "a custom origin with a path": { ...custom, origin: "https://ncp.example.com/api" },
      "a custom origin with a user name": { ...custom, origin: "https://me@ncp.example.com" },
      "no access key ID": { ...good, accessKeyId: null },
      "no secret key": { ...good, secretKey: undefined },
      "an empty secret key": { ...good, secretKey: "" },
      "a secret key that is no text": { ...good, secretKey: 5 },
      "an API key that is no text": { ...good, nsmlApiKey: ["a"] },
      "an API key ID that is no text": { ...good, nsmlApiKeyId: 1 },
      "sub accounts that are no list": { ...good, subAccountIds: "a" },
      "an empty sub account ID": { ...good, subAccountIds: ["a", ""] },
      "a sub account ID that is no text": { ...good, subAccountIds: [1] },
      "a sign-in that is no text": { ...good, signInId: 1 },
      "no record at all": null,
      "a list": [good],
      "a text": "version 1",
    };
    const texts = [
      ...Object.entries(spoilt).map(([name, json]) => [name, JSON.stringify(json)] as const),
      ["nothing", ""] as const,
      ["half a record", JSON.stringify(good).slice(0, -9)] as const,
      ["no JSON", "ncp_iam_"] as const,
    ];
    const read = texts.filter(([, json]) => decodeAccount("a", json).status !== "unreadable");
    assert.deepEqual(read, []);
  });

  it("of a later version is known to be one, whatever else is in it", () => {
    const records = [{ version: 2 }, { version: 1.5, zone: 7 }, { version: 1e9, label: "" }];
    assert.deepEqual(
      records.map((record) => decodeAccount("a", JSON.stringify(record))),
      records.map(() => ({ status: "newerVersion" })),
    );
  });

  it("is decoded or found unreadable, and never throws", () => {
    const json = fc.oneof(
      fc.json(),
      text,
      fc.jsonValue().map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(json, (record) => {
        assert.match(decodeAccount("a", record).status, /^(?:unreadable|newerVersion)$/);
      }),
      { numRuns: 2000, seed: 3 },
    );
  });
});
