import assert from "node:assert/strict";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox.ts";
import { failureOf, parsed, send } from "./signedClient.ts";

const API_KEYS = "/api/v1/api-keys";
const NEW_KEY = { json: { apiKeyName: "new" } };

describe("a fault of the sandbox", () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.close());

  async function statusesOf(...requests: [method: string, path: string][]): Promise<number[]> {
    const statuses: number[] = [];
    for (const [method, path] of requests)
      statuses.push((await send(sandbox, method, path)).status);
    return statuses;
  }

  it("hits the method and the beginning of the path that it names", async () => {
    sandbox.addFault({ kind: "status", status: 503, method: "GET", path: API_KEYS });
    assert.deepEqual(
      await statusesOf(
        ["GET", `${API_KEYS}?limit=1`],
        ["DELETE", `${API_KEYS}/nothing`],
        ["GET", "/api/v1/sub-accounts"],
      ),
      [503, 404, 200],
    );
  });

  it("hits what an expression fits, a global one each time", async () => {
    sandbox.addFault({ kind: "status", status: 503, path: /offset=1\d/g });
    const path = `${API_KEYS}?offset=10`;
    assert.deepEqual(
      await statusesOf(["GET", path], ["GET", path], ["GET", API_KEYS]),
      [503, 503, 200],
    );
  });

  it("hits as often as it is told, and counts", async () => {
    const twice = sandbox.addFault({ kind: "status", status: 503, times: 2 });
    const statuses = await statusesOf(["GET", API_KEYS], ["GET", API_KEYS], ["GET", API_KEYS]);
    assert.deepEqual([statuses, twice.hits], [[503, 503, 200], 2]);
  });

  it("gives way to the next one when it is used up", async () => {
    sandbox.addFault({ kind: "status", status: 500, times: 1 });
    const second = sandbox.addFault({ kind: "status", status: 503, times: 1 });
    const statuses = await statusesOf(["GET", API_KEYS], ["GET", API_KEYS], ["GET", API_KEYS]);
    assert.deepEqual([statuses, second.hits], [[500, 503, 200], 1]);
  });

  it("ends when it is removed, or all are cleared", async () => {
    const removed = sandbox.addFault({ kind: "status", status: 500, path: API_KEYS });
    sandbox.addFault({ kind: "status", status: 503 });
    const statuses = await statusesOf(["GET", API_KEYS]);
    removed.remove();
    statuses.push(...(await statusesOf(["GET", API_KEYS])));
    sandbox.clearFaults();
    statuses.push(...(await statusesOf(["GET", API_KEYS])));
    assert.deepEqual(statuses, [500, 503, 200]);
  });

  it("answers with a status, a text and headers", async () => {
    const body = "<html>Bad Gateway</html>";
    const headers = { "content-type": "text/html", "retry-after": "7" };
    sandbox.addFault({ kind: "status", status: 502, body, headers });
    const reply = await send(sandbox, "GET", API_KEYS);
    assert.deepEqual(
      [reply.status, reply.text, reply.headers["content-type"], reply.headers["retry-after"]],
      [502, body, "text/html", "7"],
    );
  });

  it("answers with a status and JSON", async () => {
    const body = { responseError: { returnCode: "800", returnMessage: "Wait." } };
    sandbox.addFault({ kind: "status", status: 429, body });
    const reply = await send(sandbox, "GET", API_KEYS);
    assert.deepEqual(parsed(reply), { status: 429, json: body });
  });

  it("answers 200 with JSON of another shape", async () => {
    sandbox.addFault({ kind: "wrongShape", json: { apiKeys: "none" }, times: 1 });
    sandbox.addFault({ kind: "wrongShape", times: 1 });
    const replies = [await send(sandbox, "GET", API_KEYS), await send(sandbox, "GET", API_KEYS)];
    assert.deepEqual(replies.map(parsed), [
      { status: 200, json: { apiKeys: "none" } },
      { status: 200, json: { surprise: [null] } },
    ]);
  });

  it("cuts the right JSON in half", async () => {
    const whole = (await send(sandbox, "GET", API_KEYS)).text;
    sandbox.addFault({ kind: "truncatedJson" });
    const { status, text } = await send(sandbox, "GET", API_KEYS);
    assert.equal(status, 200);
    assert.ok(text.length < whole.length && whole.startsWith(text.slice(0, 20)));
    assert.throws(() => void JSON.parse(text), SyntaxError);
  });

  it("makes JSON that cannot be read even of an answer without a body", async () => {
    sandbox.addFault({ kind: "truncatedJson" });
    const key = sandbox.state.authKeys[0]!;
    const path = `/nsml/v1/auth-keys/title/${key.title}/name/${key.name}`;
    assert.equal((await send(sandbox, "DELETE", path)).text, "{");
  });

  it("breaks the connection off in the middle of the body", async () => {
    sandbox.addFault({ kind: "brokenOff" });
    assert.equal(await failureOf(sandbox, "GET", API_KEYS), "ECONNRESET");
    assert.equal(sandbox.requests[0]?.status, 200);
  });

  it("resets the connection before anything is done", async () => {
    sandbox.addFault({ kind: "reset" });
    assert.equal(await failureOf(sandbox, "POST", API_KEYS, NEW_KEY), "ECONNRESET");
    assert.equal(sandbox.state.apiKeys.size, 3);
    assert.equal(sandbox.requests[0]?.status, undefined);
  });

  it("performs a write and loses its answer", async () => {
    sandbox.addFault({ kind: "loseAnswer" });
    assert.equal(await failureOf(sandbox, "POST", API_KEYS, NEW_KEY), "ECONNRESET");
    assert.equal(sandbox.state.apiKeys.page(0, 1)[0]?.apiKeyName, "new");
    assert.equal(sandbox.requests[0]?.status, undefined);
  });

  it("redirects to another address", async () => {
    const location = "http://127.0.0.1:9/elsewhere";
    sandbox.addFault({ kind: "redirect", location, times: 1 });
    sandbox.addFault({ kind: "redirect", location, status: 308, times: 1 });
    const replies = [await send(sandbox, "GET", API_KEYS), await send(sandbox, "GET", API_KEYS)];
    assert.deepEqual(
      replies.map((reply) => [reply.status, reply.headers.location]),
      [
        [302, location],
        [308, location],
      ],
    );
  });

  it("answers with a body of the size it is told", async () => {
    sandbox.addFault({ kind: "hugeBody", bytes: 3_000_000 });
    const { text } = await send(sandbox, "GET", API_KEYS);
    assert.equal(text.length, 3_000_000);
    assert.doesNotThrow(() => void JSON.parse(text));
  });
});
