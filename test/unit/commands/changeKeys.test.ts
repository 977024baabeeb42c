import assert from "node:assert/strict";
import { changeKeys, deleteSelected } from "../../../src/commands/changeKeys.ts";
import type { Row } from "../../../src/inventory/row.ts";
import type { KeyAtStake, KeyResult } from "../../../src/ui/changeDialogs.ts";
import { answer, FakeServices, no, yes, type Situation } from "../support/fakeServices.ts";
import { useWorld } from "../support/world.ts";

/** What is at stake, in words. */
function stakes(keys: readonly KeyAtStake[]): readonly string[] {
  return keys.map(
    ({ row, uses }) => `${nameOf(row)}: ${uses.map((use) => `${use.as} of ${use.account}`).join()}`,
  );
}

function nameOf(row: Row): string {
  switch (row.kind) {
    case "authKey":
      return row.authKey.title;
    case "apiKey":
      return row.apiKey.apiKeyId;
    case "accessKey":
      return row.accessKey.accessKeyId;
    default:
      return row.kind;
  }
}

describe("changing keys", () => {
  const world = useWorld({ authKeys: 3, apiKeys: 3, subAccounts: 1 });

  async function open(situation: Situation = {}) {
    const inventory = await world().signIn();
    return { inventory, services: new FakeServices(world().session, situation) };
  }

  const titles = () => world().sandbox.state.authKeys.map(({ title }) => title);

  it("asks, deletes, and shows what NSML lists after it", async () => {
    const { inventory, services } = await open({ changeDialogs: { confirm: [yes] } });
    const [row] = await services.show(inventory, "authKeys");
    assert.ok(row?.kind === "authKey");
    await services.run((all) => changeKeys(all, "authKey", "delete", [row]));
    assert.deepEqual(
      { there: titles().includes(row.authKey.title), shown: inventory.authKeys.value?.length },
      { there: false, shown: 2 },
    );
  });

  it("changes nothing when the person does not confirm", async () => {
    const { inventory, services } = await open({ changeDialogs: { confirm: [no] } });
    const [row] = await services.show(inventory, "authKeys");
    const said = await services.run((all) => changeKeys(all, "authKey", "delete", [row]));
    const writes = world().requests.filter((request) => !request.startsWith("GET"));
    assert.deepEqual({ said, writes }, { said: ["confirm delete "], writes: [] });
  });

  it("confirms many keys once, deletes them one by one, and sums up", async () => {
    const summaries: (readonly KeyResult[])[] = [];
    const { inventory, services } = await open({
      changeDialogs: { confirm: [yes] },
      changeReports: { summary: [(_, results) => summaries.push(results)] },
    });
    const rows = await services.show(inventory, "authKeys");
    world().sandbox.addFault({
      kind: "status",
      status: 500,
      method: "DELETE",
      path: "/nsml/v1/auth-keys/title/" + nameOf(rows[1]!),
    });
    await services.run((all) => changeKeys(all, "authKey", "delete", [rows[0], rows]));
    assert.deepEqual(
      {
        left: titles(),
        results: summaries.map((list) => list.map(({ outcome }) => outcome.kind)),
      },
      { left: [nameOf(rows[1]!)], results: [["done", "failed", "done"]] },
    );
  });

  it("stops between two keys when it is cancelled, and says which were not tried", async () => {
    const cancel = new AbortController();
    const kinds: string[][] = [];
    const { inventory, services } = await open({
      changeDialogs: {
        confirm: [yes],
        whileChanging: [(_action, _rows, run) => run(cancel.signal, () => cancel.abort())],
      },
      changeReports: {
        summary: [(_, results) => kinds.push(results.map(({ outcome }) => outcome.kind))],
      },
    });
    const rows = await services.show(inventory, "authKeys");
    await services.run((all) => changeKeys(all, "authKey", "delete", [rows[0], rows]));
    assert.deepEqual(
      { left: titles().length, kinds },
      { left: 2, kinds: [["done", "notTried", "notTried"]] },
    );
  });

  it("sends nothing more once the account is signed out", async () => {
    const { inventory, services } = await open({
      changeDialogs: {
        confirm: [yes],
        whileChanging: [
          async (_action, _rows, run) => {
            await world().store.remove("account-1");
            await world().session.reopen();
            return run(new AbortController().signal, () => undefined);
          },
        ],
      },
    });
    const [row] = await services.show(inventory, "authKeys");
    await services.run((all) => changeKeys(all, "authKey", "delete", [row]));
    assert.equal(titles().length, 3);
  });

  it("keeps name and description of an API key that it disables", async () => {
    const { inventory, services } = await open({ changeDialogs: { confirm: [yes] } });
    const rows = await services.show(inventory, "apiKeys");
    const row = rows.find((one) => one.kind === "apiKey" && one.apiKey.isEnabled);
    assert.ok(row?.kind === "apiKey");
    const { apiKeyId } = row.apiKey;
    const before = { ...world().sandbox.state.apiKeys.get(apiKeyId) };
    await services.run((all) => changeKeys(all, "apiKey", "switchOff", [row]));
    const { isEnabled, apiKeyName, apiKeyDescription } =
      world().sandbox.state.apiKeys.get(apiKeyId)!;
    assert.deepEqual(
      { isEnabled, apiKeyName, apiKeyDescription },
      {
        isEnabled: false,
        apiKeyName: before.apiKeyName,
        apiKeyDescription: before.apiKeyDescription,
      },
    );
    const shown = inventory.apiKeys.value?.items.find((one) => one.apiKeyId === apiKeyId);
    assert.equal(shown?.isEnabled, false);
  });

  it("says which account sends the API key to NSML, be its value picked or pasted", async () => {
    const said: (readonly string[])[] = [];
    const { inventory, services } = await open({
      changeDialogs: {
        confirm: [
          (_, keys) => {
            said.push(stakes(keys));
            return no();
          },
        ],
      },
    });
    const rows = await services.show(inventory, "apiKeys");
    const { sandbox } = world();
    const row = rows.find(
      (one) =>
        one.kind === "apiKey" &&
        sandbox.state.apiKeys.valuesOf(one.apiKey.apiKeyId).primaryKey === sandbox.apiKeyValue,
    );
    assert.ok(row);
    await services.run((all) => changeKeys(all, "apiKey", "delete", [row]));
    assert.deepEqual(said, [[`${nameOf(row)}: nsml of work`]]);
  });

  it("says which account signs with the access key", async () => {
    const said: (readonly string[])[] = [];
    const { inventory, services } = await open({
      changeDialogs: {
        confirm: [
          (_, keys) => {
            said.push(stakes(keys));
            return no();
          },
        ],
      },
    });
    const [owner] = await services.show(inventory, "subAccounts");
    const [row] = await services.showBelow(inventory, owner!);
    await world().store.save(
      world().account({ id: "account-2", label: "robot", accessKeyId: nameOf(row!) }),
    );
    await world().store.activate("account-1");
    await world().session.reopen();
    await services.run((all) => changeKeys(all, "accessKey", "delete", [row]));
    assert.deepEqual(said, [[`${nameOf(row!)}: signing of robot`]]);
  });

  it("switches back what was switched off by mistake", async () => {
    const { inventory, services } = await open({
      changeDialogs: { confirm: [yes] },
      changeReports: { changed: [yes, no] },
    });
    const [owner] = await services.show(inventory, "subAccounts");
    const rows = await services.showBelow(inventory, owner!);
    const row = rows.find((one) => one.kind === "accessKey" && one.accessKey.active);
    const said = await services.run((all) => changeKeys(all, "accessKey", "switchOff", [row]));
    const key = world().sandbox.state.subAccounts[0]?.accessKeys.find(
      ({ accessKey }) => accessKey === nameOf(row!),
    );
    assert.deepEqual(
      { active: key?.active, changed: said.filter((line) => line.startsWith("changed")) },
      {
        active: true,
        changed: ["changed switchOff accessKey canUndo", "changed switchOn accessKey final"],
      },
    );
  });

  it("refuses what is no row of the tree, before anything is asked", async () => {
    const { services } = await open();
    const forged = {
      kind: "authKey",
      id: "account-1/authKeys/x",
      authKey: { title: "x", name: "y" },
    };
    const said = await services.run((all) => changeKeys(all, "authKey", "delete", [forged]));
    assert.deepEqual({ said, requests: world().requests }, { said: ["notARow"], requests: [] });
  });

  it("deletes the key the keyboard is on, and no key of another kind selected with it", async () => {
    const asked: (readonly string[])[] = [];
    const { inventory, services } = await open({
      changeDialogs: {
        confirm: [
          (_, keys) => {
            asked.push(stakes(keys));
            return no();
          },
        ],
      },
    });
    const [authKey] = await services.show(inventory, "authKeys");
    const [apiKey] = await services.show(inventory, "apiKeys");
    services.focused = [authKey!, apiKey!];
    await services.run((all) => deleteSelected(all));
    assert.deepEqual(asked, [[`${nameOf(authKey!)}: `]]);
  });

  it("asks which key without a row, and leaves when none is chosen", async () => {
    const { services } = await open({ keyPrompts: { chooseRows: [answer(undefined)] } });
    const said = await services.run((all) => changeKeys(all, "apiKey", "delete", []));
    assert.deepEqual(said, ["chooseRows delete"]);
  });
});
