import assert from "node:assert/strict";
import { fewest, fewestKept } from "../../sandbox/keyHistory.ts";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox.ts";
import type { AuthKey, SubAccount } from "../../sandbox/state.ts";
import {
  workingAccessKeys,
  workingApiKeyValues,
  workingAuthKeys,
} from "../../sandbox/workingKeys.ts";
import { newGate } from "../support/world.ts";
import { send } from "./signedClient.ts";

const API_KEYS = "/api/v1/api-keys";

describe("the sandbox's history of keys", () => {
  let sandbox: Sandbox;
  let subAccount: SubAccount;
  let id: string;
  let accessKeysPath: string;
  beforeEach(async () => {
    sandbox = await startSandbox();
    subAccount = sandbox.state.subAccounts[0]!;
    id = subAccount.subAccountId;
    accessKeysPath = `/api/v1/sub-accounts/${id}/access-keys`;
  });
  afterEach(() => sandbox.close());

  function setActive(accessKey: string, active: boolean) {
    return send(sandbox, "PUT", accessKeysPath, { json: { accessKey, active } });
  }

  async function create(): Promise<string> {
    const { text } = await send(sandbox, "POST", accessKeysPath);
    return (JSON.parse(text) as { accessKey: string }).accessKey;
  }

  it("tells an access key rotation that always left a key, with the cause of each step", async () => {
    const old = subAccount.accessKeys[0]!.accessKey;
    const created = await create();
    await setActive(old, false);
    const moments = sandbox.history.accessKeys(id);
    assert.deepEqual(moments, [
      { cause: undefined, keys: [old] },
      { cause: `POST ${accessKeysPath}`, keys: [created, old] },
      { cause: `PUT ${accessKeysPath}`, keys: [created] },
    ]);
    assert.deepEqual([fewest(moments), fewestKept(moments)], [1, 1]);
  });

  it("tells one that left none for a moment", async () => {
    const old = subAccount.accessKeys[0]!.accessKey;
    await setActive(old, false);
    await create();
    await setActive(old, true);
    assert.equal(fewest(sandbox.history.accessKeys(id)), 0);
  });

  it("remembers a change whose answer was lost, and none that was not carried out", async () => {
    const old = subAccount.accessKeys[0]!.accessKey;
    sandbox.addFault({ kind: "reset", times: 1 });
    await assert.rejects(setActive(old, false));
    sandbox.addFault({ kind: "loseAnswer", times: 1 });
    await assert.rejects(setActive(old, false));
    const counts = sandbox.history.accessKeys(id).map(({ keys }) => keys.length);
    assert.deepEqual(counts, [1, 0]);
  });

  it("counts no access key whose secret key was lost with the answer", async () => {
    const [old] = subAccount.accessKeys;
    assert.ok(old);
    for (const kind of ["loseAnswer", "brokenOff", "truncatedJson"] as const) {
      subAccount.accessKeys = [old];
      sandbox.addFault({ kind, method: "POST", times: 1 });
      await assert.rejects(create());
    }
    await setActive(old.accessKey, false);
    const counts = sandbox.history.accessKeys(id).map(({ keys }) => keys.length);
    assert.deepEqual([counts, workingAccessKeys(sandbox.state, id).length], [[1, 0], 1]);
  });

  it("counts an access key from when its secret key is told", async () => {
    const gate = newGate();
    sandbox.addFault({ kind: "hold", until: gate.opened, method: "POST", times: 1 });
    const arrived = sandbox.nextRequest({ method: "POST" });
    const creating = create();
    await arrived;
    await send(sandbox, "GET", accessKeysPath);
    const before = fewest(sandbox.history.accessKeys(id));
    gate.open();
    await creating;
    const counts = sandbox.history.accessKeys(id).map(({ keys }) => keys.length);
    assert.deepEqual([before, counts], [1, [1, 2]]);
  });

  it("sees what a test changes itself, at the latest when the next request comes", async () => {
    subAccount.canAPIGatewayAccess = false;
    await send(sandbox, "GET", API_KEYS);
    subAccount.canAPIGatewayAccess = true;
    subAccount.active = false;
    await send(sandbox, "GET", API_KEYS);
    subAccount.active = true;
    const moments = sandbox.history.accessKeys(id);
    assert.deepEqual(
      moments.map(({ cause, keys }) => [cause, keys.length]),
      [
        [undefined, 1],
        [undefined, 0],
        [undefined, 1],
      ],
    );
  });

  it("keeps the main account's access keys apart from those of sub accounts", async () => {
    await create();
    const keys = [sandbox.accessKeyId];
    assert.deepEqual(sandbox.history.accessKeys(), [{ cause: undefined, keys }]);
  });

  it("leaves a sub account that is gone, or never was, without a key", () => {
    sandbox.state.subAccounts.splice(0, 1);
    assert.equal(sandbox.history.accessKeys(id).at(-1)?.keys.length, 0);
    assert.equal(fewest(sandbox.history.accessKeys("nobody")), 0);
  });

  it("tells whether a value outlived each regeneration of an API key", async () => {
    const { apiKeyId } = sandbox.state.apiKeys.page(0, 1)[0]!;
    const before = workingApiKeyValues(sandbox.state, apiKeyId);
    for (const keyType of ["SECONDARY", "PRIMARY"])
      await send(sandbox, "PATCH", `${API_KEYS}/${apiKeyId}`, { json: { keyType } });
    const moments = sandbox.history.apiKeyValues(apiKeyId);
    const after = workingApiKeyValues(sandbox.state, apiKeyId);
    assert.deepEqual(
      moments.map(({ keys }) => keys),
      [before, [before[0], after[1]], after],
    );
    assert.deepEqual([fewest(moments), fewestKept(moments)], [2, 1]);
  });

  it("sees that a disabled and a deleted API key are good for nothing", async () => {
    const [first, second] = sandbox.state.apiKeys.all().filter(({ isEnabled }) => isEnabled);
    assert.ok(first && second);
    for (const { apiKeyId } of [first, second]) sandbox.history.apiKeyValues(apiKeyId);
    sandbox.state.apiKeys.put({ ...first, isEnabled: false });
    sandbox.state.apiKeys.put(first);
    await send(sandbox, "DELETE", `${API_KEYS}/${second.apiKeyId}`);
    const counts = [first, second].map(({ apiKeyId }) =>
      sandbox.history.apiKeyValues(apiKeyId).map(({ keys }) => keys.length),
    );
    assert.deepEqual(counts, [
      [2, 0, 2],
      [2, 0],
    ]);
  });

  it("follows an API key from its creation on", async () => {
    await send(sandbox, "POST", API_KEYS, { json: { apiKeyName: "new" } });
    const { apiKeyId } = sandbox.state.apiKeys.page(0, 1)[0]!;
    assert.equal(fewest(sandbox.history.apiKeyValues(apiKeyId)), 2);
  });

  it("tells which auth keys were registered", async () => {
    const [first, second] = sandbox.state.authKeys as [AuthKey, AuthKey];
    const path = `/nsml/v1/auth-keys/title/${first.title}/name/${first.name}`;
    await send(sandbox, "DELETE", path);
    assert.deepEqual(sandbox.history.authKeys(), [
      { cause: undefined, keys: [first.name, second.name] },
      { cause: `DELETE ${path}`, keys: [second.name] },
    ]);
    assert.deepEqual(workingAuthKeys(sandbox.state), [second]);
  });

  it("forgets what was when it is restarted, and goes on from what is", async () => {
    const { apiKeyId } = sandbox.state.apiKeys.page(0, 1)[0]!;
    await create();
    await send(sandbox, "PATCH", `${API_KEYS}/${apiKeyId}`, { json: { keyType: "PRIMARY" } });
    sandbox.history.restart();
    const { history } = sandbox;
    assert.deepEqual(
      [history.accessKeys(id), history.apiKeyValues(apiKeyId), history.authKeys()].map(
        (moments) => moments.length,
      ),
      [1, 1, 1],
    );
    assert.equal(fewest(history.accessKeys(id)), 2);
  });

  it("counts what a change replaced as a key that was lost", () => {
    const replaced = [
      { cause: undefined, keys: ["old"] },
      { cause: "PUT", keys: ["new"] },
    ];
    assert.deepEqual([fewest(replaced), fewestKept(replaced)], [1, 0]);
  });

  it("calls an access key working as long as it can sign", () => {
    const active = subAccount.accessKeys.filter((accessKey) => accessKey.active);
    const states = [workingAccessKeys(sandbox.state, id)];
    subAccount.canAPIGatewayAccess = false;
    states.push(workingAccessKeys(sandbox.state, id));
    states.push(workingAccessKeys(sandbox.state, "nobody"));
    assert.deepEqual(states, [active, [], []]);
    assert.deepEqual(workingAccessKeys(sandbox.state), sandbox.state.accessKeys);
  });

  it("calls an API key's values working as long as it is there and enabled", () => {
    const apiKey = sandbox.state.apiKeys.page(0, 1)[0]!;
    const { primaryKey, secondaryKey } = sandbox.state.apiKeys.valuesOf(apiKey.apiKeyId);
    const found = [workingApiKeyValues(sandbox.state, apiKey.apiKeyId)];
    sandbox.state.apiKeys.put({ ...apiKey, isEnabled: false });
    found.push(workingApiKeyValues(sandbox.state, apiKey.apiKeyId));
    found.push(workingApiKeyValues(sandbox.state, "nothing"));
    assert.deepEqual(found, [[primaryKey, secondaryKey], [], []]);
  });
});
