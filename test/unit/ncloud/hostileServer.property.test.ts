import assert from "node:assert/strict";
import fc from "fast-check";
import { Inventory } from "../../../src/inventory/inventory.ts";
import { childRows } from "../../../src/inventory/rows.ts";
import { deleteApiKey } from "../../../src/ncloud/apiGateway.ts";
import { listAccessKeys } from "../../../src/ncloud/subAccount.ts";
import { createAuthKey, deleteAuthKey } from "../../../src/ncloud/nsml.ts";
import { type NcloudClient } from "../../../src/ncloud/ncloudClient.ts";
import { nodeFetchTransport } from "../../../src/ncloud/nodeFetchTransport.ts";
import { Secret } from "../../../src/ncloud/secret.ts";
import { signatureIsValid } from "../../sandbox/signature.ts";
import { type Damage, valueFound, withDamage } from "./support/brokenJson.ts";
import { type DocumentedShape, documentedShapes, satisfies } from "./support/documentedShapes.ts";
import { answerOf, answering, type ScriptedAnswer } from "./support/fakeTransport.ts";
import { allRows, anyAccount, transportTo } from "./support/hostileAccount.ts";
import { anyAnswer, anyBytes, anyId, anyJunk } from "./support/hostileAnswers.ts";
import { clientOn, never, newSecret, outcomeOf } from "./support/observed.ts";
import { startRawServer } from "./support/rawServer.ts";

const long = process.env["NCLOUD_KEYS_TEST_LONG"] === "1";
const seed = 20_240_903;

/** How many of so many cases in short to try. */
function runs(cases: number): { seed: number; numRuns: number } {
  return { seed, numRuns: long ? cases * 15 : cases };
}

interface Request {
  /** How often it is sent at the most. */
  readonly most: number;
  readonly send: (client: NcloudClient) => Promise<unknown>;
}

/** Writes whose answer is not read. */
const bareWrites: readonly Request["send"][] = [
  (client) => createAuthKey(client, { title: "a", key: "b" }, never()),
  (client) => deleteAuthKey(client, { title: "a", name: "b" }, never()),
  (client) => deleteApiKey(client, "id", never()),
];

const requests: readonly Request[] = [
  ...documentedShapes.map((shape) => ({
    most: shape.isWrite ? 1 : 4,
    send: (client: NcloudClient) => shape.read(client),
  })),
  ...bareWrites.map((send) => ({ most: 1, send })),
];

/** Every kind of row but the one that is gone once something was read. */
const everyKind = [
  ...["accessKey", "apiKey", "apiKeyValue", "authKey", "failure", "group", "loadMore", "notice"],
  "subAccount",
];

type Answer = Required<Pick<ScriptedAnswer, "status" | "text">>;

/** What a server must have said for a failure of a kind; a kind that is not here needs no words. */
const grounds: Readonly<Partial<Record<string, (answer: Answer) => boolean>>> = {
  wrongCredentials: ({ status, text }) =>
    text.includes("200") && (isSuccess(status) || [401, 403].includes(status)),
  clock: ({ status, text }) => text.includes("200") && status !== 404,
  proxy: ({ status }) => status === 407,
  timeout: ({ status }) => status === 408,
  network: () => false,
  tls: () => false,
  cancelled: () => false,
  unavailableInZone: () => false,
};

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** Whether an outcome is one that the last answer gave reason for. */
function isTrue({ kind, status }: Record<string, unknown>, last: Answer): boolean {
  if (typeof kind !== "string") return isSuccess(last.status);
  return status === last.status && (grounds[kind]?.(last) ?? true);
}

/** What is to become of an answer with one damaged field. */
function expectedOf(shape: DocumentedShape, damage: Damage, items: number): unknown {
  const found = valueFound(damage);
  if (found === "right") return { value: items };
  const rule = shape.rules[damage.path.replace(/\d+/, "")]!;
  if (!satisfies(rule, found.value)) return { kind: "badAnswer", field: damage.path };
  if (rule !== "list") return { value: items };
  return (found.value as unknown[]).length === 0
    ? { value: 0 }
    : { kind: "badAnswer", field: `${damage.path}[0]` };
}

/** The damaged field, or the first item of what stands there, whichever part of it is named. */
function outermost(named: unknown, path: string): unknown {
  const item = `${path}[0]`;
  return typeof named === "string" && named.startsWith(item) ? item : named;
}

describe("against a hostile server, a request", function () {
  this.timeout(long ? 300_000 : 30_000);
  const counts = new Map<string, number>();
  const unhandled: unknown[] = [];
  const onUnhandled = (reason: unknown) => unhandled.push(reason);

  function count(outcome: Record<string, unknown>): void {
    const kind = typeof outcome["kind"] === "string" ? outcome["kind"] : "decoded";
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }

  before(() => process.on("unhandledRejection", onUnhandled));
  after(() => {
    process.off("unhandledRejection", onUnhandled);
    const total = [...counts.values()].reduce((sum, number) => sum + number, 0);
    const listed = [...counts].map(([kind, number]) => `${kind} ${number}`).join(", ");
    console.log(`      hostile server, seed ${seed}: ${total} cases, ${listed}`);
  });

  it("ends with a decoded value or one true failure, whatever status, headers and body say", async () => {
    const anyCase = [
      fc.constantFrom(...requests),
      fc.array(anyAnswer, { minLength: 1, maxLength: 4 }),
    ] as const;
    const property = fc.asyncProperty(...anyCase, async (request, answers) => {
      let sent = 0;
      const next = () => answers[Math.min(sent++, answers.length - 1)]!;
      const { client } = clientOn({ send: () => Promise.resolve(answerOf(next())) });
      const outcome = await outcomeOf(request.send(client));
      count(outcome);
      const isFounded = isTrue(outcome, answers[Math.min(sent, answers.length) - 1]!);
      assert.deepEqual(
        { isFounded, tooMany: sent > request.most },
        { isFounded: true, tooMany: false },
      );
    });
    await fc.assert(property, runs(900));
  });

  it("reads a documented answer, or names the one field of it that is damaged", async () => {
    const anyCase = fc.record({
      shape: fc.constantFrom(...documentedShapes),
      items: fc.constantFrom(1, 2, 3, 300),
      item: fc.nat(),
      field: fc.nat(),
      how: fc.constantFrom("missing", "replaced", "doubledBefore", "doubledAfter"),
      junk: anyJunk,
    });
    const property = fc.asyncProperty(anyCase, async ({ shape, items, item, field, how, junk }) => {
      const length = shape.isSingle ? 1 : items;
      const paths = Object.keys(shape.rules);
      const path = paths[field % paths.length]!.replace("[]", `[${item % length}]`);
      const damage: Damage = { path, how, junk };
      const text = withDamage(shape.body(length), damage);
      const { client } = clientOn(answering({ text }));
      const { value, kind, field: named, ...rest } = await outcomeOf(shape.read(client));
      count({ kind });
      assert.deepEqual(
        kind === undefined ? { value } : { kind, field: outermost(named, path) },
        expectedOf(shape, damage, length),
        JSON.stringify([damage, rest]),
      );
    });
    await fc.assert(property, runs(700));
  });

  it("ends with a decoded value or one failure, whatever bytes come over the wire", async () => {
    let bytes: Uint8Array = Buffer.alloc(0);
    const server = await startRawServer((socket) => socket.end(bytes));
    const zone = { kind: "custom", origin: server.origin } as const;
    const property = fc.asyncProperty(
      fc.constantFrom(...requests),
      anyBytes,
      async (request, answer) => {
        bytes = answer;
        count(await outcomeOf(request.send(clientOn(nodeFetchTransport, { zone }).client)));
      },
    );
    await fc.assert(property, runs(200));
    await server.close();
  });

  it("leaves a tree that can be drawn, each row with an id of its own", async () => {
    const kinds = new Map<string, number>();
    const property = fc.asyncProperty(anyAccount, async (account) => {
      const inventory = new Inventory({
        accountId: "account",
        client: clientOn(transportTo(account)).client,
        subAccountIds: ["named", ".."],
        readLocalKeys: () => Promise.resolve([]),
      });
      const rows = await allRows(inventory, (parent) => childRows(inventory, parent));
      for (const { kind } of rows) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length);
    });
    const { seed, numRuns } = runs(100);
    await fc.assert(property, { seed, numRuns });
    console.log(`      ${numRuns} accounts: ${[...kinds].map((one) => one.join(" ")).join(", ")}`);
    assert.deepEqual([...kinds.keys()].sort(), everyKind);
  });

  it("for any ID is signed as sent and means that ID, or is refused unsent", async () => {
    const property = fc.asyncProperty(anyId, async (id) => {
      const transport = answering({ json: [] });
      const secretKey = newSecret();
      const { client } = clientOn(transport, { secretKey: new Secret(secretKey) });
      const outcome = await outcomeOf(listAccessKeys(client, id, never()));
      count(outcome);
      if (["", ".", ".."].includes(id) || /\p{Cs}/u.test(id)) {
        assert.deepEqual([outcome, transport.requests], [{ kind: "badRequest" }, []]);
        return;
      }
      const { url, headers } = transport.requests[0]!;
      const { pathname, search, origin } = new URL(url);
      const signed = {
        method: "GET",
        target: url.slice(origin.length),
        timestamp: headers["x-ncp-apigw-timestamp"]!,
        accessKey: headers["x-ncp-iam-access-key"]!,
      };
      const segments = pathname.split("/").map(decodeURIComponent);
      const signature = headers["x-ncp-apigw-signature-v2"]!;
      assert.deepEqual(
        [segments, search, signatureIsValid(signature, signed, secretKey)],
        [["", "api", "v1", "sub-accounts", id, "access-keys"], "", true],
      );
    });
    await fc.assert(property, runs(300));
  });

  it("leaves no rejection that nobody handles", async () => {
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(unhandled, []);
  });
});
