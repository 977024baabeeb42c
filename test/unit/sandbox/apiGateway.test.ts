import assert from "node:assert/strict";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox.ts";
import { parsed, refusal, send, type SendOptions } from "./signedClient.ts";

const API_KEYS = "/api/v1/api-keys";

interface ListedPage {
  apiKeys: { apiKeyId: string; apiKeyName: string }[];
  total: number;
  initialCount: number;
}

describe("the sandbox's API Gateway", () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox({ apiKeys: 45, limitCap: 30 });
  });
  afterEach(() => sandbox.close());

  async function list(query: string): Promise<ListedPage> {
    const reply = await send(sandbox, "GET", `${API_KEYS}${query}`);
    assert.equal(reply.status, 200);
    return JSON.parse(reply.text) as ListedPage;
  }

  function newest() {
    const [apiKey] = sandbox.state.apiKeys.page(0, 1);
    assert.ok(apiKey !== undefined);
    return apiKey;
  }

  function change(method: string, json: unknown, options: SendOptions = {}) {
    return send(sandbox, method, `${API_KEYS}/${newest().apiKeyId}`, { ...options, json });
  }

  it("lists keys with the documented fields and neither value", async () => {
    const apiKey = newest();
    const page = await list("?limit=1");
    assert.deepEqual(page, { apiKeys: [apiKey], total: 45, initialCount: 45 });
    assert.deepEqual(Object.keys(page.apiKeys[0] ?? {}).sort(), [
      "apiKeyDescription",
      "apiKeyId",
      "apiKeyName",
      "domainCode",
      "isEnabled",
      "modTime",
      "modifier",
      "tenantId",
    ]);
  });

  it("lists the values too where it behaves as it did in the past", async () => {
    sandbox.state.switches.listApiKeyValues = true;
    const [first] = (await list("?limit=1")).apiKeys;
    assert.deepEqual(first, { ...newest(), ...sandbox.state.apiKeys.valuesOf(newest().apiKeyId) });
  });

  it("pages by offset and limit, newest first, and never beyond its cap", async () => {
    const all = sandbox.state.apiKeys.all();
    const pages = await Promise.all([
      list(""),
      list("?offset=10&limit=5"),
      list("?offset=0&limit=9223372036854775807"),
      list("?offset=40&limit=30"),
      list("?offset=46&limit=5"),
      list("?offset=9223372036854775807"),
    ]);
    assert.deepEqual(
      pages.map((page) => page.apiKeys),
      [all.slice(0, 20), all.slice(10, 15), all.slice(0, 30), all.slice(40), [], []],
    );
  });

  it("filters by a part of the name and counts what matches", async () => {
    const [first, second, third] = sandbox.state.apiKeys.all();
    assert.ok(first && second && third);
    sandbox.state.apiKeys.put({ ...first, apiKeyName: "결제 서버" });
    sandbox.state.apiKeys.put({ ...third, apiKeyName: "새 결제 서버" });
    const page = await list(`?apiKeyName=${encodeURIComponent("결제 서버")}&offset=1`);
    const name = "새 결제 서버";
    assert.deepEqual(page, {
      apiKeys: [{ ...third, apiKeyName: name }],
      total: 2,
      initialCount: 45,
    });
  });

  it("refuses an offset, a limit or a name outside the documented range", async () => {
    const queries = [
      "?offset=-1",
      "?limit=0",
      "?limit=ten",
      "?limit=9223372036854775808",
      `?apiKeyName=${"a".repeat(21)}`,
    ];
    const replies = await Promise.all(
      queries.map((query) => send(sandbox, "GET", `${API_KEYS}${query}`)),
    );
    assert.deepEqual(
      replies.map(refusal),
      queries.map(() => "400/100"),
    );
  });

  it("shows one key with both of its values", async () => {
    const apiKey = newest();
    const reply = await send(sandbox, "GET", `${API_KEYS}/${apiKey.apiKeyId}`);
    const json = { ...apiKey, ...sandbox.state.apiKeys.valuesOf(apiKey.apiKeyId) };
    assert.deepEqual(parsed(reply), { status: 200, json });
    assert.match(`${json.primaryKey} ${json.secondaryKey}`, /^[A-Za-z0-9]{40} [A-Za-z0-9]{40}$/);
  });

  it("creates an enabled key that stands first and whose values work", async () => {
    const json = { apiKeyName: "배포 자동화", apiKeyDescription: "" };
    const reply = await send(sandbox, "POST", API_KEYS, { json });
    const apiKey = newest();
    const values = sandbox.state.apiKeys.valuesOf(apiKey.apiKeyId);
    assert.deepEqual(parsed(reply), { status: 201, json: { apiKey: { ...apiKey, ...values } } });
    assert.deepEqual([apiKey.apiKeyName, apiKey.isEnabled], ["배포 자동화", true]);
    const headers = { "x-ncp-apigw-api-key": values.secondaryKey };
    assert.equal((await send(sandbox, "GET", "/nsml/v1/auth-keys", { headers })).status, 200);
  });

  it("allows two keys of one name", async () => {
    const json = { apiKeyName: newest().apiKeyName };
    assert.equal((await send(sandbox, "POST", API_KEYS, { json })).status, 201);
  });

  it("limits names to 1 to 20 characters and descriptions to 50", async () => {
    const bodies = [
      { apiKeyName: "a".repeat(20), apiKeyDescription: "d".repeat(50) },
      { apiKeyName: "가".repeat(20) },
      { apiKeyName: "" },
      { apiKeyName: "a".repeat(21) },
      { apiKeyName: "a", apiKeyDescription: "d".repeat(51) },
      { apiKeyName: 1 },
      {},
    ];
    const replies = await Promise.all(
      bodies.map((json) => send(sandbox, "POST", API_KEYS, { json })),
    );
    assert.deepEqual(
      replies.map((reply) => reply.status),
      [201, 201, 400, 400, 400, 400, 400],
    );
    assert.equal(sandbox.state.apiKeys.size, 47);
  });

  it("replaces name, description and state at once, so that what is left out is lost", async () => {
    const before = newest();
    sandbox.state.apiKeys.put({ ...before, apiKeyDescription: "야간 작업" });
    const reply = await change("PUT", { isEnabled: false, apiKeyName: "renamed" });
    const after = newest();
    assert.deepEqual(parsed(reply), {
      status: 200,
      json: { apiKey: { ...after, ...sandbox.state.apiKeys.valuesOf(after.apiKeyId) } },
    });
    assert.deepEqual(
      [after.apiKeyId, after.apiKeyName, after.apiKeyDescription, after.isEnabled],
      [before.apiKeyId, "renamed", "", false],
    );
  });

  it("refuses a change without a name or a state", async () => {
    const replies = await Promise.all([
      change("PUT", { isEnabled: true }),
      change("PUT", { apiKeyName: "renamed" }),
      change("PUT", { isEnabled: "true", apiKeyName: "renamed" }),
    ]);
    assert.deepEqual(replies.map(refusal), ["400/100", "400/100", "400/100"]);
  });

  it("regenerates the value that is named, and the one before it stops working", async () => {
    const { apiKeyId } = newest();
    const before = sandbox.state.apiKeys.valuesOf(apiKeyId);
    const reply = await change("PATCH", { keyType: "PRIMARY" });
    const after = sandbox.state.apiKeys.valuesOf(apiKeyId);
    assert.deepEqual(parsed(reply).json, { apiKey: { ...newest(), ...after } });
    assert.notEqual(after.primaryKey, before.primaryKey);
    assert.equal(after.secondaryKey, before.secondaryKey);
    const headers = { "x-ncp-apigw-api-key": before.primaryKey };
    assert.equal((await send(sandbox, "GET", "/nsml/v1/auth-keys", { headers })).status, 401);
  });

  it("regenerates nothing else than PRIMARY or SECONDARY", async () => {
    const before = sandbox.state.apiKeys.valuesOf(newest().apiKeyId);
    assert.equal((await change("PATCH", { keyType: "SECONDARY" })).status, 200);
    assert.equal(refusal(await change("PATCH", { keyType: "primary" })), "400/100");
    const after = sandbox.state.apiKeys.valuesOf(newest().apiKeyId);
    assert.equal(after.primaryKey, before.primaryKey);
    assert.notEqual(after.secondaryKey, before.secondaryKey);
  });

  it("deletes a key once and answers with an empty 204", async () => {
    const { apiKeyId } = newest();
    const path = `${API_KEYS}/${apiKeyId}`;
    const deleted = await send(sandbox, "DELETE", path);
    const again = await send(sandbox, "DELETE", path);
    assert.deepEqual(
      [parsed(deleted), refusal(again)],
      [{ status: 204, json: undefined }, "404/300"],
    );
    assert.notEqual(newest().apiKeyId, apiKeyId);
    assert.equal((await list("")).total, 44);
  });

  it("knows no tenant for an account that never opened API Gateway", async () => {
    sandbox.state.switches.apiGatewayOpened = false;
    assert.deepEqual(parsed(await send(sandbox, "GET", API_KEYS)), {
      status: 404,
      json: {
        error: {
          errorCode: "300",
          message: "Not Found Exception",
          details: "tenant not found",
        },
      },
    });
  });
});
