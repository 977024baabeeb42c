import assert from "node:assert/strict";
import { changeKeys, deleteSelected } from "../../../src/commands/changeKeys.ts";
import type { Row } from "../../../src/inventory/row.ts";
import type { ChangeDialogs, ChangeReports, KeyAtStake } from "../../../src/ui/changeDialogs.ts";
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

/** The keys at stake in a question, and how many selected rows it leaves out. */
type Asked = readonly [readonly string[], number];

/** Somebody who reads what is asked, and does not confirm. */
function refusal(asked: Asked[]): ChangeDialogs["confirm"] {
  return (_, keys, leftOut) => {
    asked.push([stakes(keys), leftOut]);
    return no();
  };
}

/** Somebody who reads a summary, and leaves it at that. */
function reader(read: string[][]): ChangeReports["summary"] {
  return (_, results) => {
    read.push(results.map(({ outcome }) => outcome.kind));
    return no();
  };
}

/** Takes a summary's counts down: of how many keys, how many unchanged, how many to be undone. */
function counting(counts: unknown[], answer: () => Promise<boolean>): ChangeReports["summary"] {
  return (change, results, { unchanged, undoable }) => {
    counts.push([change, results.length, unchanged.length, undoable]);
    return answer();
  };
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
    assert.deepEqual({ said, writes }, { said: ["confirm delete  0"], writes: [] });
  });

  it("confirms many keys once, deletes them one by one, and sums up", async () => {
    const summaries: string[][] = [];
    const { inventory, services } = await open({
      changeDialogs: { confirm: [yes] },
      changeReports: { summary: [reader(summaries)] },
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
      { left: titles(), summaries },
      { left: [nameOf(rows[1]!)], summaries: [["done", "failed", "done"]] },
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
      changeReports: { summary: [reader(kinds)] },
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
    const asked: Asked[] = [];
    const { inventory, services } = await open({ changeDialogs: { confirm: [refusal(asked)] } });
    const rows = await services.show(inventory, "apiKeys");
    const { sandbox } = world();
    const row = rows.find(
      (one) =>
        one.kind === "apiKey" &&
        sandbox.state.apiKeys.valuesOf(one.apiKey.apiKeyId).primaryKey === sandbox.apiKeyValue,
    );
    assert.ok(row);
    await services.run((all) => changeKeys(all, "apiKey", "delete", [row]));
    assert.deepEqual(asked, [[[`${nameOf(row)}: nsml of work`], 0]]);
  });

  it("asks all the same about an API key that is gone or cannot be read, and says what is not known", async () => {
    const asked: Asked[] = [];
    const { inventory, services } = await open({ changeDialogs: { confirm: [refusal(asked)] } });
    const rows = await services.show(inventory, "apiKeys");
    const { sandbox } = world();
    const [used, gone, hidden] = rows.map(nameOf);
    assert.equal(sandbox.state.apiKeys.valuesOf(used!).primaryKey, sandbox.apiKeyValue);
    sandbox.state.apiKeys.delete(gone!);
    sandbox.addFault({ kind: "status", status: 403, path: `/api/v1/api-keys/${hidden}` });
    await services.run((all) => changeKeys(all, "apiKey", "delete", [rows[0], rows]));
    assert.deepEqual(asked, [
      [[`${used}: nsml of work`, `${gone}: `, `${hidden}: maybeNsml of work`], 0],
    ]);
  });

  it("asks nothing once the person cancels while it is read what is in use", async () => {
    const { inventory, services } = await open();
    const rows = await services.show(inventory, "apiKeys");
    const path = `/api/v1/api-keys/${nameOf(rows[1]!)}`;
    world().sandbox.addFault({ kind: "hang", path });
    const sent = world().sandbox.nextRequest({ path });
    const run = services.run((all) => changeKeys(all, "apiKey", "delete", [rows[0], rows]));
    await sent;
    services.progress.cancel();
    assert.deepEqual(await run, ["whileChecking", "report delete cancelled"]);
  });

  it("says which account signs with the access key", async () => {
    const asked: Asked[] = [];
    const { inventory, services } = await open({ changeDialogs: { confirm: [refusal(asked)] } });
    const [owner] = await services.show(inventory, "subAccounts");
    const [row] = await services.showBelow(inventory, owner!);
    await world().store.save(
      world().account({ id: "account-2", label: "robot", accessKeyId: nameOf(row!) }),
    );
    await world().store.activate("account-1");
    await world().session.reopen();
    await services.run((all) => changeKeys(all, "accessKey", "delete", [row]));
    assert.deepEqual(asked, [[[`${nameOf(row!)}: signing of robot`], 0]]);
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

  it("deletes the key the keyboard is on, and says of what is selected with it that it stays", async () => {
    const asked: Asked[] = [];
    const { inventory, services } = await open({ changeDialogs: { confirm: [refusal(asked)] } });
    const [authKey] = await services.show(inventory, "authKeys");
    const [apiKey] = await services.show(inventory, "apiKeys");
    services.focused = [authKey!, apiKey!];
    await services.run((all) => deleteSelected(all));
    assert.deepEqual(asked, [[[`${nameOf(authKey!)}: `], 1]]);
  });

  it("asks which key without a row, and leaves when none is chosen", async () => {
    const { services } = await open({ keyPrompts: { chooseRows: [answer(undefined)] } });
    const said = await services.run((all) => changeKeys(all, "apiKey", "delete", []));
    assert.deepEqual(said, ["chooseRows delete"]);
  });

  it("says of the keys of another kind under a selection that they stay", async () => {
    const asked: Asked[] = [];
    const { inventory, services } = await open({ changeDialogs: { confirm: [refusal(asked)] } });
    const authKeys = await services.show(inventory, "authKeys");
    const apiKeys = await services.show(inventory, "apiKeys");
    const selected = [...authKeys, ...apiKeys];
    await services.run((all) => changeKeys(all, "apiKey", "delete", [apiKeys[0], selected]));
    assert.deepEqual(
      asked.map(([keys, leftOut]) => [keys.length, leftOut]),
      [[apiKeys.length, authKeys.length]],
    );
  });

  for (const kind of ["accessKey", "apiKey"] as const) {
    it(`switches back to what it was, and no other: of a mixed selection, ${kind}s`, async () => {
      const counts: unknown[] = [];
      const { inventory, services } = await open({
        changeReports: { summary: [counting(counts, yes)] },
      });
      const { subAccounts, apiKeys, switches } = world().sandbox.state;
      switches.mostActiveAccessKeys = 3;
      const owner = subAccounts[0]!;
      const [key] = owner.accessKeys;
      owner.accessKeys = [true, true, false].map((active, index) => {
        return { ...key!, accessKey: `ncp_iam_KEY${index}`, active };
      });
      for (const [index, one] of apiKeys.all().entries()) {
        apiKeys.put({ ...one, isEnabled: index < 2 });
      }
      const parents = await services.show(inventory, kind === "apiKey" ? "apiKeys" : "subAccounts");
      const rows = kind === "apiKey" ? parents : await services.showBelow(inventory, parents[0]!);
      await services.run((all) => changeKeys(all, kind, "switchOn", [rows[0], rows]));
      const states =
        kind === "apiKey"
          ? apiKeys.all().map(({ isEnabled }) => isEnabled)
          : owner.accessKeys.map(({ active }) => active);
      assert.deepEqual(
        { counts, states },
        { counts: [["switchOn", 3, 2, 1]], states: [true, true, false] },
      );
    });
  }

  it("offers no undo of what was so before", async () => {
    const { inventory, services } = await open();
    const rows = await services.show(inventory, "apiKeys");
    const row = rows.find((one) => one.kind === "apiKey" && one.apiKey.isEnabled);
    const said = await services.run((all) => changeKeys(all, "apiKey", "switchOn", [row]));
    assert.equal(said.at(-1), "changed switchOn apiKey final");
  });

  it("says of keys that were so before that they needed no change, and not of an undo", async () => {
    const counts: unknown[] = [];
    const { inventory, services } = await open({
      changeDialogs: { confirm: [yes] },
      changeReports: { summary: [yes, no, no].map((answer) => counting(counts, answer)) },
    });
    const { apiKeys } = world().sandbox.state;
    for (const apiKey of apiKeys.all()) apiKeys.put({ ...apiKey, isEnabled: true });
    const rows = await services.show(inventory, "apiKeys");
    const run = (action: "switchOn" | "switchOff") =>
      services.run((all) => changeKeys(all, "apiKey", action, [rows[0], rows]));
    await run("switchOff");
    await run("switchOn");
    const all = apiKeys.size;
    assert.deepEqual(counts, [
      ["switchOff", all, 0, all],
      ["switchOn", all, 0, 0],
      ["switchOn", all, all, 0],
    ]);
  });

  it("switches several keys back from their summary", async () => {
    const summary: unknown[] = [];
    const { inventory, services } = await open({
      changeDialogs: { confirm: [yes] },
      changeReports: { summary: [counting(summary, yes), counting(summary, no)] },
    });
    const { apiKeys } = world().sandbox.state;
    for (const apiKey of apiKeys.all()) apiKeys.put({ ...apiKey, isEnabled: true });
    const rows = await services.show(inventory, "apiKeys");
    await services.run((all) => changeKeys(all, "apiKey", "switchOff", [rows[0], rows]));
    assert.deepEqual(
      {
        states: apiKeys.all().map(({ isEnabled }) => isEnabled),
        summary,
        switched: world().requests.filter((request) => request.startsWith("PUT")).length,
      },
      {
        states: [true, true, true],
        summary: [
          ["switchOff", 3, 0, 3],
          ["switchOn", 3, 0, 0],
        ],
        switched: 6,
      },
    );
  });

  it("goes on switching back past one that fails, and sums up", async () => {
    const summaries: string[][] = [];
    const { apiKeys } = world().sandbox.state;
    const { inventory, services } = await open({
      changeDialogs: { confirm: [yes] },
      changeReports: {
        summary: [
          () => {
            const path = `/api/v1/api-keys/${nameOf(rows[1]!)}`;
            world().sandbox.addFault({ kind: "status", status: 500, method: "PUT", path });
            return yes();
          },
          reader(summaries),
        ],
      },
    });
    for (const apiKey of apiKeys.all()) apiKeys.put({ ...apiKey, isEnabled: true });
    const rows = await services.show(inventory, "apiKeys");
    await services.run((all) => changeKeys(all, "apiKey", "switchOff", [rows[0], rows]));
    assert.deepEqual(
      { states: apiKeys.all().map(({ isEnabled }) => isEnabled), summaries },
      { states: [true, false, true], summaries: [["done", "failed", "done"]] },
    );
  });
});
