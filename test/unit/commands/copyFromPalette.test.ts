import assert from "node:assert/strict";
import { copyRows, idOf } from "../../../src/commands/copy.ts";
import type { Row } from "../../../src/inventory/row.ts";
import type { RowSource } from "../../../src/ui/prompts.ts";
import { FakeServices } from "../support/fakeServices.ts";
import { allOf, lastOf } from "../support/rowSource.ts";
import { useWorld } from "../support/world.ts";

const accessKeyPath = /^\/api\/v1\/sub-accounts\/[^/]+\/access-keys/;

describe("copying access keys from the palette", () => {
  const world = useWorld({ apiKeys: 1, authKeys: 1, subAccounts: 20 });

  type Choose = (source: RowSource) => Promise<readonly Row[] | undefined>;

  const copy = (what: "id" | "name" | "json", choose: Choose) => {
    const services = new FakeServices(world().session, {
      keyPrompts: { chooseRows: [(_, source) => choose(source)] },
    });
    return services.run((all) => copyRows(all, what, []));
  };

  const accessKeyReads = () =>
    world().sandbox.requests.filter(({ path }) => accessKeyPath.test(path)).length;

  it("offers those of sub accounts that were never opened, each below its own", async () => {
    const inventory = await world().signIn();
    let shown: readonly (readonly Row[])[] = [];
    const transcript = await copy("id", async (source) => {
      shown = await allOf(source);
      return shown
        .at(-1)
        ?.filter(({ kind }) => kind === "accessKey")
        .slice(-1);
    });
    const { subAccounts } = world().sandbox.state;
    const last = subAccounts.flatMap(({ accessKeys }) => accessKeys).at(-1)?.accessKey ?? "";
    const [before = [], after = []] = shown;
    const kinds = (rows: readonly Row[]) => rows.map(({ kind }) => kind);
    assert.deepEqual(
      {
        before: kinds(before),
        after: after.map(idOf).slice(2),
        transcript,
        kept: inventory.accessKeysOf(subAccounts[0]?.subAccountId ?? "").state.status,
      },
      {
        // That they are being read is said once.
        before: ["authKey", "apiKey", "loading", ...subAccounts.map(() => "subAccount")],
        after: subAccounts.flatMap(({ subAccountId, accessKeys }) => [
          subAccountId,
          ...accessKeys.map(({ accessKey }) => accessKey),
        ]),
        transcript: ["chooseRows id", `copy ${last} id 1`],
        // A row that is opened later reads its own.
        kept: "unloaded",
      },
    );
  });

  it("asks about six sub accounts at a time, and about none for what access keys do not have", async () => {
    await world().signIn();
    let [now, most] = [0, 0];
    const { send } = world();
    world().send = async (request, signal) => {
      const counts = accessKeyPath.test(new URL(request.url).pathname);
      if (counts) most = Math.max(most, ++now);
      try {
        return await send(request, signal);
      } finally {
        if (counts) now--;
      }
    };
    const read: Choose = async (source) => {
      await lastOf(source);
      return undefined;
    };
    await copy("name", read);
    const ofNames = accessKeyReads();
    await copy("json", read);
    assert.deepEqual(
      { ofNames, ofJson: accessKeyReads(), most },
      { ofNames: 0, ofJson: 20, most: 6 },
    );
  });

  it("says above a sub account that its access keys could not be read, and offers the others", async () => {
    await world().signIn();
    const { subAccounts } = world().sandbox.state;
    const failing = subAccounts.find(({ accessKeys }) => accessKeys.length > 0)!;
    world().sandbox.addFault({
      kind: "status",
      status: 403,
      path: `/api/v1/sub-accounts/${failing.subAccountId}/access-keys`,
    });
    let offered: readonly Row[] = [];
    await copy("id", async (source) => {
      offered = await lastOf(source);
      return undefined;
    });
    const place = offered.findIndex(
      (row) => row.kind === "subAccount" && row.subAccountId === failing.subAccountId,
    );
    assert.deepEqual(
      {
        above: offered[place - 1]?.kind,
        below: offered[place + 1]?.kind,
        accessKeys: offered.filter(({ kind }) => kind === "accessKey").length,
      },
      {
        above: "failure",
        below: "subAccount",
        accessKeys: subAccounts
          .filter((one) => one !== failing)
          .reduce((sum, { accessKeys }) => sum + accessKeys.length, 0),
      },
    );
  });

  it("reads no further once the question was left", async () => {
    await world().signIn();
    world().sandbox.addFault({ kind: "hang", path: accessKeyPath });
    let reading: Promise<void> | undefined;
    await copy("id", async (source) => {
      await new Promise<void>((resolve) => {
        reading = source.read(() => resolve());
      });
      return undefined;
    });
    await reading;
    assert.ok(accessKeyReads() <= 6);
  });

  it("reads no further once the account was signed out", async () => {
    await world().signIn();
    world().sandbox.addFault({ kind: "hang", path: accessKeyPath });
    await copy("id", async (source) => {
      let reading: Promise<void> | undefined;
      await new Promise<void>((resolve) => {
        reading = source.read(() => resolve());
      });
      await world().store.remove("account-1");
      await world().session.reopen();
      await reading;
      return undefined;
    });
    assert.ok(accessKeyReads() <= 6);
  });
});
