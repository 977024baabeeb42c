import assert from "node:assert/strict";
import { globalAgent } from "node:https";
import { connect } from "node:net";
import { Duplex } from "node:stream";
import { listApiKeys } from "../../../src/ncloud/apiGateway.ts";
import { createAuthKey } from "../../../src/ncloud/nsml.ts";
import { type RequestLogEntry } from "../../../src/ncloud/ncloudClient.ts";
import { mayHaveHappened, NcloudError } from "../../../src/ncloud/ncloudError.ts";
import { nodeFetchTransport } from "../../../src/ncloud/nodeFetchTransport.ts";
import { logRequest } from "../../../src/ui/log.ts";
import { clientOn, never, outcomeOf } from "./support/observed.ts";
import { startRawServer } from "./support/rawServer.ts";

type Connected = (error: Error | null, socket?: Duplex) => void;

/**
 * Runs with connections made the way VS Code's proxy agent makes them: what it hands over where a
 * proxy refuses is a socket without encryption that has the proxy's answer, and where it finds no
 * way at all an error without a code.
 */
async function connectingBy<T>(connecting: (done: Connected) => void, run: () => Promise<T>) {
  const agent = globalAgent as { createConnection?: unknown };
  agent.createConnection = (_: unknown, done: Connected) => connecting(done);
  try {
    return await run();
  } finally {
    delete agent.createConnection;
    globalAgent.destroy();
  }
}

/** Runs behind a proxy that answers each request for a way to the server with this. */
async function refusedWith<T>(answer: string, run: () => Promise<T>): Promise<T> {
  const proxy = await startRawServer((socket) => socket.end(answer));
  const port = Number(new URL(proxy.origin).port);
  return connectingBy((done) => done(null, connect(port, "127.0.0.1")), run).finally(() =>
    proxy.close(),
  );
}

const noWay =
  "Failed to establish a socket connection to proxies: PROXY jiwoo:pass word@10.0.0.1:3128";

const zone = { kind: "custom", origin: "https://ncp.example" } as const;

async function read(): Promise<unknown> {
  const { client, clock } = clientOn(nodeFetchTransport, { zone });
  const { kind, status, value } = await outcomeOf(
    listApiKeys(client, { offset: 0, limit: 1 }, never()),
  );
  return [value ?? kind, status, clock.pauses.length + 1];
}

/** What can be said of a write, and the line of the log on it. */
async function write(): Promise<unknown> {
  const { client, log } = clientOn(nodeFetchTransport, { zone });
  try {
    await createAuthKey(client, { title: "a", key: "b" }, never());
    return "done";
  } catch (error) {
    if (!(error instanceof NcloudError)) throw error;
    return [error.kind, mayHaveHappened(error), lineOf(log[0]!)];
  }
}

function lineOf(entry: RequestLogEntry): string {
  const lines: string[] = [];
  const keep = (line: string) => void lines.push(line);
  logRequest({ info: keep, warn: keep }, { ...entry, milliseconds: 1 });
  return lines.join("\n");
}

describe("a proxy", () => {
  it("is what is named for whatever it answers in place of the server", async () => {
    const refusal = JSON.stringify({ error: { errorCode: "210", message: "Permission Denied" } });
    const answers: Record<string, string> = {
      "a password": 'HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm="x"\r\n\r\n',
      forbidden: "HTTP/1.1 403 Forbidden\r\n\r\n",
      "in NCP's words": `HTTP/1.1 401 No\r\ncontent-length: ${refusal.length}\r\n\r\n${refusal}`,
      "a page cut off": "HTTP/1.1 403 Forbidden\r\ncontent-length: 9000\r\n\r\n<html>",
      "a redirect": "HTTP/1.1 302 Found\r\nlocation: https://proxy.example/sign-in\r\n\r\n",
      "a success": 'HTTP/1.1 201 Yes\r\ncontent-length: 24\r\n\r\n{"apiKeys":[],"total":0}',
      "no way on": "HTTP/1.1 502 Bad Gateway\r\n\r\n",
    };
    const outcomes: Record<string, unknown> = {};
    for (const [name, answer] of Object.entries(answers)) {
      outcomes[name] = await refusedWith(answer, read);
    }
    assert.deepEqual(outcomes, {
      "a password": ["proxy", 407, 1],
      forbidden: ["proxy", 403, 1],
      "in NCP's words": ["proxy", 401, 1],
      "a page cut off": ["proxy", 403, 1],
      "a redirect": ["proxy", undefined, 1],
      "a success": ["proxy", 201, 1],
      "no way on": ["proxy", 502, 3],
    });
  });

  it("that cannot be reached is named, and who signs in at it is not logged", async () => {
    const down = (done: Connected) => void setImmediate(done, new Error(noWay));
    assert.deepEqual(
      [await connectingBy(down, read), await connectingBy(down, write)],
      [
        ["proxy", undefined, 1],
        ["proxy", false, "POST /nsml/v1/auth-keys - 1 ms proxy 10.0.0.1:3128"],
      ],
    );
  });

  it("that refused a write has not passed it on", async () => {
    assert.deepEqual(await refusedWith("HTTP/1.1 503 Busy\r\n\r\n", write), [
      "proxy",
      false,
      "POST /nsml/v1/auth-keys 503 1 ms proxy",
    ]);
  });

  it("is not named for what happened to a request on its way", async () => {
    const breaks = new Duplex({
      read: () => undefined,
      write: (_chunk, _encoding, done) => done(new Error("Broken.")),
    });
    const broken = (done: Connected) => done(null, breaks);
    assert.deepEqual(await connectingBy(broken, write), [
      "network",
      true,
      "POST /nsml/v1/auth-keys - 1 ms network",
    ]);
  });
});
