import assert from "node:assert/strict";
import { findKey } from "../../../src/commands/findKey.ts";
import type { KeyRecord } from "../../../src/inventory/keyRecord.ts";
import type { ReportGap } from "../../../src/report/inventoryReport.ts";
import type { FindSink } from "../../../src/ui/findPrompts.ts";
import { FakeServices, no } from "../support/fakeServices.ts";
import { apiKeyRecord } from "../support/keyRecords.ts";
import { useWorld } from "../support/world.ts";

type Collect = (sink: FindSink, signal: AbortSignal) => Promise<void>;

/** Somebody who waits until everything is there. */
function collecting(records: KeyRecord[], gaps: ReportGap[] = []) {
  return (collect: Collect, signal = new AbortController().signal) =>
    collect({ add: (more) => records.push(...more), miss: (gap) => gaps.push(gap) }, signal);
}

describe("finding a key", () => {
  const world = useWorld({ apiKeys: 250, subAccounts: 3, authKeys: 2 });

  it("collects every key, also what the sidebar has not loaded, and shows the row chosen", async () => {
    const inventory = await world().signIn();
    const records: KeyRecord[] = [];
    const services = new FakeServices(world().session, {
      findPrompts: {
        chooseKey: [
          async (collect) => {
            await collecting(records)(collect);
            return records.findLast(({ kind }) => kind === "apiKey");
          },
        ],
      },
    });
    const transcript = await services.run(findKey);
    const oldest = world().sandbox.state.apiKeys.all().at(-1)!;
    const { subAccounts } = world().sandbox.state;
    const accessKeys = subAccounts.flatMap((subAccount) => subAccount.accessKeys);
    assert.deepEqual(
      [transcript, records.length],
      [
        ["chooseKey", `reveal account-1/apiKeys/${oldest.apiKeyId}`],
        2 + 250 + 3 + accessKeys.length,
      ],
    );
    assert.equal(inventory.apiKeys.value?.items.at(-1)?.apiKeyId, oldest.apiKeyId);
  });

  it("copies an ID and goes on", async () => {
    await world().signIn();
    const services = new FakeServices(world().session, {
      findPrompts: {
        chooseKey: [
          async (_, copyId) => {
            await copyId(apiKeyRecord("a"));
            return undefined;
          },
        ],
      },
    });
    assert.deepEqual(
      [await services.run(findKey), services.clipboard],
      [["chooseKey", "copy id-of-a id 1"], "id-of-a"],
    );
  });

  it("says so when the key chosen is gone by now", async () => {
    await world().signIn();
    const services = new FakeServices(world().session, {
      findPrompts: {
        chooseKey: [
          () =>
            Promise.resolve({
              kind: "accessKey",
              accessKey: { accessKeyId: "gone", active: true, createdAt: undefined },
              owner: {
                subAccountId: world().sandbox.state.subAccounts[0]!.subAccountId,
                subAccount: undefined,
              },
            }),
        ],
      },
    });
    assert.deepEqual(await services.run(findKey), ["chooseKey", "notInView"]);
  });

  it("stops asking when the person leaves", async () => {
    await world().signIn();
    const leaving = new AbortController();
    world().send = (_, signal) =>
      new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(new Error("aborted")));
        leaving.abort();
      });
    const outcomes: unknown[] = [];
    const services = new FakeServices(world().session, {
      findPrompts: {
        chooseKey: [
          async (collect) => {
            await collecting([])(collect, leaving.signal).catch((error: unknown) => {
              outcomes.push((error as { kind?: string }).kind);
            });
            return undefined;
          },
        ],
      },
    });
    await services.run(findKey);
    assert.deepEqual([outcomes, world().requests], [["cancelled"], []]);
  });

  it("tells what could not be read and finds the rest", async () => {
    await world().signIn();
    world().sandbox.addFault({ kind: "status", status: 500, path: "/api/v1/api-keys" });
    const records: KeyRecord[] = [];
    const gaps: ReportGap[] = [];
    const services = new FakeServices(world().session, {
      findPrompts: {
        chooseKey: [
          async (collect) => {
            await collecting(records, gaps)(collect);
            return undefined;
          },
        ],
      },
    });
    await services.run(findKey);
    assert.deepEqual(
      [
        gaps.map(({ place, error }) => [place.kind, error.kind]),
        new Set(records.map((r) => r.kind)),
      ],
      [[["apiKeys", "server"]], new Set(["authKey", "subAccount", "accessKey"])],
    );
  });

  it("asks to sign in first", async () => {
    const services = new FakeServices(world().session, { messages: { notSignedIn: [no] } });
    assert.deepEqual(await services.run(findKey), ["notSignedIn"]);
  });
});
