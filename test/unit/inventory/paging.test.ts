import assert from "node:assert/strict";
import {
  apiKeyPage,
  apiKeysPath,
  FakeNcp,
  subAccountPage,
  subAccountsPath,
} from "../support/fakeNcp.ts";

describe("the pages of an account", () => {
  it("go on where a server sent less than it was asked for, to the total it named", async () => {
    const ids = ["a", "b", "c", "d", "e"];
    const offsets: (string | null)[] = [];
    const ncp = new FakeNcp({
      [apiKeysPath]: ({ searchParams }) => {
        const offset = Number(searchParams.get("offset"));
        offsets.push(`${offset}/${searchParams.get("limit")}`);
        return apiKeyPage(ids.slice(offset, offset + 2), ids.length);
      },
    });
    const { apiKeys } = ncp.inventory();
    await apiKeys.load();
    await apiKeys.loadMore();
    await apiKeys.loadMore();
    await apiKeys.loadMore();
    assert.deepEqual(
      { offsets, ids: apiKeys.value?.items.map(({ apiKeyId }) => apiKeyId) },
      { offsets: ["0/100", "2/100", "4/100"], ids },
    );
  });

  it("end with an empty one, whatever the server says is left", async () => {
    const ncp = new FakeNcp({
      [apiKeysPath]: apiKeyPage([], 1000),
      [subAccountsPath]: subAccountPage([], 1000, true),
    });
    const { apiKeys, subAccounts } = ncp.inventory();
    await Promise.all([apiKeys.load(), subAccounts.load()]);
    assert.deepEqual(
      [apiKeys.value?.next, subAccounts.value?.next, ncp.requests.length],
      [undefined, undefined, 2],
    );
  });
});
