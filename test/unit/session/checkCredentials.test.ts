import assert from "node:assert/strict";
import { Secret } from "../../../src/ncloud/secret.ts";
import { checkCredentials } from "../../../src/session/checkCredentials.ts";
import { testServices } from "../../../src/session/testServices.ts";
import type { Fault } from "../../sandbox/faults.ts";
import type { Service } from "../../sandbox/state.ts";
import { clientOf, never } from "../ncloud/support/observed.ts";
import { newSecretText } from "../support/testAccount.ts";
import { useWorld } from "../support/world.ts";

describe("The check of credentials", () => {
  const world = useWorld();

  /** What it finds wrong; "accepted" when that is nothing. */
  async function check(changes: Parameters<typeof clientOf>[1] = {}): Promise<string> {
    const problem = await checkCredentials(clientOf(world().sandbox, changes).client, never());
    return problem?.kind ?? "accepted";
  }

  it("accepts a signature that NCP accepts", async () => {
    assert.equal(await check(), "accepted");
  });

  it("accepts a key that may list some services only, or none", async () => {
    const [main] = world().sandbox.state.accessKeys;
    const denied: readonly (readonly Service[])[] = [
      ["apiGateway"],
      ["subAccount"],
      ["apiGateway", "subAccount"],
      ["apiGateway", "subAccount", "nsml"],
    ];
    const found: string[] = [];
    for (const deny of denied) {
      main!.deny = deny;
      found.push(await check());
    }
    assert.deepEqual(found, ["accepted", "accepted", "accepted", "accepted"]);
  });

  it("accepts a key of an account that never opened API Gateway", async () => {
    const { state } = world().sandbox;
    state.switches.apiGatewayOpened = false;
    state.accessKeys[0]!.deny = ["subAccount"];
    assert.equal(await check(), "accepted");
  });

  /** How an answer is taken when it is all there is. */
  async function answered(status: number, body: unknown): Promise<string> {
    const fault = world().sandbox.addFault({ kind: "status", status, body });
    const found = await check();
    fault.remove();
    return found;
  }

  it("accepts only what NCP says after it looked at the signature", async () => {
    const denied = { message: "Permission Denied" };
    const unsubscribed = { message: "A subscription to the API is required." };
    const untenanted = { message: "Not Found Exception", details: "tenant not found" };
    assert.deepEqual(
      {
        "210, as a text": await answered(401, { error: { errorCode: "210", ...denied } }),
        "210, as a number": await answered(401, { errorCode: 210, ...unsubscribed }),
        "no tenant": await answered(404, { error: { errorCode: "300", ...untenanted } }),
      },
      { "210, as a text": "accepted", "210, as a number": "accepted", "no tenant": "accepted" },
    );
  });

  const foreign: Readonly<Record<string, unknown>> = {
    "a code of its own": { error: { code: "portal_login", message: "Sign in to the network" } },
    "a code that is its status": { errorCode: 401, message: "Unauthorized" },
    "NCP's code of a refusal before the signature": { error: { errorCode: "230", message: "No" } },
    "NCP's words": { error: { errorCode: "1", message: "A subscription is required." } },
    "words about a tenant": { error: { errorCode: "1", message: "Tenant not found" } },
    "words about a tenant and no code": { error: { message: "Tenant not found" } },
  };
  for (const [name, body] of Object.entries(foreign)) {
    it(`takes no proxy for NCP that refuses with ${name}`, async () => {
      const found = [await answered(401, body), await answered(403, body)];
      const refused = ["noPermission", "notSubscribed"];
      assert.deepEqual(
        found.map((kind) => refused.includes(kind)),
        [true, true],
        found.join(),
      );
    });
  }

  it("does not need the value of an API key", async () => {
    assert.equal(await check({ nsmlApiKey: undefined }), "accepted");
  });

  it("tells a wrong secret key and an unknown access key", async () => {
    const found = [
      await check({ secretKey: new Secret(newSecretText()) }),
      await check({ accessKeyId: "ncp_iam_UNKNOWN" }),
    ];
    assert.deepEqual(found, ["wrongCredentials", "wrongCredentials"]);
  });

  const faults: Readonly<Record<string, readonly [Fault, string]>> = {
    "a connection that breaks": [{ kind: "reset" }, "network"],
    "an outage": [{ kind: "status", status: 500 }, "server"],
    "a redirect": [{ kind: "redirect", location: "/elsewhere" }, "badAnswer"],
    "an answer of another shape": [{ kind: "wrongShape" }, "badAnswer"],
    "a refusal that does not come from NCP": [{ kind: "status", status: 403 }, "noPermission"],
    "a proxy that wants a password": [{ kind: "status", status: 407 }, "proxy"],
  };
  for (const [name, [fault, kind]] of Object.entries(faults)) {
    it(`does not take ${name} for an accepted signature, nor for a wrong key`, async () => {
      world().sandbox.addFault(fault);
      assert.equal(await check(), kind);
    });
  }

  it("blames the key when one service says so and the other cannot be reached", async () => {
    world().sandbox.addFault({ kind: "reset", path: "/api/v1/api-keys" });
    assert.equal(await check({ secretKey: new Secret(newSecretText()) }), "wrongCredentials");
  });

  it("ends when it is cancelled", async () => {
    const { sandbox } = world();
    sandbox.addFault({ kind: "hang" });
    const abort = new AbortController();
    const asked = sandbox.nextRequest();
    const checking = checkCredentials(clientOf(sandbox).client, abort.signal);
    await asked;
    abort.abort();
    assert.equal((await checking)?.kind, "cancelled");
  });
});

describe("The connection test", () => {
  const world = useWorld();

  async function results(): Promise<readonly string[]> {
    const found = await testServices(world().signedIn.inventory, never());
    return found.map(({ service, result }) => {
      return `${service} ${typeof result === "string" ? result : result.kind}`;
    });
  }

  it("says of each service by itself how it went", async () => {
    await world().signIn();
    const before = await results();
    const { sandbox } = world();
    sandbox.state.accessKeys[0]!.deny = ["subAccount"];
    sandbox.addFault({ kind: "status", status: 500, path: "/nsml" });
    assert.deepEqual(
      [before, await results()],
      [
        ["apiGateway reached", "subAccount reached", "nsml reached"],
        ["apiGateway reached", "subAccount noPermission", "nsml server"],
      ],
    );
  });

  it("does not ask NSML without an API key", async () => {
    await world().signIn({ nsmlApiKey: undefined });
    assert.deepEqual(await results(), [
      "apiGateway reached",
      "subAccount reached",
      "nsml needsApiKey",
    ]);
  });

  it("is given up when it is cancelled", async () => {
    await world().signIn();
    const abort = new AbortController();
    abort.abort();
    await assert.rejects(testServices(world().signedIn.inventory, abort.signal), {
      kind: "cancelled",
    });
  });
});
