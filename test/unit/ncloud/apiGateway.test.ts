import assert from "node:assert/strict";
import { inspect } from "node:util";
import { getApiKey, listApiKeys } from "../../../src/ncloud/apiGateway.ts";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox.ts";
import { answering } from "./support/fakeTransport.ts";
import { clientOf, clientOn, never, newSecret, outcomeOf } from "./support/observed.ts";

/** An item of the response example of the page that documents the list. */
const documentedItem = {
  apiKeyId: "*****vg079",
  tenantId: "*****02f55ae4436913a6e2c65bab47c",
  apiKeyName: "apiKeyName",
  apiKeyDescription: "apiKeyDescription",
  modifier: "d12c9fd0-****-****-****-246e96591a38",
  isEnabled: true,
  modTime: "2024-05-07T07:08:12Z",
  domainCode: "PUB",
};
const documentedPage = { apiKeys: [documentedItem], total: 1, initialCount: 1 };
const readItem = {
  apiKeyId: "*****vg079",
  name: "apiKeyName",
  description: "apiKeyDescription",
  isEnabled: true,
  modifiedAt: Date.UTC(2024, 4, 7, 7, 8, 12),
};

function list(json: unknown): Promise<Record<string, unknown>> {
  const { client } = clientOn(answering({ json }));
  return outcomeOf(listApiKeys(client, { offset: 0, limit: 1 }, never()));
}

function get(json: unknown): Promise<Record<string, unknown>> {
  return outcomeOf(getApiKey(clientOn(answering({ json })).client, "id", never()));
}

/** What a field says that cannot be read, for each change of a body. */
async function fieldsOf(
  read: (json: unknown) => Promise<Record<string, unknown>>,
  bodies: readonly unknown[],
): Promise<unknown[]> {
  const outcomes: unknown[] = [];
  for (const body of bodies) {
    const { kind, field } = await read(body);
    outcomes.push(kind === "badAnswer" ? field : kind);
  }
  return outcomes;
}

describe("a page of API keys", () => {
  it("is read as documented", async () => {
    assert.deepEqual(await list(documentedPage), { value: { apiKeys: [readItem], total: 1 } });
  });

  it("may lack a description and a time that can be read", async () => {
    const { value } = await list({
      apiKeys: [{ ...documentedItem, apiKeyDescription: null, modTime: "yesterday" }],
      total: 1,
    });
    assert.deepEqual(value, {
      apiKeys: [{ ...readItem, description: "", modifiedAt: undefined }],
      total: 1,
    });
  });

  it("of another shape is a failure that names the field", async () => {
    const withSecond = (changes: object) => ({
      apiKeys: [documentedItem, { ...documentedItem, ...changes }],
      total: 2,
    });
    const fields = await fieldsOf(list, [
      [],
      {},
      { ...documentedPage, apiKeys: null },
      { ...documentedPage, total: undefined },
      { ...documentedPage, total: -1 },
      { ...documentedPage, total: 1.5 },
      { ...documentedPage, total: 2 ** 53 },
      { ...documentedPage, total: "1" },
      withSecond({ apiKeyId: undefined }),
      withSecond({ apiKeyId: 7 }),
      withSecond({ apiKeyName: "" }),
      withSecond({ apiKeyDescription: {} }),
      withSecond({ isEnabled: "true" }),
      withSecond({ modTime: 1715065692000 }),
    ]);
    assert.deepEqual(fields, [
      "",
      "apiKeys",
      "apiKeys",
      "total",
      "total",
      "total",
      "total",
      "total",
      "apiKeys[1].apiKeyId",
      "apiKeys[1].apiKeyId",
      "apiKeys[1].apiKeyName",
      "apiKeys[1].apiKeyDescription",
      "apiKeys[1].isEnabled",
      "apiKeys[1].modTime",
    ]);
  });
});

describe("an API key", () => {
  it("is read as documented, its values as secrets", async () => {
    const [primaryKey, secondaryKey] = [newSecret(), newSecret()];
    const { client } = clientOn(
      answering({ json: { ...documentedItem, primaryKey, secondaryKey } }),
    );
    const {
      primaryKey: primary,
      secondaryKey: secondary,
      ...rest
    } = await getApiKey(client, "id", never());
    assert.deepEqual(
      { rest, primary: primary.reveal(), secondary: secondary.reveal() },
      { rest: readItem, primary: primaryKey, secondary: secondaryKey },
    );
  });

  it("of another shape is a failure that names the field", async () => {
    const documented = { ...documentedItem, primaryKey: newSecret(), secondaryKey: newSecret() };
    const fields = await fieldsOf(get, [
      { apiKey: documented },
      { ...documented, primaryKey: undefined },
      { ...documented, primaryKey: "" },
      { ...documented, secondaryKey: 7 },
      { ...documented, isEnabled: null },
      [documented],
    ]);
    assert.deepEqual(fields, [
      "apiKeyId",
      "primaryKey",
      "primaryKey",
      "secondaryKey",
      "isEnabled",
      "",
    ]);
  });
});

describe("API Gateway on the wire", () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox({ apiKeys: 12 });
  });
  afterEach(() => sandbox.close());

  it("pages by offset and limit, and filters by name when asked to", async () => {
    const { client } = clientOf(sandbox);
    const [first] = sandbox.state.apiKeys.all();
    assert.ok(first);
    sandbox.state.apiKeys.put({ ...first, apiKeyName: "결제 서버" });
    const pages = [
      await listApiKeys(client, { offset: 10, limit: 5 }, never()),
      await listApiKeys(client, { offset: 0, limit: 5, name: "결제" }, never()),
    ];
    assert.deepEqual(
      {
        pages: pages.map(({ apiKeys, total }) => [apiKeys.map(({ apiKeyId }) => apiKeyId), total]),
        paths: sandbox.requests.map(({ path }) => path),
      },
      {
        pages: [
          [sandbox.state.apiKeys.page(10, 5).map(({ apiKeyId }) => apiKeyId), 12],
          [[first.apiKeyId], 1],
        ],
        paths: [
          "/api/v1/api-keys?offset=10&limit=5",
          "/api/v1/api-keys?offset=0&limit=5&apiKeyName=%EA%B2%B0%EC%A0%9C",
        ],
      },
    );
  });

  it("drops the values that an older server lists", async () => {
    sandbox.state.switches.listApiKeyValues = true;
    const page = await listApiKeys(clientOf(sandbox).client, { offset: 0, limit: 20 }, never());
    const values = sandbox.state.apiKeys.all().flatMap(({ apiKeyId }) => {
      const { primaryKey, secondaryKey } = sandbox.state.apiKeys.valuesOf(apiKeyId);
      return [primaryKey, secondaryKey];
    });
    const seen = `${JSON.stringify(page)} ${inspect(page, { depth: null, showHidden: true })}`;
    assert.deepEqual(
      { listed: page.apiKeys.length, leaked: values.filter((value) => seen.includes(value)) },
      { listed: 12, leaked: [] },
    );
  });

  it("gets one key with both values, and sends no API key along", async () => {
    const [, second] = sandbox.state.apiKeys.all();
    assert.ok(second);
    const detail = await getApiKey(clientOf(sandbox).client, second.apiKeyId, never());
    assert.deepEqual(
      {
        id: detail.apiKeyId,
        primaryKey: detail.primaryKey.reveal(),
        secondaryKey: detail.secondaryKey.reveal(),
        apiKeyHeaders: sandbox.requests.map(({ headers }) => headers["x-ncp-apigw-api-key"]),
      },
      {
        id: second.apiKeyId,
        ...sandbox.state.apiKeys.valuesOf(second.apiKeyId),
        apiKeyHeaders: [undefined],
      },
    );
  });
});
