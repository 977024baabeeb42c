import assert from "node:assert/strict";
import { inspect } from "node:util";
import { getApiKey, listApiKeys } from "../../../src/ncloud/apiGateway.ts";
import { createAuthKey, listAuthKeys } from "../../../src/ncloud/nsml.ts";
import { type RequestLogEntry } from "../../../src/ncloud/ncloudClient.ts";
import { type WireRequest } from "../../../src/ncloud/transport.ts";
import { startSandbox } from "../../sandbox/sandbox.ts";
import { answering } from "./support/fakeTransport.ts";
import { FakeClock } from "./support/fakeClock.ts";
import { clientOf, clientOn, never, newSecret, outcomeOf } from "./support/observed.ts";

const page = { offset: 0, limit: 1 };

function inShort({ error, ...entry }: RequestLogEntry): object {
  return { ...entry, error: error?.kind };
}

describe("the log", () => {
  it("has an entry for every request: method, path, status, milliseconds, trace ID", async () => {
    const clock = new FakeClock();
    const after = (milliseconds: number, status: number) => () => {
      clock.advance(milliseconds);
      const json = status === 200 ? { apiKeys: [], total: 0 } : undefined;
      return { status, headers: { "x-ncp-trace-id": `trace${milliseconds}` }, json };
    };
    const transport = answering(after(7, 503), after(11, 200), after(13, 400), new Error("Off."));
    const { client, log } = clientOn(transport, {}, clock);
    await listApiKeys(client, { ...page, name: "결제 서버" }, never());
    await outcomeOf(createAuthKey(client, { title: "a", key: "b" }, never()));
    await outcomeOf(createAuthKey(client, { title: "a", key: "b" }, never()));
    const path =
      "/api/v1/api-keys?offset=0&limit=1&apiKeyName=%EA%B2%B0%EC%A0%9C%20%EC%84%9C%EB%B2%84";
    assert.deepEqual(log.map(inShort), [
      { method: "GET", path, status: 503, milliseconds: 7, traceId: "trace7", error: "server" },
      { method: "GET", path, status: 200, milliseconds: 11, traceId: "trace11", error: undefined },
      {
        method: "POST",
        path: "/nsml/v1/auth-keys",
        status: 400,
        milliseconds: 13,
        traceId: "trace13",
        error: "badRequest",
      },
      {
        method: "POST",
        path: "/nsml/v1/auth-keys",
        status: undefined,
        milliseconds: 0,
        traceId: undefined,
        error: "network",
      },
    ]);
  });

  it("has none for what was not sent because of where it would have gone", async () => {
    const { client, log } = clientOn(answering(), { zone: { kind: "financial" } });
    await outcomeOf(listAuthKeys(client, never()));
    await outcomeOf(getApiKey(client, "..", never()));
    assert.deepEqual(log, []);
  });

  it("has the sandbox's own trace ID", async () => {
    const sandbox = await startSandbox();
    const { client, log } = clientOf(sandbox);
    await listApiKeys(client, page, never());
    await sandbox.close();
    assert.match(log[0]?.traceId ?? "", /^[0-9a-f]{32}$/);
  });

  it("has no header, no body and no secret, even where a server sends them back", async () => {
    const planted = newSecret();
    const repeated = (request: WireRequest) => Object.values(request.headers).join(" ");
    const transport = answering(
      (request) => ({
        status: 400,
        headers: { "x-ncp-trace-id": `${repeated(request)} ${planted.slice(0, 4)}` },
        json: { error: { errorCode: "100", message: repeated(request) } },
      }),
      (request) => ({
        status: 200,
        json: {
          error: { errorCode: request.headers["x-ncp-apigw-api-key"], details: request.url },
        },
      }),
      (request) => ({
        status: 500,
        text: `<error><errorCode>900</errorCode><message>${repeated(request)}</message></error>`,
      }),
      { json: { apiKeys: [{ apiKeyId: planted }], total: 1 } },
      { text: planted },
    );
    const { client, log } = clientOn(transport);
    const seen: unknown[] = [];
    for (let count = 0; count < 3; count++) {
      seen.push(await outcomeOf(createAuthKey(client, { title: "a", key: planted }, never())));
    }
    for (let count = 0; count < 2; count++) {
      seen.push(await outcomeOf(listApiKeys(client, page, never())));
    }
    const { secretKey, nsmlApiKey } = client.credentials;
    const secrets = [
      planted,
      secretKey.reveal(),
      nsmlApiKey!.reveal(),
      ...transport.requests.map(({ headers }) => headers["x-ncp-apigw-signature-v2"]!),
    ];
    const all = inspect([seen, log], { depth: null, showHidden: true, maxStringLength: null });
    assert.deepEqual(
      {
        entries: log.length,
        // What the search has to be able to find is there.
        finds: all.includes("application/json keep-alive"),
        leaked: secrets.filter((secret) => all.includes(secret)),
      },
      { entries: 5, finds: true, leaked: [] },
    );
  });
});
