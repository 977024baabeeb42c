import assert from "node:assert/strict";
import { globalAgent } from "node:https";
import { listApiKeys } from "../../../src/ncloud/apiGateway.ts";
import { createAuthKey } from "../../../src/ncloud/nsml.ts";
import { type Credentials } from "../../../src/ncloud/ncloudClient.ts";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox.ts";
import { selfSignedCertificate } from "../../sandbox/selfSignedCertificate.ts";
import { DAY } from "../../sandbox/time.ts";
import { clientOf, kindOf, never } from "./support/observed.ts";

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
