import assert from "node:assert/strict";
import {
  makeAccessKey,
  removeAccessKey,
  switchAccessKey,
} from "../../../src/changes/accessKeyChanges.ts";
import {
  changeApiKey,
  makeApiKey,
  removeApiKey,
  renewApiKeyValue,
} from "../../../src/changes/apiKeyChanges.ts";
import { removeAuthKey } from "../../../src/changes/authKeyChanges.ts";
import type { NcloudClient } from "../../../src/ncloud/ncloudClient.ts";
import { NcloudError } from "../../../src/ncloud/ncloudError.ts";
import type { FaultEffect } from "../../sandbox/faults.ts";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox.ts";
import { clientOf, never } from "../ncloud/support/observed.ts";

interface Try {
  /** How the change says that it ended. */
  readonly run: (client: NcloudClient, signal: AbortSignal) => Promise<{ readonly kind: string }>;
  /** Whether the server has made the change. */
  readonly isMade: () => boolean;
  readonly write: { readonly method: string; readonly path: string };
  /** What a change that was made and whose answer was lost is called. */
  readonly settled?: string;
  /** Whether the right answer has a body. Without one it cannot be spoilt; NSML's says nothing. */
  readonly answer?: "silent" | "bodiless";
}

/** A change of each kind, on an account that was just made. */
const changes: Readonly<Record<string, (sandbox: Sandbox) => Try>> = {
  "the deletion of an auth key": ({ state }) => {
    const [authKey] = state.authKeys;
    assert.ok(authKey);
    return {
      run: (client, signal) => removeAuthKey(client, authKey, signal),
      isMade: () => !state.authKeys.includes(authKey),
      answer: "silent",
      write: {
        method: "DELETE",
        path: `/nsml/v1/auth-keys/title/${authKey.title}/name/${authKey.name}`,
      },
    };
  },
  "the making of an API key": ({ state }) => {
    const before = state.apiKeys.size;
    return {
      run: (client, signal) => makeApiKey(client, { name: "new", description: "one" }, signal),
      isMade: () => state.apiKeys.size === before + 1,
      write: { method: "POST", path: "/api/v1/api-keys" },
    };
  },
  "the renaming of an API key": ({ state }) => {
    const id = firstApiKeyId(state);
    return {
      run: (client, signal) => changeApiKey(client, id, { name: "renamed" }, signal),
      isMade: () => state.apiKeys.get(id)?.apiKeyName === "renamed",
      write: { method: "PUT", path: `/api/v1/api-keys/${id}` },
    };
  },
  "the disabling of an API key": ({ state }) => {
    const id = firstApiKeyId(state);
    return {
      run: (client, signal) => changeApiKey(client, id, { isEnabled: false }, signal),
      isMade: () => state.apiKeys.get(id)?.isEnabled === false,
      write: { method: "PUT", path: `/api/v1/api-keys/${id}` },
    };
  },
  "a new secondary value": ({ state }) => {
    const id = firstApiKeyId(state);
    const { primaryKey, secondaryKey } = state.apiKeys.valuesOf(id);
    return {
      run: (client, signal) => renewApiKeyValue(client, id, "secondary", signal),
      isMade: () => {
        const now = state.apiKeys.valuesOf(id);
        assert.equal(now.primaryKey, primaryKey);
        return now.secondaryKey !== secondaryKey;
      },
      write: { method: "PATCH", path: `/api/v1/api-keys/${id}` },
    };
  },
  "the deletion of an API key": ({ state }) => {
    const id = firstApiKeyId(state);
    return {
      run: (client, signal) => removeApiKey(client, id, signal),
      isMade: () => state.apiKeys.get(id) === undefined,
      answer: "bodiless",
      write: { method: "DELETE", path: `/api/v1/api-keys/${id}` },
    };
  },
  "the making of an access key": ({ state }) => {
    const [subAccount] = state.subAccounts;
    assert.ok(subAccount);
    subAccount.accessKeys.length = 1;
    return {
      run: (client, signal) => makeAccessKey(client, subAccount.subAccountId, signal),
      isMade: () => subAccount.accessKeys.length === 2,
      write: {
        method: "POST",
        path: `/api/v1/sub-accounts/${subAccount.subAccountId}/access-keys`,
      },
      settled: "secretLost",
    };
  },
  "the deactivation of an access key": (sandbox) => {
    const { accessKey, path, subAccountId } = firstAccessKey(sandbox);
    accessKey.active = true;
    const wanted = { accessKeyId: accessKey.accessKey, active: false };
    return {
      run: (client, signal) => switchAccessKey(client, subAccountId, wanted, signal),
      isMade: () => !accessKey.active,
      write: { method: "PUT", path },
    };
  },
  "the deletion of an access key": (sandbox) => {
    const { accessKey, path, subAccountId, accessKeys } = firstAccessKey(sandbox);
    return {
      run: (client, signal) => removeAccessKey(client, subAccountId, accessKey.accessKey, signal),
      isMade: () => !accessKeys.includes(accessKey),
      write: { method: "DELETE", path },
    };
  },
};

function firstApiKeyId({ apiKeys }: Sandbox["state"]): string {
  const [first] = apiKeys.page(0, 1);
  assert.ok(first);
  return first.apiKeyId;
}

function firstAccessKey({ state }: Sandbox) {
  const [subAccount] = state.subAccounts;
  const [accessKey] = subAccount?.accessKeys ?? [];
  assert.ok(subAccount && accessKey);
  const { subAccountId, accessKeys } = subAccount;
  const path = `/api/v1/sub-accounts/${subAccountId}/access-keys`;
  return { accessKey, accessKeys, subAccountId, path };
}

/** What may befall the write, and whether the change is said to be made for certain, not made, or neither. */
const mishaps: Readonly<Record<string, FaultEffect | undefined>> = {
  "nothing befalls it": undefined,
  "its answer is lost": { kind: "loseAnswer" },
  "its answer breaks off": { kind: "brokenOff" },
  "its answer cannot be read": { kind: "truncatedJson" },
  "its connection is reset": { kind: "reset" },
  "a gateway answers 502": { kind: "status", status: 502 },
  "the service answers 500": { kind: "status", status: 500 },
  "the service answers 429": { kind: "status", status: 429 },
  "the service answers 400": { kind: "status", status: 400 },
  "the service answers 404": { kind: "status", status: 404 },
  "a portal answers 200 in its place": { kind: "status", status: 200, body: "<html>" },
  "it is redirected": { kind: "redirect", location: "http://127.0.0.1:9/" },
};

/** How the reading after it goes. */
const looks: Readonly<Record<string, FaultEffect | undefined>> = {
  "and NCP can be read": undefined,
  "and NCP cannot be read": { kind: "status", status: 500 },
};

async function endOf(change: Promise<{ readonly kind: string }>): Promise<string> {
  try {
    return (await change).kind;
  } catch (error) {
    if (!(error instanceof NcloudError)) throw error;
    return "failed";
  }
}

interface Said {
  readonly kind: string;
  readonly sent: number;
  readonly canLook: boolean;
  /** NCP itself said that the change is made. */
  readonly isConfirmed: boolean;
}

/** Whether a change was sent once, and what was said of it is how it is. */
function isHonest(said: Said, isMade: boolean, settled: string): boolean {
  if (said.sent !== 1) return false;
  switch (said.kind) {
    case "failed":
    case "notSeen":
      return !isMade;
    case "unsettled":
      return !said.canLook && !said.isConfirmed;
    case "unread":
      return !said.canLook && said.isConfirmed && isMade;
    default:
      return isMade && [settled, "done", "created"].includes(said.kind);
  }
}

for (const [name, prepare] of Object.entries(changes)) {
  describe(name, () => {
    let sandbox: Sandbox;
    beforeEach(async () => {
      sandbox = await startSandbox({ authKeys: 2, apiKeys: 3, subAccounts: 2 });
    });
    afterEach(() => sandbox.close());

    it("is made, and said to be", async () => {
      const { run, isMade } = prepare(sandbox);
      const { client } = clientOf(sandbox);
      const kind = await endOf(run(client, never()));
      assert.deepEqual(
        { kind: kind.replace("created", "done"), isMade: isMade() },
        { kind: "done", isMade: true },
      );
    });

    it("is sent once, and never said to be what it is not, whatever befalls it", async () => {
      const lies: string[] = [];
      for (const [mishap, fault] of Object.entries(mishaps)) {
        for (const [look, lookFault] of Object.entries(looks)) {
          const own = await startSandbox({ authKeys: 2, apiKeys: 3, subAccounts: 2 });
          try {
            const { run, isMade, write, settled = "done", answer } = prepare(own);
            const { client } = clientOf(own);
            if (fault) own.addFault({ ...fault, ...write, times: 1 });
            if (lookFault) {
              void own.nextRequest(write).then(() => own.addFault({ ...lookFault, method: "GET" }));
            }
            const kind = await endOf(run(client, never()));
            const sent = own.requests.filter(
              ({ method, path }) => method === write.method && path === write.path,
            ).length;
            const said = {
              kind,
              sent,
              canLook: lookFault === undefined,
              isConfirmed:
                answer !== "silent" &&
                (!fault || (answer === "bodiless" && fault.kind === "truncatedJson")),
            };
            const isTrue = isHonest(said, isMade(), settled);
            if (!isTrue) lies.push(`${mishap} ${look}: ${kind}, sent ${sent} times`);
          } finally {
            await own.close();
          }
        }
      }
      assert.deepEqual(lies, []);
    });

    it("is not sent at all once it is cancelled", async () => {
      const { run, isMade, write } = prepare(sandbox);
      const { client } = clientOf(sandbox);
      const kind = await endOf(run(client, AbortSignal.abort()));
      const sent = sandbox.requests.filter(
        ({ method }) => method === write.method && method !== "GET",
      );
      assert.deepEqual(
        { kind, isMade: isMade(), sent: sent.length },
        { kind: "failed", isMade: false, sent: 0 },
      );
    });
  });
}
