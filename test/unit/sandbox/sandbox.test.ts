import assert from "node:assert/strict";
import { once } from "node:events";
import { Agent as HttpAgent } from "node:http";
import { Agent } from "node:https";
import { createServer } from "node:net";
import { startSandbox } from "../../sandbox/sandbox.ts";
import { selfSignedCertificate } from "../../sandbox/selfSignedCertificate.ts";
import { send } from "./signedClient.ts";

const API_KEYS = "/api/v1/api-keys";

describe("the sandbox", () => {
  it("listens on loopback, at a port of its own each", async () => {
    const [first, second] = [await startSandbox(), await startSandbox()];
    await Promise.all([first.close(), second.close()]);
    assert.match(first.origin, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.notEqual(first.origin, second.origin);
  });

  it("leaves its port on every other address alone", async () => {
    const sandbox = await startSandbox();
    const neighbour = createServer().listen(Number(new URL(sandbox.origin).port), "127.0.0.2");
    // macOS has no second loopback address to listen at, which proves nothing but is no failure.
    const outcome = await once(neighbour, "listening").then(
      () => "free",
      (error: unknown) => (error instanceof Error && "code" in error ? error.code : error),
    );
    neighbour.close();
    await sandbox.close();
    assert.equal(outcome, process.platform === "darwin" ? "EADDRNOTAVAIL" : "free");
  });

  it("says so when its port is taken", async () => {
    const first = await startSandbox();
    const port = Number(new URL(first.origin).port);
    await assert.rejects(startSandbox({ port }), { code: "EADDRINUSE" });
    await first.close();
  });

  it("records every request as it stood on the wire, with the status it was answered with", async () => {
    const sandbox = await startSandbox();
    const start = Date.now();
    await send(sandbox, "GET", `${API_KEYS}?apiKeyName=%61`);
    await send(sandbox, "DELETE", `${API_KEYS}/nothing`);
    const seen = sandbox.requests.map(({ method, path, status }) => [method, path, status]);
    const [first] = sandbox.requests;
    sandbox.resetRequests();
    await sandbox.close();
    assert.deepEqual(seen, [
      ["GET", `${API_KEYS}?apiKeyName=%61`, 200],
      ["DELETE", `${API_KEYS}/nothing`, 404],
    ]);
    assert.ok(first !== undefined && first.time >= start && first.time <= Date.now());
    assert.equal(first.headers["x-ncp-iam-access-key"], sandbox.accessKeyId);
    assert.equal(sandbox.requests.length, 0);
  });

  it("counts the sockets that were opened", async () => {
    const sandbox = await startSandbox();
    const agent = new HttpAgent({ keepAlive: true });
    for (let count = 0; count < 3; count++) await send(sandbox, "GET", API_KEYS, { agent });
    assert.equal(sandbox.connections, 1);
    await send(sandbox, "GET", API_KEYS);
    assert.equal(sandbox.connections, 2);
    agent.destroy();
    await sandbox.close();
  });

  it("can be closed twice, and refuses connections from then on", async () => {
    const sandbox = await startSandbox();
    await Promise.all([sandbox.close(), sandbox.close()]);
    await sandbox.close();
    await assert.rejects(send(sandbox, "GET", API_KEYS), { code: "ECONNREFUSED" });
  });

  it("speaks https with the certificate it is given", async () => {
    const tls = selfSignedCertificate();
    const sandbox = await startSandbox({ tls });
    assert.match(sandbox.origin, /^https:\/\/127\.0\.0\.1:\d+$/);
    assert.equal((await send(sandbox, "GET", API_KEYS, { ca: tls.cert })).status, 200);
    await assert.rejects(send(sandbox, "GET", API_KEYS), { code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
    await sandbox.close();
  });

  it("loses answers over https as well", async () => {
    const tls = selfSignedCertificate();
    const sandbox = await startSandbox({ tls });
    const agent = new Agent({ ca: tls.cert, keepAlive: true });
    sandbox.addFault({ kind: "loseAnswer" });
    const lost = send(sandbox, "POST", API_KEYS, { agent, json: { apiKeyName: "new" } });
    await assert.rejects(lost, { code: "ECONNRESET" });
    assert.equal(sandbox.state.apiKeys.size, 4);
    agent.destroy();
    await sandbox.close();
  });

  it("has no API key value to show for an account without API keys", async () => {
    const sandbox = await startSandbox({ apiKeys: 0, subAccounts: 0, authKeys: 0 });
    const { apiKeyValue } = sandbox;
    await sandbox.close();
    assert.equal(apiKeyValue, "");
  });
});
