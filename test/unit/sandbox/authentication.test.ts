import assert from "node:assert/strict";
import { authenticate } from "../../sandbox/authentication.ts";
import { ApiFailure } from "../../sandbox/errors.ts";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox.ts";
import { parsed, refusal, send, signedHeaders } from "./signedClient.ts";

const MINUTES = 60_000;
const API_KEYS = "/api/v1/api-keys";
const AUTH_KEYS = "/nsml/v1/auth-keys";

describe("the sandbox's gateway", () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.close());

  /** What becomes of a request that was signed `offset` milliseconds ahead of the server. */
  function verdictOnTimestamp(offset: number): string {
    const now = 1_700_000_000_000;
    const headers = signedHeaders(sandbox, "GET", API_KEYS, now + offset);
    try {
      authenticate(sandbox.state, "apiGateway", { method: "GET", target: API_KEYS, headers, now });
      return "accepted";
    } catch (error) {
      assert.ok(error instanceof ApiFailure);
      return `${error.status}/${error.code}`;
    }
  }

  it("accepts a timestamp up to five minutes off, and no further", () => {
    const limit = 5 * MINUTES;
    assert.deepEqual([-limit - 1, -limit, 0, limit, limit + 1].map(verdictOnTimestamp), [
      "401/200",
      "accepted",
      "accepted",
      "accepted",
      "401/200",
    ]);
  });

  it("measures a timestamp by its own clock, which its Date header shows", async () => {
    sandbox.state.switches.clockOffset = 60 * MINUTES;
    const early = await send(sandbox, "GET", API_KEYS);
    const inTime = await send(sandbox, "GET", API_KEYS, { timestamp: Date.now() + 60 * MINUTES });
    assert.deepEqual([refusal(early), inTime.status], ["401/200", 200]);
    const ahead = Date.parse(inTime.headers.date ?? "") - Date.now();
    assert.equal(Math.round(ahead / MINUTES), 60);
  });

  it("words an authentication failure as the gateway does, for every service", async () => {
    const paths = [API_KEYS, AUTH_KEYS, "/api/v1/sub-accounts"];
    const replies = await Promise.all(
      paths.map((path) => send(sandbox, "GET", path, { timestamp: 0 })),
    );
    const expected = {
      status: 401,
      json: {
        error: {
          errorCode: "200",
          message: "Authentication Failed",
          details: "The timestamp is more than five minutes off.",
        },
      },
    };
    assert.deepEqual(replies.map(parsed), [expected, expected, expected]);
  });

  it("refuses a wrong access key, a wrong secret key and a timestamp that is no number", async () => {
    const { accessKeyId, secretKey } = sandbox;
    const replies = await Promise.all([
      send(sandbox, "GET", API_KEYS, { signer: { accessKeyId: "ncp_iam_NOBODY", secretKey } }),
      send(sandbox, "GET", API_KEYS, { signer: { accessKeyId, secretKey: "wrong" } }),
      send(sandbox, "GET", API_KEYS, { timestamp: "now" }),
    ]);
    assert.deepEqual(replies.map(refusal), ["401/200", "401/200", "401/200"]);
  });

  it("refuses a request that lacks any of the headers", async () => {
    const names = [
      "x-ncp-apigw-timestamp",
      "x-ncp-iam-access-key",
      "x-ncp-apigw-signature-v2",
      "x-ncp-apigw-api-key",
    ];
    const replies = await Promise.all(
      names.map((name) => send(sandbox, "GET", AUTH_KEYS, { headers: { [name]: undefined } })),
    );
    assert.deepEqual(
      replies.map(refusal),
      names.map(() => "401/200"),
    );
  });

  it("verifies the signature over the bytes that were sent, and not over what they mean", async () => {
    const sent = `${API_KEYS}?apiKeyName=%EA%B2%80%EC%83%89%20%27a%27`;
    const asSent = await send(sandbox, "GET", sent);
    const decoded = await send(sandbox, "GET", sent, { signedPath: decodeURIComponent(sent) });
    const otherCase = await send(sandbox, "GET", sent, { signedPath: sent.replace("%EA", "%ea") });
    const noQuery = await send(sandbox, "GET", sent, { signedPath: API_KEYS });
    assert.equal(asSent.status, 200);
    assert.deepEqual([decoded, otherCase, noQuery].map(refusal), ["401/200", "401/200", "401/200"]);
  });

  it("lets an access key use what it is not denied", async () => {
    const limited = await startSandbox({ deny: ["subAccount"] });
    const denied = await send(limited, "GET", "/api/v1/sub-accounts");
    const allowed = await send(limited, "GET", API_KEYS);
    await limited.close();
    assert.deepEqual(parsed(denied), {
      status: 401,
      json: {
        error: {
          errorCode: "210",
          message: "Permission Denied",
          details: "The access key may not use this service.",
        },
      },
    });
    assert.equal(allowed.status, 200);
  });

  it("takes both values of an enabled API key for NSML, and no other", async () => {
    const [newest, second] = sandbox.state.apiKeys.all();
    assert.ok(newest !== undefined && second !== undefined);
    const { primaryKey, secondaryKey } = sandbox.state.apiKeys.valuesOf(newest.apiKeyId);
    sandbox.state.apiKeys.put({ ...second, isEnabled: false });
    const ofDisabled = sandbox.state.apiKeys.valuesOf(second.apiKeyId).primaryKey;
    const statuses = await Promise.all(
      [primaryKey, secondaryKey, ofDisabled, newest.apiKeyId].map(async (value) => {
        const headers = { "x-ncp-apigw-api-key": value };
        return (await send(sandbox, "GET", AUTH_KEYS, { headers })).status;
      }),
    );
    assert.deepEqual(statuses, [200, 200, 401, 401]);
  });

  it("tells an account without NSML that it needs a subscription", async () => {
    sandbox.state.switches.nsmlSubscribed = false;
    const message = "A subscription to the API is required.";
    assert.deepEqual(parsed(await send(sandbox, "GET", AUTH_KEYS)), {
      status: 401,
      json: { error: { errorCode: "210", message, details: message } },
    });
  });

  it("knows no other address, method or spelling of a path", async () => {
    const replies = await Promise.all([
      send(sandbox, "GET", "/"),
      send(sandbox, "GET", `${API_KEYS}/`),
      send(sandbox, "GET", "/api/v1/./api-keys"),
      send(sandbox, "GET", "/api/v1/api%2Dkeys"),
      send(sandbox, "GET", "/nsml/v1/api-keys"),
      send(sandbox, "OPTIONS", API_KEYS),
    ]);
    const expected = {
      status: 404,
      json: {
        error: { errorCode: "300", message: "Not Found Exception", details: "URL not found." },
      },
    };
    assert.deepEqual(
      replies.map(parsed),
      replies.map(() => expected),
    );
  });

  it("refuses a body that is of another type or no JSON object", async () => {
    const headers = { "content-type": "application/json" };
    const replies = await Promise.all([
      send(sandbox, "POST", API_KEYS, { body: '{"apiKeyName":"a"}' }),
      send(sandbox, "POST", API_KEYS, { headers, body: '{"apiKeyName":' }),
      send(sandbox, "POST", API_KEYS, { headers }),
      send(sandbox, "POST", API_KEYS, { json: ["a"] }),
    ]);
    const details = [
      "The content type has to be application/json.",
      "The body is not JSON.",
      "The body is not JSON.",
      "The body is not a JSON object.",
    ];
    assert.deepEqual(
      replies.map(parsed),
      details.map((detail) => ({
        status: 400,
        json: {
          error: { errorCode: "100", message: "Bad Request Exception", details: detail },
        },
      })),
    );
  });

  it("lets a client that sends too much know before it hangs up", async () => {
    const headers = { "content-type": "application/json" };
    const body = " ".repeat(8_000_000);
    assert.equal(refusal(await send(sandbox, "POST", API_KEYS, { headers, body })), "413/430");
  });

  it("traces every answer under an ID of its own", async () => {
    const first = await send(sandbox, "GET", API_KEYS);
    const second = await send(sandbox, "GET", "/");
    const ids = [first, second].map((reply) => String(reply.headers["x-ncp-trace-id"]));
    assert.match(ids.join(" "), /^[0-9a-f]{32} [0-9a-f]{32}$/);
    assert.notEqual(ids[0], ids[1]);
  });
});
