import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox.ts";
import { ed25519Blob } from "../../sandbox/sshKey.ts";
import { failureOf, send } from "./signedClient.ts";

interface Write {
  readonly name: string;
  readonly method: string;
  readonly path: (sandbox: Sandbox) => string;
  readonly json?: (sandbox: Sandbox) => unknown;
}

const authKeys = () => "/nsml/v1/auth-keys";
const apiKeys = () => "/api/v1/api-keys";
const apiKey = ({ state }: Sandbox) => `${apiKeys()}/${state.apiKeys.page(0, 1)[0]!.apiKeyId}`;
const accessKeys = ({ state }: Sandbox) =>
  `/api/v1/sub-accounts/${state.subAccounts[0]!.subAccountId}/access-keys`;
const oldAccessKey = ({ state }: Sandbox) => ({
  accessKey: state.subAccounts[0]!.accessKeys[0]!.accessKey,
});

const WRITES: readonly Write[] = [
  {
    name: "the creation of an auth key",
    method: "POST",
    path: authKeys,
    json: () => ({
      title: "new",
      key: `ssh-ed25519 ${ed25519Blob(randomBytes(32)).toString("base64")}`,
    }),
  },
  {
    name: "the deletion of an auth key",
    method: "DELETE",
    path({ state }) {
      const { title, name } = state.authKeys[0]!;
      return `${authKeys()}/title/${title}/name/${name}`;
    },
  },
  {
    name: "the creation of an API key",
    method: "POST",
    path: apiKeys,
    json: () => ({ apiKeyName: "new" }),
  },
  {
    name: "the edit of an API key",
    method: "PUT",
    path: apiKey,
    json: () => ({ isEnabled: false, apiKeyName: "new" }),
  },
  {
    name: "the regeneration of an API key",
    method: "PATCH",
    path: apiKey,
    json: () => ({ keyType: "SECONDARY" }),
  },
  { name: "the deletion of an API key", method: "DELETE", path: apiKey },
  { name: "the creation of an access key", method: "POST", path: accessKeys },
  {
    name: "the deactivation of an access key",
    method: "PUT",
    path: accessKeys,
    json: (sandbox) => ({ ...oldAccessKey(sandbox), active: false }),
  },
  {
    name: "the deletion of an access key",
    method: "DELETE",
    path: accessKeys,
    json: oldAccessKey,
  },
];

describe("a fault of the sandbox that hits a write", () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.close());

  function facts(): string {
    const { authKeys: registered, subAccounts, apiKeys: table } = sandbox.state;
    const keys = table.all().map((key) => ({ ...key, ...table.valuesOf(key.apiKeyId) }));
    return JSON.stringify({ registered, subAccounts, keys });
  }

  for (const { name, method, path, json } of WRITES) {
    it(`loses, refuses, resets and delays ${name}`, async () => {
      const target = path(sandbox);
      const options = json === undefined ? {} : { json: json(sandbox) };
      const match = { method, path: target, times: 1 };
      const before = facts();

      sandbox.addFault({ kind: "status", status: 503, ...match });
      assert.equal((await send(sandbox, method, target, options)).status, 503);
      sandbox.addFault({ kind: "reset", ...match });
      assert.equal(await failureOf(sandbox, method, target, options), "ECONNRESET");
      assert.equal(facts(), before);

      const delayed = sandbox.addFault({ kind: "delay", milliseconds: 1, ...match });
      sandbox.addFault({ kind: "loseAnswer", ...match });
      assert.equal(await failureOf(sandbox, method, target, options), "ECONNRESET");
      assert.equal(delayed.hits, 1);
      assert.notEqual(facts(), before);
    });
  }
});
