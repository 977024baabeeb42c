import assert from "node:assert/strict";
import { listAccessKeys, listSubAccounts } from "../../../src/ncloud/subAccount.ts";
import { startSandbox } from "../../sandbox/sandbox.ts";
import { answering } from "./support/fakeTransport.ts";
import { clientOf, clientOn, never, outcomeOf } from "./support/observed.ts";

/** The response example of the page that documents the access keys. */
const documentedAccessKeys = [
  { accessKey: "{access key}", active: false, createTime: "2024-04-25T08:02:15Z" },
  { accessKey: "{access key}", active: true, createTime: "2024-04-25T08:02:13Z" },
];

const documentedItem = {
  subAccountId: "4e4a5a40-0000-11ef-0000-246e96591a38",
  subAccountNo: 310001,
  loginId: "minji.kim",
  name: "김민지",
  email: "minji.kim@example.com",
  active: true,
  canConsoleAccess: true,
  canAPIGatewayAccess: false,
  createTime: "2024-04-25T08:02:15Z",
  lastLoginTime: "2024-05-07T07:08:12Z",
};
const documentedPage = {
  page: 0,
  totalPages: 1,
  totalItems: 1,
  hasPrevious: false,
  hasNext: false,
  isFirst: true,
  isLast: true,
  items: [documentedItem],
};
const readItem = {
  subAccountId: "4e4a5a40-0000-11ef-0000-246e96591a38",
  loginId: "minji.kim",
  name: "김민지",
  active: true,
  canUseApi: false,
};

type Read = (json: unknown) => Promise<Record<string, unknown>>;

const readAccessKeys: Read = (json) =>
  outcomeOf(listAccessKeys(clientOn(answering({ json })).client, "id", never()));

const readPage: Read = (json) =>
  outcomeOf(listSubAccounts(clientOn(answering({ json })).client, { page: 0, size: 10 }, never()));

async function fieldsOf(read: Read, bodies: readonly unknown[]): Promise<unknown[]> {
  const outcomes: unknown[] = [];
  for (const body of bodies) {
    const { kind, field } = await read(body);
    outcomes.push(kind === "badAnswer" ? field : kind);
  }
  return outcomes;
}

describe("the access keys of a sub account", () => {
  it("are read as documented: a bare array, in its order", async () => {
    assert.deepEqual(await readAccessKeys(documentedAccessKeys), {
      value: [
        { accessKeyId: "{access key}", active: false, createdAt: Date.UTC(2024, 3, 25, 8, 2, 15) },
        { accessKeyId: "{access key}", active: true, createdAt: Date.UTC(2024, 3, 25, 8, 2, 13) },
      ],
    });
  });

  it("leave out a secret that a server sends all the same", async () => {
    const [accessKey] = documentedAccessKeys;
    assert.deepEqual(await readAccessKeys([{ ...accessKey, keySecret: "x", createTime: null }]), {
      value: [{ accessKeyId: "{access key}", active: false, createdAt: undefined }],
    });
  });

  it("of another shape are a failure that names the field", async () => {
    const [accessKey] = documentedAccessKeys;
    const fields = await fieldsOf(readAccessKeys, [
      {},
      null,
      "[]",
      [accessKey, null],
      [accessKey, [accessKey]],
      [{ ...accessKey, accessKey: undefined }],
      [{ ...accessKey, accessKey: "" }],
      [{ ...accessKey, active: 1 }],
      [{ ...accessKey, createTime: 1714032135 }],
    ]);
    assert.deepEqual(fields, [
      "",
      "",
      "",
      "[1]",
      "[1]",
      "[0].accessKey",
      "[0].accessKey",
      "[0].active",
      "[0].createTime",
    ]);
  });
});

describe("a page of sub accounts", () => {
  it("is read as documented", async () => {
    assert.deepEqual(await readPage(documentedPage), {
      value: { subAccounts: [readItem], total: 1, hasNext: false },
    });
  });

  it("may say nothing of names and states", async () => {
    const { subAccountId, loginId } = documentedItem;
    const items = [
      { subAccountId, loginId },
      { subAccountId, loginId, name: null, active: null, canAPIGatewayAccess: null },
    ];
    const bare = { subAccountId, loginId, name: undefined, active: undefined };
    assert.deepEqual(await readPage({ ...documentedPage, items, hasNext: true }), {
      value: {
        subAccounts: items.map(() => ({ ...bare, canUseApi: undefined })),
        total: 1,
        hasNext: true,
      },
    });
  });

  it("of another shape is a failure that names the field", async () => {
    const withItem = (changes: object) => ({
      ...documentedPage,
      items: [{ ...documentedItem, ...changes }],
    });
    const fields = await fieldsOf(readPage, [
      [documentedItem],
      { ...documentedPage, items: documentedItem },
      { ...documentedPage, totalItems: null },
      { ...documentedPage, totalItems: -5 },
      { ...documentedPage, hasNext: "false" },
      withItem({ subAccountId: 310001 }),
      withItem({ loginId: undefined }),
      withItem({ name: ["김민지"] }),
      withItem({ active: "Y" }),
      withItem({ canAPIGatewayAccess: 0 }),
    ]);
    assert.deepEqual(fields, [
      "",
      "items",
      "totalItems",
      "totalItems",
      "hasNext",
      "items[0].subAccountId",
      "items[0].loginId",
      "items[0].name",
      "items[0].active",
      "items[0].canAPIGatewayAccess",
    ]);
  });
});

describe("Sub Account on the wire", () => {
  it("lists pages and access keys, sends no API key along, and knows who does not exist", async () => {
    const sandbox = await startSandbox({ subAccounts: 5 });
    const { client } = clientOf(sandbox);
    const page = await listSubAccounts(client, { page: 1, size: 3 }, never());
    const [first] = sandbox.state.subAccounts;
    assert.ok(first);
    const accessKeys = await listAccessKeys(client, first.subAccountId, never());
    const nobody = await outcomeOf(listAccessKeys(client, "nobody", never()));
    await sandbox.close();
    assert.deepEqual(
      {
        loginIds: page.subAccounts.map(({ loginId }) => loginId),
        rest: [page.total, page.hasNext],
        accessKeys: accessKeys.map(({ accessKeyId, active }) => [accessKeyId, active]),
        nobody: [nobody["kind"], nobody["status"], nobody["code"]],
        requests: sandbox.requests.map(({ path, headers }) => [
          path,
          headers["x-ncp-apigw-api-key"],
        ]),
      },
      {
        loginIds: sandbox.state.subAccounts.slice(3).map(({ loginId }) => loginId),
        rest: [5, false],
        accessKeys: first.accessKeys.map(({ accessKey, active }) => [accessKey, active]),
        nobody: ["notFound", 404, "30"],
        requests: [
          ["/api/v1/sub-accounts?page=1&size=3", undefined],
          [`/api/v1/sub-accounts/${first.subAccountId}/access-keys`, undefined],
          ["/api/v1/sub-accounts/nobody/access-keys", undefined],
        ],
      },
    );
  });
});
