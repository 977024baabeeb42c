import assert from "node:assert/strict";
import { answerTool } from "../../../src/assistant/answerTool.ts";
import type { ToolName } from "../../../src/assistant/toolNames.ts";
import { Secret } from "../../../src/ncloud/secret.ts";
import { kindOf, never } from "../ncloud/support/observed.ts";
import { newEd25519 } from "../support/newKeys.ts";
import { useWorld } from "../support/world.ts";

interface KeyList {
  readonly total: number;
  readonly keys: readonly { readonly kind: string; readonly id: string; readonly name?: string }[];
  readonly nextOffset?: number;
  readonly notRead?: unknown;
  readonly error?: string;
}

describe("what a tool answers to an assistant", () => {
  const world = useWorld({ apiKeys: 250, subAccounts: 3, authKeys: 2 });

  const text = (name: ToolName, input: unknown = {}) =>
    answerTool(world().session, name, input, never(), { warningDays: 90 });
  const keys = async (input: unknown = {}) =>
    JSON.parse(await text("ncloudKeys_listKeys", input)) as KeyList;

  const signInWithNsml = () =>
    world().signIn({ nsmlApiKey: new Secret(world().sandbox.apiKeyValue) });

  it("names the accounts, and of each no more than label, zone and which is active", async () => {
    await world().signIn({ id: "other", label: "other", zone: { kind: "government" } });
    await world().signIn();
    assert.deepEqual(JSON.parse(await text("ncloudKeys_listAccounts")), {
      accounts: [
        { label: "other", active: false, zone: "government" },
        { label: "work", active: true, zone: world().sandbox.origin },
      ],
    });
  });

  it("lists every key by a hundred at a time", async () => {
    await world().signIn();
    const seen = new Set<string>();
    let list = await keys();
    for (let next: number | undefined = 0; next !== undefined; next = list.nextOffset) {
      list = await keys({ offset: next });
      assert.ok(list.keys.length <= 100);
      for (const { kind, id } of list.keys) seen.add(`${kind} ${id}`);
    }
    assert.equal(seen.size, list.total);
  });

  it("gives of each key what the person agrees to, and nothing more", async () => {
    await signInWithNsml();
    const { sandbox } = world();
    const { line, fingerprint } = newEd25519();
    sandbox.state.authKeys[0] = { ...sandbox.state.authKeys[0]!, fingerprint };
    world().localKeys = [
      {
        ...{ path: "/home/kim/.ssh/id.pub", fileName: "id.pub", type: "ssh-ed25519", bits: 256 },
        ...{ fingerprint, sha256Fingerprint: line },
      },
    ];
    const fields: Record<string, Set<string>> = {};
    for (const tool of ["ncloudKeys_listKeys", "ncloudKeys_keyHealth"] as const) {
      for (let next: number | undefined = 0; next !== undefined;) {
        const list = JSON.parse(await text(tool, { offset: next })) as KeyList;
        for (const key of list.keys) {
          const seen = (fields[`${tool.slice(11)} ${key.kind}`] ??= new Set());
          for (const field of Object.keys(key)) seen.add(field);
        }
        next = list.nextOffset;
      }
    }
    const accessKey = ["ageDays", "created", "id", "kind", "state", "sub_account_id"];
    const apiKey = ["changed", "daysSinceChange", "id", "kind", "name", "state"];
    const authKey = ["ageDays", "created", "id", "kind"];
    const found = ["findings", "needsCare"];
    assert.deepEqual(
      Object.fromEntries(Object.entries(fields).map(([kind, seen]) => [kind, [...seen].sort()])),
      {
        "listKeys authKey": authKey,
        "listKeys apiKey": apiKey,
        "listKeys subAccount": ["api_access", "id", "kind", "name", "state"],
        "listKeys accessKey": accessKey,
        "keyHealth authKey": [...authKey, ...found].sort(),
        "keyHealth apiKey": [...apiKey, ...found].sort(),
        "keyHealth accessKey": [...accessKey, ...found].sort(),
      },
    );
  });

  it("keeps the keys of a kind that a query finds", async () => {
    await world().signIn();
    const [apiKey] = world().sandbox.state.apiKeys.all();
    const list = await keys({ kind: "apiKey", query: apiKey?.apiKeyId });
    assert.deepEqual(
      [list.total, list.keys.map(({ id, name }) => [id, name])],
      [1, [[apiKey?.apiKeyId, apiKey?.apiKeyName]]],
    );
  });

  it("says which keys need care, those first, and with no more than the findings", async () => {
    await world().signIn();
    const [owner] = world().sandbox.state.subAccounts;
    assert.ok(owner?.accessKeys[0]);
    owner.active = true;
    owner.canAPIGatewayAccess = true;
    const old = { active: true, createTime: "2020-01-01T00:00:00Z" };
    owner.accessKeys[0] = { ...owner.accessKeys[0], ...old };
    const health = JSON.parse(await text("ncloudKeys_keyHealth")) as Omit<KeyList, "keys"> & {
      readonly needCare: number;
      readonly keys: readonly { readonly id: string; readonly needsCare: boolean }[];
    };
    const cares = health.keys.map(({ needsCare }) => needsCare);
    const found = health.keys.find(({ id }) => id === owner.accessKeys[0]?.accessKey);
    assert.deepEqual(
      {
        needsCare: found?.needsCare,
        isSorted: cares.lastIndexOf(true) < cares.length - cares.filter((care) => !care).length,
        isCounted: health.needCare >= 1 && health.keys.length <= 100,
      },
      { needsCare: true, isSorted: true, isCounted: true },
    );
  });

  it("counts the days of every kind of key whose time is known", async () => {
    await signInWithNsml();
    const { keys } = JSON.parse(await text("ncloudKeys_listKeys")) as {
      readonly keys: readonly Readonly<Record<string, unknown>>[];
    };
    const days = (kind: string, name: string) =>
      keys.filter((key) => key["kind"] === kind).map((key) => typeof key[name]);
    assert.deepEqual(
      [days("authKey", "ageDays"), new Set(days("apiKey", "daysSinceChange"))],
      [["number", "number"], new Set(["number"])],
    );
  });

  it("leaves no finding out, and puts the keys that are merely elsewhere last", async () => {
    await signInWithNsml();
    const { sandbox } = world();
    const { apiKeys } = sandbox.state;
    const ofNsml = apiKeys.withValue(sandbox.apiKeyValue);
    const [disabled, ...others] = apiKeys.all().filter((apiKey) => apiKey !== ofNsml);
    for (const { apiKeyId } of others) apiKeys.delete(apiKeyId);
    apiKeys.put({ ...disabled!, isEnabled: false });
    const health = JSON.parse(
      await answerTool(world().session, "ncloudKeys_keyHealth", {}, never(), { warningDays: 0 }),
    ) as {
      readonly total: number;
      readonly keys: readonly {
        readonly kind: string;
        readonly needsCare: boolean;
        readonly findings: readonly { readonly kind: string }[];
      }[];
    };
    const ranks = health.keys.map(({ needsCare, findings }) =>
      needsCare ? 0 : findings.every(({ kind }) => kind === "noLocalMatch") ? 2 : 1,
    );
    assert.deepEqual(
      {
        isSorted: ranks.join("") === [...ranks].sort().join(""),
        elsewhere: ranks.filter((rank) => rank === 2).length,
        others: ranks.some((rank) => rank === 1),
        total: health.total,
      },
      { isSorted: true, elsewhere: 2, others: true, total: health.keys.length },
    );
  });

  it("says which parts could not be read", async () => {
    await world().signIn();
    world().sandbox.addFault({ kind: "status", status: 500, path: "/api/v1/sub-accounts" });
    assert.deepEqual((await keys()).notRead, [{ part: "subAccounts", reason: "server" }]);
  });

  it("takes any input without a fault", async () => {
    await world().signIn();
    const inputs = [undefined, null, "text", [], { offset: -1, kind: 7, query: {}, account: "" }];
    const totals: boolean[] = [];
    for (const input of inputs) totals.push((await keys(input)).error === undefined);
    assert.deepEqual(
      totals,
      inputs.map(() => true),
    );
    assert.match((await keys({ account: "nobody" })).error ?? "", /no such account/);
  });

  it("cuts long values off, and stays small", async () => {
    await world().signIn();
    const [authKey] = world().sandbox.state.authKeys;
    world().sandbox.state.authKeys.push({ ...authKey!, title: "x".repeat(5_000) });
    const answer = await text("ncloudKeys_listKeys");
    assert.ok(answer.length < 60_000, `${answer.length} characters`);
    assert.equal(answer.includes("x".repeat(201)), false);
  });

  it("has no secret in it", async () => {
    await world().signIn();
    const { state, secretKey } = world().sandbox;
    const answer = (await text("ncloudKeys_listKeys")) + (await text("ncloudKeys_listAccounts"));
    const secrets = [
      secretKey,
      ...state.apiKeys.all().flatMap(({ apiKeyId }) => {
        const { primaryKey, secondaryKey } = state.apiKeys.valuesOf(apiKeyId);
        return [primaryKey, secondaryKey];
      }),
      ...state.subAccounts.flatMap(({ accessKeys }) => accessKeys.map((key) => key.secretKey)),
    ];
    assert.deepEqual(
      secrets.filter((secret) => answer.includes(secret)),
      [],
    );
  });

  it("ends when the assistant is stopped", async () => {
    await world().signIn();
    const stopped = AbortSignal.abort();
    const answer = answerTool(world().session, "ncloudKeys_listKeys", {}, stopped, {
      warningDays: 0,
    });
    assert.equal(await kindOf(answer), "cancelled");
  });

  for (const [name, option] of [
    ["ncloudKeys_listKeys", "kind"],
    ["ncloudKeys_keyHealth", "offset"],
  ] as const) {
    it(`ends when the assistant is stopped while ${name} goes through what was read`, async () => {
      await world().signIn();
      const abort = new AbortController();
      // What is wanted is looked at once everything was read.
      const input = Object.defineProperty({}, option, {
        get: () => {
          abort.abort();
          return undefined;
        },
      });
      const answer = answerTool(world().session, name, input, abort.signal, { warningDays: 0 });
      assert.equal(await kindOf(answer), "cancelled");
    });
  }
});
