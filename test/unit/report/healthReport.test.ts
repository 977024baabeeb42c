import assert from "node:assert/strict";
import { HealthReport } from "../../../src/report/healthReport.ts";
import { rowIdOfRecord } from "../../../src/inventory/rowOfRecord.ts";
import { keyOfRow } from "../../../src/report/keyOfRow.ts";
import { loadedKeys } from "../../../src/report/loadedKeys.ts";
import { childRows } from "../../../src/inventory/rows.ts";
import { newGate, useWorld } from "../support/world.ts";
import { Secret } from "../../../src/ncloud/secret.ts";

describe("The report of key health", () => {
  const world = useWorld({ apiKeys: 5, subAccounts: 3, authKeys: 2 });
  const signIn = () => world().signIn({ nsmlApiKey: new Secret(world().sandbox.apiKeyValue) });

  function newReport() {
    const seen: string[] = [];
    const report = new HealthReport(
      (key) => rowIdOfRecord("account-1", key),
      () => seen.push(report.state.status),
    );
    return { report, seen };
  }

  it("holds every key of the account under the id of its row", async () => {
    const inventory = await signIn();
    const { report } = newReport();
    await report.read(inventory);
    const { sandbox } = world();
    const accessKeys = sandbox.state.subAccounts.flatMap((one) => one.accessKeys);
    await inventory.refresh();
    const rowIds: string[] = [];
    for (const group of childRows(inventory, undefined)) {
      for (const row of childRows(inventory, group)) {
        const rows = row.kind === "subAccount" ? childRows(inventory, row) : [];
        await inventory.accessKeysOf(row.kind === "subAccount" ? row.subAccountId : "-").load();
        const loaded = row.kind === "subAccount" ? childRows(inventory, row) : rows;
        rowIds.push(...[row, ...loaded].filter((one) => keyOfRow(one)).map(({ id }) => id));
      }
    }
    assert.deepEqual(
      {
        status: report.state.status,
        ids: [...report.collected.keys.keys()].sort(),
        count: report.collected.keys.size,
        gaps: report.collected.gaps,
      },
      {
        status: "complete",
        ids: rowIds.sort(),
        count: 2 + 5 + accessKeys.length,
        gaps: [],
      },
    );
  });

  it("says what could not be read, and has the rest", async () => {
    const inventory = await signIn();
    const [first] = world().sandbox.state.subAccounts;
    world().sandbox.addFault({
      kind: "status",
      status: 500,
      path: new RegExp(first!.subAccountId),
    });
    const { report } = newReport();
    await report.read(inventory);
    assert.deepEqual(
      [report.state.status, report.collected.gaps.map(({ place }) => place.kind)],
      ["complete", ["accessKeys"]],
    );
  });

  it("shows what was read until it was stopped", async () => {
    const inventory = await signIn();
    const gate = newGate();
    world().sandbox.addFault({ kind: "hold", until: gate.opened, path: /sub-accounts/ });
    const { report, seen } = newReport();
    const isHeld = world().sandbox.nextRequest({ path: /sub-accounts/ });
    const reading = report.read(inventory);
    await isHeld;
    report.stop();
    await reading;
    gate.open();
    assert.deepEqual([report.state.status, seen.at(-1)], ["stopped", "stopped"]);
  });

  it("says nothing any more once it is given up", async () => {
    const inventory = await signIn();
    const { report, seen } = newReport();
    const reading = report.read(inventory);
    report.dispose();
    await reading;
    assert.deepEqual(seen, ["reading"]);
  });

  it("lets the latest read win", async () => {
    const inventory = await signIn();
    const { report, seen } = newReport();
    const first = report.read(inventory);
    const second = report.read(inventory);
    await Promise.all([first, second]);
    assert.deepEqual(
      [seen.filter((status) => status !== "reading"), report.collected.gaps],
      [["complete"], []],
    );
  });

  it("asks for nothing to count what the sidebar has read", async () => {
    const inventory = await signIn();
    world().sandbox.resetRequests();
    const before = loadedKeys(inventory).length;
    const sent = world().requests.length;
    await inventory.refresh();
    const subAccountId = world().sandbox.state.subAccounts[0]!.subAccountId;
    await inventory.accessKeysOf(subAccountId).load();
    world().sandbox.resetRequests();
    const kinds = loadedKeys(inventory).map(({ kind }) => kind);
    assert.deepEqual(
      {
        before,
        sent: sent + world().requests.length,
        authKeys: kinds.filter((kind) => kind === "authKey").length,
        apiKeys: kinds.filter((kind) => kind === "apiKey").length,
        accessKeys: kinds.filter((kind) => kind === "accessKey").length,
      },
      {
        before: 0,
        sent: 0,
        authKeys: 2,
        apiKeys: 5,
        accessKeys: world().sandbox.state.subAccounts[0]!.accessKeys.length,
      },
    );
  });
});
