import assert from "node:assert/strict";
import { globalAgent } from "node:https";
import { listApiKeys } from "../../../src/ncloud/apiGateway.ts";
import { createAuthKey } from "../../../src/ncloud/nsml.ts";
import { type Credentials } from "../../../src/ncloud/ncloudClient.ts";
import { mayHaveHappened, NcloudError } from "../../../src/ncloud/ncloudError.ts";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox.ts";
import { selfSignedCertificate } from "../../sandbox/selfSignedCertificate.ts";
import { DAY } from "../../sandbox/time.ts";
import { clientOf, kindOf, never } from "./support/observed.ts";
import { startRelay } from "./support/relay.ts";

function read(sandbox: Sandbox, changes: Partial<Credentials> = {}): Promise<unknown> {
  const { client } = clientOf(sandbox, changes);
  return kindOf(listApiKeys(client, { offset: 0, limit: 1 }, never()));
}

/** Runs while node trusts a certificate, as it does one named by NODE_EXTRA_CA_CERTS. */
async function trusting<T>(certificate: string, run: () => Promise<T>): Promise<T> {
  const { options } = globalAgent;
  assert.equal(options.ca, undefined);
  options.ca = certificate;
  try {
    return await run();
  } finally {
    delete options.ca;
    globalAgent.destroy();
  }
}

describe("a certificate", () => {
  it("that nobody vouches for ends the request before anything is sent", async () => {
    const sandbox = await startSandbox({ tls: selfSignedCertificate() });
    const { client } = clientOf(sandbox);
    const kinds = [
      await read(sandbox),
      await kindOf(createAuthKey(client, { title: "a", key: "b" }, never())),
    ];
    await sandbox.close();
    assert.deepEqual(
      { kinds, requests: sandbox.requests },
      { kinds: ["tls", "tls"], requests: [] },
    );
  });

  it("that the environment says not to check ends the request before anything is sent", async () => {
    const tls = selfSignedCertificate();
    const sandbox = await startSandbox({ tls });
    process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
    const unchecked = await read(sandbox).finally(
      () => delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"],
    );
    const { connections } = sandbox;
    const trusted = await trusting(tls.cert, () => read(sandbox));
    await sandbox.close();
    assert.deepEqual(
      { unchecked, connections, trusted },
      { unchecked: "tls", connections: 0, trusted: "none" },
    );
  });

  it("is not asked for without https: such a request is not signed, nor sent", async () => {
    const sandbox = await startSandbox();
    const zone = { kind: "custom", origin: "http://ncp.example" } as const;
    const kind = await read(sandbox, { zone });
    await sandbox.close();
    assert.equal(kind, "badRequest");
  });

  it("is good enough once it is trusted", async () => {
    const tls = selfSignedCertificate();
    const sandbox = await startSandbox({ tls });
    const kind = await trusting(tls.cert, () => read(sandbox));
    await sandbox.close();
    assert.deepEqual([kind, sandbox.requests.length], ["none", 1]);
  });

  it("for another host, or of another time, is refused though its issuer is trusted", async () => {
    const tls = selfSignedCertificate();
    const expired = selfSignedCertificate(Date.now() - 60 * DAY);
    const early = selfSignedCertificate(Date.now() + 60 * DAY);
    const kinds: unknown[] = [];
    const sandbox = await startSandbox({ tls });
    const origin = sandbox.origin.replace("127.0.0.1", "localhost");
    kinds.push(await trusting(tls.cert, () => read(sandbox, { zone: { kind: "custom", origin } })));
    await sandbox.close();
    for (const other of [expired, early]) {
      const outOfTime = await startSandbox({ tls: other });
      kinds.push(await trusting(other.cert, () => read(outOfTime)));
      await outOfTime.close();
    }
    assert.deepEqual([kinds, sandbox.requests], [["tls", "tls", "tls"], []]);
  });

  it("is missing where a server does not speak https at all", async () => {
    const sandbox = await startSandbox();
    const origin = sandbox.origin.replace("http:", "https:");
    const kind = await read(sandbox, { zone: { kind: "custom", origin } });
    await sandbox.close();
    assert.deepEqual([kind, sandbox.requests], ["tls", []]);
  });
});

describe("a write over https that found no answer", () => {
  const tls = selfSignedCertificate();
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox({ tls });
  });
  afterEach(() => sandbox.close());

  /** What can be said of a write, and how many requests the server has seen of it. */
  async function write(origin = sandbox.origin): Promise<unknown> {
    const { client } = clientOf(sandbox, { zone: { kind: "custom", origin } });
    try {
      await createAuthKey(client, { title: "a", key: "b" }, never());
      return "done";
    } catch (error) {
      if (!(error instanceof NcloudError)) throw error;
      return [error.kind, mayHaveHappened(error), sandbox.requests.length];
    }
  }

  it("has not happened where the certificate is not trusted", async () => {
    assert.deepEqual(await write(), ["tls", false, 0]);
  });

  it("may have happened where the encryption broke after it was sent", async () => {
    sandbox.addFault({ kind: "hang" });
    const relay = await startRelay(new URL(sandbox.origin));
    // A record of application data that nobody with the keys of this connection has written.
    void sandbox
      .nextRequest()
      .then(() => relay.say(Buffer.from("170303001b" + "00".repeat(27), "hex")));
    const outcome = await trusting(tls.cert, () => write(relay.origin));
    await relay.close();
    assert.deepEqual(outcome, ["tls", true, 1]);
  });
});
