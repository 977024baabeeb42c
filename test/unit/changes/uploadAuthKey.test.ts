import assert from "node:assert/strict";
import {
  uploadAuthKey,
  type KeyToUpload,
  type UploadOutcome,
} from "../../../src/changes/uploadAuthKey.ts";
import { requestTimeLimit, type NcloudClient } from "../../../src/ncloud/ncloudClient.ts";
import { NcloudError } from "../../../src/ncloud/ncloudError.ts";
import { nodeFetchTransport } from "../../../src/ncloud/nodeFetchTransport.ts";
import type { FaultEffect } from "../../sandbox/faults.ts";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox.ts";
import { authKeyOf } from "../../sandbox/state.ts";
import { FakeClock } from "../ncloud/support/fakeClock.ts";
import { clientOf, clientOn, credentialsOf, never } from "../ncloud/support/observed.ts";
import { newEd25519, toUpload } from "../support/newKeys.ts";

const create = { method: "POST", path: "/nsml/v1/auth-keys" } as const;
const list = { method: "GET", path: "/nsml/v1/auth-keys" } as const;

/** What may befall a create, and whether NSML has the key after it. */
const createFaults: Readonly<Record<string, FaultEffect>> = {
  "its answer is lost": { kind: "loseAnswer" },
  "its answer breaks off": { kind: "brokenOff" },
  "its answer cannot be read": { kind: "truncatedJson" },
  "its connection is reset": { kind: "reset" },
  "a gateway answers 502": { kind: "status", status: 502 },
  "a gateway answers 503": { kind: "status", status: 503 },
  "NSML answers 500": { kind: "status", status: 500 },
  "NSML answers 429": { kind: "status", status: 429 },
  "NSML answers 400": { kind: "status", status: 400 },
  "a portal answers 200 in its place": { kind: "status", status: 200, body: "<html>" },
  "it is redirected": { kind: "redirect", location: "http://127.0.0.1:9/" },
  "its answer is an error within a success": {
    kind: "wrongShape",
    json: { error: { errorCode: "900", message: "Unexpected Error" } },
  },
};

/** One of each kind: carried out or not, without an answer or with one that says nothing. */
const uncertain = [
  "its answer is lost",
  "its answer cannot be read",
  "its connection is reset",
  "a gateway answers 502",
  "NSML answers 429",
  "a portal answers 200 in its place",
];

/** What may befall the listings after it: the first of them, or all. */
const listFaults: Readonly<Record<string, (FaultEffect & { times?: number }) | undefined>> = {
  "and it can be listed": undefined,
  "and it can be listed at the second try": { kind: "reset", times: 1 },
  "and it cannot be listed": { kind: "status", status: 500 },
  "and the listing is nonsense": { kind: "wrongShape" },
};

const accountId = "account-1";

describe("an upload", () => {
  let sandbox: Sandbox;
  let client: NcloudClient;
  let key: KeyToUpload;
  let blob: Buffer;
  beforeEach(async () => {
    sandbox = await startSandbox();
    ({ client } = clientOf(sandbox));
    const made = newEd25519();
    key = toUpload(made, "laptop");
    ({ blob } = made);
  });
  afterEach(() => sandbox.close());

  const count = () =>
    sandbox.state.authKeys.filter(({ fingerprint }) => fingerprint === key.fingerprint).length;
  const posts = () => sandbox.requests.filter(({ method }) => method === "POST").length;

  async function outcomeOf(upload: Promise<UploadOutcome>): Promise<string> {
    try {
      return (await upload).kind;
    } catch (error) {
      if (!(error instanceof NcloudError)) throw error;
      return `failed: ${error.kind}`;
    }
  }

  it("lists, creates and lists, in this order", async () => {
    const outcome = await uploadAuthKey({ accountId, client }, key, never());
    assert.deepEqual(
      {
        kind: outcome.kind,
        listed: "authKeys" in outcome && outcome.authKeys.at(-1)?.fingerprint,
        methods: sandbox.requests.map(({ method }) => method),
      },
      { kind: "created", listed: key.fingerprint, methods: ["GET", "POST", "GET"] },
    );
  });

  it("never makes two keys, whatever is lost, however often it is tried again", async () => {
    const problems: string[] = [];
    let cases = 0;
    for (const createName of uncertain) {
      const createFault = createFaults[createName]!;
      for (const [listName, listFault] of Object.entries(listFaults)) {
        cases++;
        sandbox.resetRequests();
        sandbox.state.authKeys.length = 0;
        sandbox.addFault({ ...createFault, ...create, times: 1 });
        if (listFault) {
          void sandbox.nextRequest(create).then(() => sandbox.addFault({ ...listFault, ...list }));
        }
        const first = await outcomeOf(uploadAuthKey({ accountId, client }, key, never()));
        const after = { keys: count(), posts: posts() };
        sandbox.clearFaults();
        const second = await outcomeOf(uploadAuthKey({ accountId, client }, key, never()));
        const isTrue =
          (first === "created" ? after.keys === 1 : true) &&
          (first.startsWith("failed") ? after.keys === 0 : true) &&
          second === (after.keys === 1 ? "alreadyThere" : "created");
        const isOnce = count() === 1 && posts() - after.posts === 1 - after.keys;
        if (!isTrue || !isOnce) {
          problems.push(`${createName} ${listName}: ${first}, then ${second}`);
        }
      }
    }
    console.log(`      ${cases} lost answers`);
    assert.deepEqual(
      { problems, cases },
      {
        problems: [],
        cases: uncertain.length * Object.keys(listFaults).length,
      },
    );
  });

  it("is settled by what is listed, for each way to lose an answer", async () => {
    const outcomes: Record<string, string> = {};
    for (const [name, fault] of Object.entries(createFaults)) {
      sandbox.state.authKeys.length = 0;
      sandbox.addFault({ ...fault, ...create, times: 1 });
      outcomes[name] = await outcomeOf(uploadAuthKey({ accountId, client }, key, never()));
    }
    console.log(`      ${Object.keys(outcomes).length} mishaps of a create`);
    assert.deepEqual(outcomes, {
      "its answer is lost": "created",
      "its answer breaks off": "created",
      "its answer cannot be read": "created",
      "its connection is reset": "failed: network",
      "a gateway answers 502": "failed: server",
      "a gateway answers 503": "failed: server",
      "NSML answers 500": "failed: server",
      "NSML answers 429": "failed: limitReached",
      "NSML answers 400": "failed: badRequest",
      "a portal answers 200 in its place": "unlisted",
      "it is redirected": "failed: badAnswer",
      "its answer is an error within a success": "failed: server",
    });
  });

  it("that took too long is settled by what is listed", async () => {
    const { clock, client: slow } = clientOf(sandbox);
    sandbox.addFault({ kind: "hang", ...create, times: 1 });
    void sandbox.nextRequest(create).then(() => clock.advance(requestTimeLimit));
    assert.deepEqual(
      [await outcomeOf(uploadAuthKey({ accountId, client: slow }, key, never())), count()],
      ["failed: timeout", 0],
    );
  });

  it("that was carried out and took too long to say so is created", async () => {
    const clock = new FakeClock();
    const slow = clientOn(
      {
        async send(request, signal) {
          const response = await nodeFetchTransport.send(request, signal);
          if (request.method === "POST") clock.advance(requestTimeLimit);
          await Promise.resolve();
          signal.throwIfAborted();
          return response;
        },
      },
      credentialsOf(sandbox),
      clock,
    );
    assert.deepEqual(
      [
        await outcomeOf(uploadAuthKey({ accountId, client: slow.client }, key, never())),
        count(),
        posts(),
      ],
      ["created", 1, 1],
    );
  });

  it("of a key that is on its way is none, be it begun by the command or by an undo", async () => {
    const upload = (to: string) =>
      outcomeOf(uploadAuthKey({ accountId: to, client }, key, never()));
    const [first, second, elsewhere] = await Promise.all(
      [accountId, accountId, "account-2"].map(upload),
    );
    assert.deepEqual(
      { first, second, waits: elsewhere !== "underWay", again: await upload(accountId) },
      { first: "created", second: "underWay", waits: true, again: "alreadyThere" },
    );
  });

  it("is not begun where the list cannot be read", async () => {
    sandbox.addFault({ kind: "status", status: 500, ...list });
    assert.deepEqual(
      [await outcomeOf(uploadAuthKey({ accountId, client }, key, never())), posts()],
      ["failed: server", 0],
    );
  });

  it("is not begun once it was cancelled", async () => {
    const outcome = await outcomeOf(uploadAuthKey({ accountId, client }, key, AbortSignal.abort()));
    assert.deepEqual([outcome, sandbox.requests.length], ["failed: cancelled", 0]);
  });

  it("of a key that is there says under which title, and sends nothing", async () => {
    sandbox.state.authKeys.push(authKeyOf("there", blob, Date.now()));
    const outcome = await uploadAuthKey({ accountId, client }, key, never());
    assert.deepEqual(
      [outcome.kind, "authKey" in outcome && outcome.authKey.title, posts()],
      ["alreadyThere", "there", 0],
    );
  });

  it("under a title that another key has says so, and sends nothing", async () => {
    sandbox.state.authKeys.push(authKeyOf("laptop", newEd25519().blob, Date.now()));
    const outcome = await uploadAuthKey({ accountId, client }, key, never());
    assert.deepEqual(
      [outcome.kind, "authKeys" in outcome && outcome.authKeys.length, posts()],
      ["titleTaken", 3, 0],
    );
  });
});
