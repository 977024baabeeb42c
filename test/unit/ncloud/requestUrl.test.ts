import assert from "node:assert/strict";
import { getApiKey, listApiKeys } from "../../../src/ncloud/apiGateway.ts";
import { listAccessKeys } from "../../../src/ncloud/subAccount.ts";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox.ts";
import { answering } from "./support/fakeTransport.ts";
import { clientOf, clientOn, never, outcomeOf } from "./support/observed.ts";

/** Texts that mean something else to a URL unless they are encoded. */
const texts = [
  "한글",
  "a b",
  "a+b",
  "100%",
  "%2e%2e",
  "a/b",
  "/",
  "a\\b",
  "it's",
  "(x)",
  "wow!",
  "a*b",
  "~x",
  "...",
  "a?b=c&d#e",
  ";:@$,",
  "🔑",
  "\u00e9\u0301",
  " \t\n",
];

describe("a request for what needs percent-encoding", () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox({ apiKeys: 3, subAccounts: 1 });
  });
  afterEach(() => sandbox.close());

  it("is signed as it is sent, and means that very path to the server", async () => {
    const [subAccount] = sandbox.state.subAccounts;
    assert.ok(subAccount);
    const { client } = clientOf(sandbox);
    const accessKeyIds = subAccount.accessKeys.map(({ accessKey }) => accessKey);
    const found: Record<string, unknown> = {};
    for (const text of texts) {
      sandbox.state.subAccounts.splice(0, 1, { ...subAccount, subAccountId: text });
      const accessKeys = await listAccessKeys(client, text, never());
      found[text] = accessKeys.map(({ accessKeyId }) => accessKeyId);
    }
    assert.deepEqual(found, Object.fromEntries(texts.map((text) => [text, accessKeyIds])));
  });

  it("is signed as it is sent, and means that very query to the server", async () => {
    const [apiKey] = sandbox.state.apiKeys.all();
    assert.ok(apiKey);
    const { client } = clientOf(sandbox);
    const found: Record<string, unknown> = {};
    for (const text of texts) {
      sandbox.state.apiKeys.put({ ...apiKey, apiKeyName: text });
      const page = await listApiKeys(client, { offset: 0, limit: 10, name: text }, never());
      found[text] = page.apiKeys.map(({ name }) => name);
    }
    assert.deepEqual(found, Object.fromEntries(texts.map((text) => [text, [text]])));
  });
});

describe("an ID", () => {
  it("that would leave its resource or cannot be encoded is refused before anything is sent", async () => {
    const transport = answering();
    const { client, log } = clientOn(transport);
    const ids = ["", ".", "..", "\ud800", "key\udfff"];
    const outcomes = await Promise.all(
      ids.flatMap((id) => [
        outcomeOf(getApiKey(client, id, never())),
        outcomeOf(listAccessKeys(client, id, never())),
      ]),
    );
    assert.deepEqual(
      { outcomes, requests: transport.requests, log },
      { outcomes: outcomes.map(() => ({ kind: "badRequest" })), requests: [], log: [] },
    );
  });

  it("that only looks like a step in the path is sent as an ID", async () => {
    const transport = answering({ json: [] }, { json: [] });
    const { client } = clientOn(transport);
    await listAccessKeys(client, "%2e%2e", never());
    await listAccessKeys(client, "..%2f", never());
    assert.deepEqual(
      transport.requests.map(({ url }) => new URL(url).pathname),
      ["/api/v1/sub-accounts/%252e%252e/access-keys", "/api/v1/sub-accounts/..%252f/access-keys"],
    );
  });

  it("of an access key that fits in no header is refused before anything is sent", async () => {
    const transport = answering();
    const ids = ["", "a b", "line\nbreak", "한글", "caf\u00e9"];
    const outcomes = await Promise.all(
      ids.map((accessKeyId) =>
        outcomeOf(listAccessKeys(clientOn(transport, { accessKeyId }).client, "id", never())),
      ),
    );
    assert.deepEqual(
      { outcomes, requests: transport.requests },
      {
        outcomes: ids.map(() => ({ kind: "badRequest", service: "subAccount" })),
        requests: [],
      },
    );
  });
});
