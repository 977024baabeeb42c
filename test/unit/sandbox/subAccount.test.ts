import assert from "node:assert/strict";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox.ts";
import type { SubAccount } from "../../sandbox/state.ts";
import { parsed, refusal, send, type Signer } from "./signedClient.ts";

const SUB_ACCOUNTS = "/api/v1/sub-accounts";

interface Created {
  accessKey: string;
  keySecret: string;
  createTime: string;
}

describe("the sandbox's Sub Account", () => {
  let sandbox: Sandbox;
  let subAccount: SubAccount;
  let accessKeysPath: string;
  beforeEach(async () => {
    sandbox = await startSandbox({ subAccounts: 25 });
    subAccount = sandbox.state.subAccounts[0]!;
    accessKeysPath = `${SUB_ACCOUNTS}/${subAccount.subAccountId}/access-keys`;
  });
  afterEach(() => sandbox.close());

  async function pageOf(query: string) {
    const reply = await send(sandbox, "GET", `${SUB_ACCOUNTS}${query}`);
    const { items, ...facts } = JSON.parse(reply.text) as { items: SubAccount[] };
    return { ...facts, ids: items.map((item) => item.subAccountNo) };
  }

  async function createAccessKey(): Promise<Created> {
    return JSON.parse((await send(sandbox, "POST", accessKeysPath)).text) as Created;
  }

  async function statusFor(signer: Signer): Promise<number> {
    return (await send(sandbox, "GET", SUB_ACCOUNTS, { signer })).status;
  }

  function setActive(accessKey: string, active: boolean) {
    return send(sandbox, "PUT", accessKeysPath, { json: { accessKey, active } });
  }

  it("lists sub accounts page by page, ten at a time unless told otherwise", async () => {
    const numbers = sandbox.state.subAccounts.map((listed) => listed.subAccountNo);
    const total = { totalItems: 25 };
    assert.deepEqual(await Promise.all(["", "?page=2", "?page=1&size=20"].map(pageOf)), [
      {
        ...total,
        page: 0,
        totalPages: 3,
        hasPrevious: false,
        hasNext: true,
        isFirst: true,
        isLast: false,
        ids: numbers.slice(0, 10),
      },
      {
        ...total,
        page: 2,
        totalPages: 3,
        hasPrevious: true,
        hasNext: false,
        isFirst: false,
        isLast: true,
        ids: numbers.slice(20),
      },
      {
        ...total,
        page: 1,
        totalPages: 2,
        hasPrevious: true,
        hasNext: false,
        isFirst: false,
        isLast: true,
        ids: numbers.slice(20),
      },
    ]);
  });

  it("shows what a sub account is, and nothing of its access keys", async () => {
    const reply = await send(sandbox, "GET", `${SUB_ACCOUNTS}?size=1`);
    const { items } = JSON.parse(reply.text) as { items: unknown[] };
    const { accessKeys, ...listed } = subAccount;
    assert.deepEqual(items, [listed]);
    assert.equal(reply.text.includes(accessKeys[0]!.secretKey), false);
  });

  it("searches one column for a word", async () => {
    subAccount.name = "황보승";
    subAccount.loginId = "seung.hwangbo";
    const number = subAccount.subAccountNo;
    const queries = [
      `?searchColumn=name&searchWord=${encodeURIComponent("황보")}`,
      "?searchColumn=loginId&searchWord=hwangbo",
      `?searchColumn=subAccountNo&searchWord=${number}`,
      "?searchColumn=name&searchWord=hwangbo",
    ];
    const found = await Promise.all(queries.map(async (query) => (await pageOf(query)).ids));
    assert.deepEqual(found, [[number], [number], [number], []]);
  });

  it("refuses a page, a size or a column that does not exist, in its own shape", async () => {
    const queries = ["?page=-1", "?size=0", "?searchColumn=email&searchWord=a"];
    const replies = await Promise.all(
      queries.map((query) => send(sandbox, "GET", `${SUB_ACCOUNTS}${query}`)),
    );
    assert.deepEqual(
      replies.map((reply) => [reply.status, Object.keys(parsed(reply).json as object)]),
      queries.map(() => [400, ["errorCode", "message"]]),
    );
  });

  it("lists access keys as a bare array, newest first, without secrets", async () => {
    const { accessKey } = await createAccessKey();
    const reply = await send(sandbox, "GET", accessKeysPath);
    const expected = subAccount.accessKeys.map((listed) => ({
      accessKey: listed.accessKey,
      active: listed.active,
      createTime: listed.createTime,
    }));
    assert.deepEqual(parsed(reply), { status: 200, json: expected });
    assert.equal(expected[0]?.accessKey, accessKey);
  });

  it("names an unknown sub account with the documented code", async () => {
    const reply = await send(sandbox, "GET", `${SUB_ACCOUNTS}/nobody/access-keys`);
    assert.deepEqual(parsed(reply), {
      status: 404,
      json: { errorCode: 30, message: "Nonexistent account" },
    });
  });

  it("hands out an access key whose secret signs requests until it is deactivated", async () => {
    const created = await createAccessKey();
    const signer = { accessKeyId: created.accessKey, secretKey: created.keySecret };
    const statuses = [await statusFor(signer)];
    await setActive(created.accessKey, false);
    statuses.push(await statusFor(signer));
    await setActive(created.accessKey, true);
    statuses.push(await statusFor(signer));
    await send(sandbox, "DELETE", accessKeysPath, { json: { accessKey: created.accessKey } });
    statuses.push(await statusFor(signer));
    assert.deepEqual(statuses, [200, 401, 200, 401]);
    assert.match(created.accessKey, /^ncp_iam_[A-Z0-9]{20}$/);
    assert.match(created.keySecret, /^[A-Za-z0-9]{40}$/);
  });

  it("lets access keys sign only while their sub account may use the API", async () => {
    const [accessKey] = subAccount.accessKeys;
    assert.ok(accessKey);
    const signer = { accessKeyId: accessKey.accessKey, secretKey: accessKey.secretKey };
    const statuses = [await statusFor(signer)];
    subAccount.canAPIGatewayAccess = false;
    statuses.push(await statusFor(signer));
    subAccount.canAPIGatewayAccess = true;
    subAccount.active = false;
    statuses.push(await statusFor(signer));
    assert.deepEqual(statuses, [200, 401, 401]);
  });

  it("denies an access key of a sub account what it may not use", async () => {
    const [accessKey] = subAccount.accessKeys;
    assert.ok(accessKey);
    accessKey.deny = ["subAccount"];
    const signer = { accessKeyId: accessKey.accessKey, secretKey: accessKey.secretKey };
    assert.equal(refusal(await send(sandbox, "GET", SUB_ACCOUNTS, { signer })), "401/210");
  });

  it("keeps at most two access keys active, however the third would become so", async () => {
    const inactive = subAccount.accessKeys.find((accessKey) => !accessKey.active)!;
    await createAccessKey();
    const third = await send(sandbox, "POST", accessKeysPath);
    const activated = await setActive(inactive.accessKey, true);
    assert.deepEqual([third, activated].map(refusal), ["409/9012", "409/9012"]);
    assert.equal(subAccount.accessKeys.filter((accessKey) => accessKey.active).length, 2);
  });

  it("confirms a change, and one that changes nothing", async () => {
    const active = subAccount.accessKeys.find((accessKey) => accessKey.active)!;
    await createAccessKey();
    const reply = await setActive(active.accessKey, true);
    assert.deepEqual(parsed(reply), { status: 200, json: { success: true } });
  });

  it("deletes the access key that the body names, and only that", async () => {
    const [first, second] = subAccount.accessKeys;
    assert.ok(first && second);
    const json = { accessKey: first.accessKey };
    const deleted = await send(sandbox, "DELETE", accessKeysPath, { json });
    const again = await send(sandbox, "DELETE", accessKeysPath, { json });
    assert.deepEqual(parsed(deleted), { status: 200, json: { success: true } });
    assert.equal(again.status, 404);
    assert.deepEqual(subAccount.accessKeys, [second]);
  });

  it("refuses a change that does not say which key, or what of it", async () => {
    const [first] = subAccount.accessKeys;
    assert.ok(first);
    const replies = await Promise.all([
      send(sandbox, "PUT", accessKeysPath, { json: { active: false } }),
      send(sandbox, "PUT", accessKeysPath, { json: { accessKey: first.accessKey } }),
      send(sandbox, "DELETE", accessKeysPath, { json: {} }),
      send(sandbox, "DELETE", accessKeysPath),
    ]);
    assert.deepEqual(
      replies.map((reply) => reply.status),
      [400, 400, 400, 400],
    );
  });
});
