import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { listApiKeys } from "../../../src/ncloud/apiGateway.ts";
import { createAuthKey } from "../../../src/ncloud/nsml.ts";
import { nodeFetchTransport } from "../../../src/ncloud/nodeFetchTransport.ts";
import { maxAnswerBytes, TransportError } from "../../../src/ncloud/transport.ts";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox.ts";
import { clientOf, never, outcomeOf } from "./support/observed.ts";
import { httpAnswer, startRawServer } from "./support/rawServer.ts";

function read(sandbox: Sandbox): Promise<Record<string, unknown>> {
  return outcomeOf(listApiKeys(clientOf(sandbox).client, { offset: 0, limit: 1 }, never()));
}

function write(sandbox: Sandbox): Promise<Record<string, unknown>> {
  const { client } = clientOf(sandbox);
  return outcomeOf(createAuthKey(client, { title: "a", key: "b" }, never()));
}

/** How the wire itself reports what became of a request to an origin that answers with bytes. */
async function failureAt(origin: string): Promise<unknown> {
  const request = { method: "GET", url: `${origin}/api/v1/api-keys`, headers: {} } as const;
  try {
    const { status, text } = await nodeFetchTransport.send(request, never());
    return { status, characters: text.length };
  } catch (error) {
    return error instanceof TransportError ? error.kind : error;
  }
}

async function failureOfBytes(bytes: Buffer): Promise<unknown> {
  const server = await startRawServer((socket) => socket.end(bytes));
  const failure = await failureAt(server.origin);
  await server.close();
  return failure;
}

describe("the wire", () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.close());

  it("follows no redirect, so that nothing reaches the other host", async () => {
    const other = await startSandbox();
    const kinds = new Set<unknown>();
    for (const status of [301, 302, 303, 307, 308]) {
      const location = `${other.origin}/api/v1/api-keys`;
      sandbox.addFault({ kind: "redirect", location, status, times: 2 });
      kinds.add((await read(sandbox))["kind"]).add((await write(sandbox))["kind"]);
    }
    await other.close();
    assert.deepEqual(
      { kinds, here: sandbox.requests.length, there: other.requests.length },
      { kinds: new Set(["badAnswer"]), here: 10, there: 0 },
    );
  });

  it("takes a redirect to nowhere for a redirect", async () => {
    sandbox.addFault({ kind: "redirect", location: "http://[" });
    assert.equal(await failureAt(sandbox.origin), "redirect");
  });

  it("reads an answer of up to 8 MiB, and refuses a larger one", async () => {
    const outcomes: unknown[] = [];
    for (const bytes of [maxAnswerBytes, maxAnswerBytes + 1]) {
      sandbox.addFault({ kind: "hugeBody", bytes, times: 1 });
      outcomes.push(await failureAt(sandbox.origin));
    }
    assert.deepEqual(outcomes, [{ status: 200, characters: 8 * 1024 * 1024 }, "tooLarge"]);
  });

  it("hangs up on an answer without end instead of reading on", async () => {
    sandbox.addFault({ kind: "endlessBody" });
    const outcome = await read(sandbox);
    // It is idle only when the connection is gone: the answer itself would go on for ever.
    await sandbox.idle();
    assert.deepEqual(outcome, { kind: "badAnswer", service: "apiGateway", transient: false });
  });

  it("counts the bytes that come out of a compressed answer", async () => {
    const bomb = gzipSync(Buffer.alloc(maxAnswerBytes * 4, " "));
    const fits = gzipSync(Buffer.from('{"apiKeys":[]}'));
    const headers = { "content-encoding": "gzip" };
    assert.deepEqual(
      [
        await failureOfBytes(httpAnswer(bomb, headers)),
        await failureOfBytes(httpAnswer(fits, headers)),
      ],
      ["tooLarge", { status: 200, characters: 14 }],
    );
  });

  it("tells a broken connection from an answer that cannot be read", async () => {
    const body = Buffer.from('{"apiKeys":[],"total":0}');
    const damaged = (coding: string) => httpAnswer(body, { "content-encoding": coding });
    assert.deepEqual(
      {
        noHttp: await failureOfBytes(Buffer.from("SSH-2.0-OpenSSH_9.6\r\n\r\n")),
        hugeHead: await failureOfBytes(httpAnswer(body, { "x-long": "x".repeat(100_000) })),
        gzip: await failureOfBytes(damaged("gzip")),
        br: await failureOfBytes(damaged("br")),
        deflate: await failureOfBytes(damaged("deflate")),
        unknownCoding: await failureOfBytes(damaged("zstd")),
        cutOff: await failureOfBytes(httpAnswer(body).subarray(0, -5)),
        cutOffChunks: await failureOfBytes(
          Buffer.from('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"api'),
        ),
        nothing: await failureOfBytes(Buffer.alloc(0)),
        onlyAHead: await failureOfBytes(Buffer.from("HTTP/1.1 200 OK\r\n")),
      },
      {
        noHttp: "unreadable",
        hugeHead: "unreadable",
        gzip: "unreadable",
        br: "unreadable",
        deflate: "unreadable",
        unknownCoding: { status: 200, characters: body.length },
        cutOff: "reset",
        cutOffChunks: "reset",
        nothing: "reset",
        onlyAHead: "reset",
      },
    );
  });

  it("reads JSON behind a byte order mark", async () => {
    const json = JSON.stringify({ apiKeys: [], total: 0 });
    sandbox.addFault({ kind: "status", status: 200, body: `\ufeff${json}` });
    assert.deepEqual(await read(sandbox), { value: { apiKeys: [], total: 0 } });
  });

  it("reports a body that is broken JSON or of another shape as such", async () => {
    sandbox.addFault({ kind: "truncatedJson", times: 1 });
    sandbox.addFault({ kind: "wrongShape", times: 1 });
    sandbox.addFault({ kind: "status", status: 200, body: "", times: 1 });
    sandbox.addFault({ kind: "status", status: 200, body: "<html>Sign in</html>", times: 1 });
    const outcomes: unknown[] = [];
    for (let count = 0; count < 4; count++) {
      const { kind, status, field } = await read(sandbox);
      outcomes.push([kind, status, field]);
    }
    assert.deepEqual(outcomes, [
      ["badAnswer", 200, undefined],
      ["badAnswer", 200, "apiKeys"],
      ["badAnswer", 200, undefined],
      ["badAnswer", 200, undefined],
    ]);
  });

  it("reports who cannot be found or does not listen as the network's failure", async () => {
    // Longer than a name may be, so that every resolver knows at once that there is none.
    const nobody = `https://${"x".repeat(64)}.invalid`;
    const closed = await startSandbox();
    await closed.close();
    assert.deepEqual(
      [await failureAt(nobody), await failureAt(closed.origin)],
      ["network", "network"],
    );
  });

  it("uses one connection for requests that follow one another, refused ones too", async () => {
    const warnings: unknown[] = [];
    const onWarning = (warning: unknown) => warnings.push(warning);
    process.on("warning", onWarning);
    const { client } = clientOf(sandbox);
    for (let count = 0; count < 15; count++) {
      await listApiKeys(client, { offset: 0, limit: 1 }, never());
      await outcomeOf(createAuthKey(client, { title: "1", key: "b" }, never()));
    }
    process.off("warning", onWarning);
    console.log(`      ${sandbox.requests.length} requests, ${sandbox.connections} socket`);
    assert.deepEqual(
      {
        requests: sandbox.requests.length,
        connections: sandbox.connections,
        asked: new Set(sandbox.requests.map(({ headers }) => headers.connection)),
        warnings,
      },
      { requests: 30, connections: 1, asked: new Set(["keep-alive"]), warnings: [] },
    );
  });
});
