import assert from "node:assert/strict";
import type { ApiKey, ApiKeyValues } from "../../sandbox/apiKeyTable.ts";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox.ts";
import { parsed, refusal, send } from "./signedClient.ts";

const API_KEYS = "/api/v1/api-keys";

describe("the sandbox's rules for API keys", () => {
  let sandbox: Sandbox;
  let apiKey: ApiKey;
  let values: ApiKeyValues;
  let path: string;
  beforeEach(async () => {
    sandbox = await startSandbox();
    apiKey = sandbox.state.apiKeys.page(0, 1)[0]!;
    values = sandbox.state.apiKeys.valuesOf(apiKey.apiKeyId);
    path = `${API_KEYS}/${apiKey.apiKeyId}`;
  });
  afterEach(() => sandbox.close());

  /** What NSML says to the values that were good at the beginning, the primary one first. */
  function verdicts(): Promise<string[]> {
    return Promise.all(
      [values.primaryKey, values.secondaryKey].map(async (value) => {
        const headers = { "x-ncp-apigw-api-key": value };
        const reply = await send(sandbox, "GET", "/nsml/v1/auth-keys", { headers });
        return reply.status === 200 ? "accepted" : refusal(reply);
      }),
    );
  }

  function edit(changes: object) {
    const { isEnabled, apiKeyName, apiKeyDescription } = apiKey;
    const json = { isEnabled, apiKeyName, apiKeyDescription, ...changes };
    return send(sandbox, "PUT", path, { json });
  }

  it("refuses a regenerated value at NSML, and not its companion", async () => {
    await send(sandbox, "PATCH", path, { json: { keyType: "SECONDARY" } });
    const afterSecondary = await verdicts();
    await send(sandbox, "PATCH", path, { json: { keyType: "PRIMARY" } });
    assert.deepEqual(
      [afterSecondary, await verdicts()],
      [
        ["accepted", "401/200"],
        ["401/200", "401/200"],
      ],
    );
  });

  it("refuses both values while their key is disabled", async () => {
    await edit({ isEnabled: false });
    const disabled = await verdicts();
    await edit({ isEnabled: true });
    assert.deepEqual(
      [disabled, await verdicts()],
      [
        ["401/200", "401/200"],
        ["accepted", "accepted"],
      ],
    );
  });

  it("refuses both values for good once their key is deleted", async () => {
    assert.equal((await send(sandbox, "DELETE", path)).status, 204);
    const deleted = await verdicts();
    sandbox.state.apiKeys.put(apiKey);
    assert.deepEqual(
      [deleted, await verdicts()],
      [
        ["401/200", "401/200"],
        ["401/200", "401/200"],
      ],
    );
  });

  it("keeps a description only if it is sent again", async () => {
    sandbox.state.apiKeys.put({ ...apiKey, apiKeyDescription: "야간 작업" });
    const descriptions = [];
    for (const apiKeyDescription of ["야간 작업", undefined]) {
      await edit({ isEnabled: false, apiKeyDescription });
      descriptions.push(sandbox.state.apiKeys.get(apiKey.apiKeyId)?.apiKeyDescription);
    }
    assert.deepEqual(descriptions, ["야간 작업", ""]);
  });

  it("holds a change to the lengths of a new key, and keeps the old one otherwise", async () => {
    const replies = await Promise.all([
      edit({ apiKeyName: "" }),
      edit({ apiKeyName: "a".repeat(21) }),
      edit({ apiKeyDescription: "d".repeat(51) }),
      edit({ isEnabled: 1 }),
    ]);
    assert.deepEqual(replies.map(refusal), ["400/100", "400/100", "400/100", "400/100"]);
    assert.deepEqual(sandbox.state.apiKeys.get(apiKey.apiKeyId), apiKey);
  });

  it("leaves the values as they are when a key is edited", async () => {
    await edit({ apiKeyName: "renamed" });
    assert.deepEqual(sandbox.state.apiKeys.valuesOf(apiKey.apiKeyId), values);
  });

  it("knows no key of another ID, whatever is asked of it", async () => {
    const nothing = `${API_KEYS}/nothing`;
    const replies = await Promise.all([
      send(sandbox, "GET", nothing),
      send(sandbox, "PUT", nothing, { json: { isEnabled: true, apiKeyName: "a" } }),
      send(sandbox, "PATCH", nothing, { json: { keyType: "PRIMARY" } }),
      send(sandbox, "DELETE", nothing),
    ]);
    const error = {
      errorCode: "300",
      message: "Not Found Exception",
      details: "There is no such API key.",
    };
    assert.deepEqual(
      replies.map(parsed),
      replies.map(() => ({ status: 404, json: { error } })),
    );
  });
});
