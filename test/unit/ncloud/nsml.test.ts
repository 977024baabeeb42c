import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { createAuthKey, listAuthKeys } from "../../../src/ncloud/nsml.ts";
import { fingerprintOf, ed25519Blob, md5OfBlob } from "../../sandbox/sshKey.ts";
import { startSandbox } from "../../sandbox/sandbox.ts";
import { answering } from "./support/fakeTransport.ts";
import { clientOf, clientOn, never, outcomeOf } from "./support/observed.ts";

/** The response example of the page that documents the list. */
const documented = {
  keyList: [
    {
      name: "*********************************",
      title: "authkey",
      fingerprint: "**:**:**:**:**:**:**:**:**:**:**:**:**:**:**:**",
      createTime: "2024-09-03 09:36:40",
    },
    {
      name: "*********************************",
      title: "authkey111",
      fingerprint: "**:**:**:**:**:**:**:**:**:**:**:**:**:**:**:**",
      createTime: "2024-09-03 09:51:36",
    },
  ],
  totalCount: 2,
};

function list(json: unknown): Promise<Record<string, unknown>> {
  return outcomeOf(listAuthKeys(clientOn(answering({ json })).client, never()));
}

describe("the list of auth keys", () => {
  it("is read as documented, its times as they are given", async () => {
    assert.deepEqual(await list(documented), { value: documented.keyList });
  });

  it("may be empty, and lack or blank out the times", async () => {
    const [{ createTime, ...first }, second] = documented.keyList as [
      (typeof documented.keyList)[0],
      (typeof documented.keyList)[0],
    ];
    assert.equal(createTime, "2024-09-03 09:36:40");
    const outcomes = [
      await list({ keyList: [], totalCount: 0 }),
      await list({ keyList: [first, { ...second, createTime: null }] }),
    ];
    assert.deepEqual(outcomes, [
      { value: [] },
      {
        value: [
          { ...first, createTime: undefined },
          { ...second, createTime: undefined },
        ],
      },
    ]);
  });

  it("leaves out what is not documented", async () => {
    const keyList = documented.keyList.map((authKey) => ({ ...authKey, key: "ssh-rsa AAAA" }));
    assert.deepEqual(await list({ ...documented, keyList }), { value: documented.keyList });
  });

  it("of another shape is a failure that names the field", async () => {
    const [authKey] = documented.keyList;
    const withFirst = (changes: object) => ({ keyList: [authKey, { ...authKey, ...changes }] });
    const bodies = [
      null,
      [],
      "keyList",
      {},
      { keyList: null },
      { keyList: {} },
      { keyList: [authKey, "authkey"] },
      withFirst({ title: undefined }),
      withFirst({ title: "" }),
      withFirst({ name: 7 }),
      withFirst({ fingerprint: null }),
      withFirst({ createTime: 1725356200000 }),
    ];
    const fields: unknown[] = [];
    for (const body of bodies) {
      const { kind, field } = await list(body);
      fields.push([kind, field]);
    }
    assert.deepEqual(
      fields,
      [
        "",
        "",
        "",
        "keyList",
        "keyList",
        "keyList",
        "keyList[1]",
        "keyList[1].title",
        "keyList[1].title",
        "keyList[1].name",
        "keyList[1].fingerprint",
        "keyList[1].createTime",
      ].map((field) => ["badAnswer", field]),
    );
  });
});

describe("NSML on the wire", () => {
  it("lists what the sandbox has, with the API key beside the signature", async () => {
    const sandbox = await startSandbox({ authKeys: 3 });
    const outcome = await outcomeOf(listAuthKeys(clientOf(sandbox).client, never()));
    await sandbox.close();
    assert.deepEqual(
      { outcome, apiKeys: sandbox.requests.map(({ headers }) => headers["x-ncp-apigw-api-key"]) },
      { outcome: { value: sandbox.state.authKeys }, apiKeys: [sandbox.apiKeyValue] },
    );
  });

  it("registers a key under its title, and reads no body", async () => {
    const sandbox = await startSandbox({ authKeys: 0 });
    const blob = ed25519Blob(randomBytes(32));
    const key = `ssh-ed25519 ${blob.toString("base64")} minji@macbook`;
    const outcome = await outcomeOf(
      createAuthKey(clientOf(sandbox).client, { title: "minji-macbook", key }, never()),
    );
    await sandbox.close();
    const registered = sandbox.state.authKeys.map(({ createTime, ...authKey }) => ({
      ...authKey,
      hasTime: createTime !== "",
    }));
    assert.deepEqual(
      { outcome, registered },
      {
        outcome: { value: undefined },
        registered: [
          {
            name: md5OfBlob(blob),
            title: "minji-macbook",
            fingerprint: fingerprintOf(blob),
            hasTime: true,
          },
        ],
      },
    );
  });

  it("takes any body of a success, for none is documented", async () => {
    const texts = ["", "{}", "null", '"created"', '{"name":"x"}', "OK"];
    const outcomes: unknown[] = [];
    for (const text of texts) {
      const { client } = clientOn(answering({ status: 201, text }));
      outcomes.push(await outcomeOf(createAuthKey(client, { title: "a", key: "b" }, never())));
    }
    assert.deepEqual(
      outcomes,
      texts.map(() => ({ value: undefined })),
    );
  });

  it("is not there in a zone without it, and nothing is sent", async () => {
    const transport = answering();
    const outcomes = await Promise.all(
      (["government", "financial"] as const).flatMap((kind) => {
        const { client } = clientOn(transport, { zone: { kind } });
        return [
          outcomeOf(listAuthKeys(client, never())),
          outcomeOf(createAuthKey(client, { title: "a", key: "b" }, never())),
        ];
      }),
    );
    assert.deepEqual(
      { outcomes, requests: transport.requests },
      {
        outcomes: outcomes.map(() => ({ kind: "unavailableInZone", service: "nsml" })),
        requests: [],
      },
    );
  });
});
