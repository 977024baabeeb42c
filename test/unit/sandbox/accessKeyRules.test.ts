import assert from "node:assert/strict";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox.ts";
import type { AccessKey, SubAccount } from "../../sandbox/state.ts";
import { parsed, refusal, send, type Signer } from "./signedClient.ts";

const SUB_ACCOUNTS = "/api/v1/sub-accounts";
const SUCCESS = { status: 200, json: { success: true } };

interface Created {
  accessKey: string;
  keySecret: string;
  createTime: string;
}

function pathFor(subAccountId: string): string {
  return `${SUB_ACCOUNTS}/${subAccountId}/access-keys`;
}

function signerOf({ accessKey, secretKey }: AccessKey): Signer {
  return { accessKeyId: accessKey, secretKey };
}

describe("the sandbox's rules for access keys", () => {
  let sandbox: Sandbox;
  let subAccount: SubAccount;
  let path: string;
  beforeEach(async () => {
    sandbox = await startSandbox({ subAccounts: 3 });
    subAccount = sandbox.state.subAccounts[0]!;
    path = pathFor(subAccount.subAccountId);
  });
  afterEach(() => sandbox.close());

  it("shows a new secret once, with the ID and the time, for a request without a body", async () => {
    const reply = await send(sandbox, "POST", path);
    const created = JSON.parse(reply.text) as Created;
    const { accessKey, secretKey, createTime, active } = subAccount.accessKeys[0]!;
    assert.deepEqual(
      [reply.status, created],
      [200, { accessKey, keySecret: secretKey, createTime }],
    );
    assert.match(createTime, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    assert.equal(active, true);
    const list = await send(sandbox, "GET", path);
    assert.equal(list.text.includes(created.keySecret), false);
  });

  it("refuses one active key too many in the shape of Sub Account", async () => {
    await send(sandbox, "POST", path);
    assert.deepEqual(parsed(await send(sandbox, "POST", path)), {
      status: 409,
      json: { errorCode: 9012, message: "The maximum number of active access keys is reached." },
    });
  });

  it("counts active keys only, and up to the limit it is told", async () => {
    sandbox.state.switches.mostActiveAccessKeys = 3;
    const replies = [];
    for (let count = 0; count < 3; count++) replies.push(await send(sandbox, "POST", path));
    const { accessKey } = subAccount.accessKeys[0]!;
    await send(sandbox, "PUT", path, { json: { accessKey, active: false } });
    replies.push(await send(sandbox, "POST", path));
    assert.deepEqual(
      replies.map((reply) => reply.status),
      [200, 200, 409, 200],
    );
    assert.equal(subAccount.accessKeys.length, 5);
  });

  it("starts with the limit that is asked for", async () => {
    const strict = await startSandbox({ mostActiveAccessKeys: 1 });
    const reply = await send(strict, "POST", pathFor(strict.state.subAccounts[0]!.subAccountId));
    await strict.close();
    assert.equal(refusal(reply), "409/9012");
  });

  it("limits each sub account by itself", async () => {
    await send(sandbox, "POST", path);
    const other = sandbox.state.subAccounts[1]!;
    other.accessKeys = [];
    assert.equal((await send(sandbox, "POST", pathFor(other.subAccountId))).status, 200);
  });

  it("names an unknown sub account whatever is asked of it", async () => {
    const json = { accessKey: subAccount.accessKeys[0]!.accessKey, active: false };
    const nobody = pathFor("nobody");
    const replies = await Promise.all([
      send(sandbox, "POST", nobody),
      send(sandbox, "PUT", nobody, { json }),
      send(sandbox, "DELETE", nobody, { json }),
    ]);
    const expected = { status: 404, json: { errorCode: 30, message: "Nonexistent account" } };
    assert.deepEqual(replies.map(parsed), [expected, expected, expected]);
  });

  it("knows an access key only as one of its own sub account", async () => {
    const json = { accessKey: subAccount.accessKeys[0]!.accessKey, active: false };
    const other = pathFor(sandbox.state.subAccounts[1]!.subAccountId);
    const replies = await Promise.all([
      send(sandbox, "PUT", other, { json }),
      send(sandbox, "DELETE", other, { json }),
      send(sandbox, "PUT", path, { json: { ...json, accessKey: sandbox.accessKeyId } }),
    ]);
    const expected = {
      status: 404,
      json: {
        errorCode: 300,
        message: "Not Found Exception: There is no such access key.",
      },
    };
    assert.deepEqual(replies.map(parsed), [expected, expected, expected]);
    assert.equal(subAccount.accessKeys[0]?.active, true);
  });

  it("changes nothing for a body of bad fields", async () => {
    const { accessKey } = subAccount.accessKeys[0]!;
    const before = structuredClone(subAccount.accessKeys);
    const replies = await Promise.all([
      send(sandbox, "PUT", path, { json: { accessKey, active: "false" } }),
      send(sandbox, "PUT", path, { json: { accessKey: [accessKey], active: false } }),
      send(sandbox, "PUT", path, { json: { accessKey: "", active: false } }),
      send(sandbox, "DELETE", path, { json: { accessKeys: [accessKey] } }),
    ]);
    assert.deepEqual(replies.map(refusal), ["400/100", "400/100", "400/100", "400/100"]);
    assert.deepEqual(subAccount.accessKeys, before);
  });

  it("lets an access key of a sub account do all that the main account's may", async () => {
    const signer = signerOf(subAccount.accessKeys[0]!);
    const created = JSON.parse((await send(sandbox, "POST", path, { signer })).text) as Created;
    const json = { accessKey: created.accessKey };
    const replies = [
      await send(sandbox, "GET", "/nsml/v1/auth-keys", { signer }),
      await send(sandbox, "POST", "/api/v1/api-keys", { signer, json: { apiKeyName: "a" } }),
      await send(sandbox, "PUT", path, { signer, json: { ...json, active: false } }),
      await send(sandbox, "DELETE", path, { signer, json }),
    ];
    assert.deepEqual(
      replies.map((reply) => reply.status),
      [200, 201, 200, 200],
    );
  });

  it("refuses an access key from the moment it has deactivated itself", async () => {
    const [accessKey] = subAccount.accessKeys;
    const signer = signerOf(accessKey!);
    const json = { accessKey: signer.accessKeyId, active: false };
    const first = await send(sandbox, "PUT", path, { signer, json });
    const again = await send(sandbox, "PUT", path, { signer, json: { ...json, active: true } });
    assert.deepEqual([parsed(first), refusal(again)], [SUCCESS, "401/200"]);
    assert.equal(accessKey?.active, false);
  });

  it("refuses an access key from the moment it has deleted itself", async () => {
    const signer = signerOf(subAccount.accessKeys[0]!);
    const json = { accessKey: signer.accessKeyId };
    const first = await send(sandbox, "DELETE", path, { signer, json });
    const again = await send(sandbox, "DELETE", path, { signer, json });
    assert.deepEqual([parsed(first), refusal(again)], [SUCCESS, "401/200"]);
  });

  it("refuses the main account's access key while that is inactive", async () => {
    sandbox.state.accessKeys[0]!.active = false;
    assert.equal(refusal(await send(sandbox, "GET", SUB_ACCOUNTS)), "401/200");
  });
});
