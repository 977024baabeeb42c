import assert from "node:assert/strict";
import { copyRows } from "../../../src/commands/copy.ts";
import type { GroupName } from "../../../src/inventory/inventory.ts";
import type { Row } from "../../../src/inventory/row.ts";
import { childRows } from "../../../src/inventory/rows.ts";
import { answer, FakeServices, no } from "../support/fakeServices.ts";
import { lastOf } from "../support/rowSource.ts";
import { useWorld } from "../support/world.ts";

describe("copying", () => {
  const world = useWorld();

  /** The editor with these groups in its tree. */
  async function shown(...groups: readonly GroupName[]) {
    const inventory = await world().signIn();
    const services = new FakeServices(world().session);
    const rows: Row[] = [];
    for (const group of groups) rows.push(...(await services.show(inventory, group)));
    const requests = world().requests.length;
    return { services, rows, sent: () => world().requests.length - requests };
  }

  it("takes the ID of one key: its title, its API key ID, its sub account ID", async () => {
    const { services, rows, sent } = await shown("authKeys", "apiKeys", "subAccounts");
    const { authKeys, apiKeys, subAccounts } = world().sandbox.state;
    const copied: unknown[] = [];
    for (const row of rows) {
      await services.run((all) => copyRows(all, "id", [row]));
      copied.push(services.clipboard);
    }
    assert.deepEqual(
      { copied, sent: sent() },
      {
        copied: [
          ...authKeys.map(({ title }) => title),
          ...apiKeys.all().map(({ apiKeyId }) => apiKeyId),
          ...subAccounts.map(({ subAccountId }) => subAccountId),
        ],
        sent: 0,
      },
    );
  });

  it("takes the ID of an access key, and of an API key from the rows of its values", async () => {
    const { services, rows } = await shown("apiKeys", "subAccounts");
    const { inventory } = world().signedIn;
    const parents = [rows[0]!, rows.find(({ kind }) => kind === "subAccount")!];
    for (const parent of parents) childRows(inventory, parent);
    await inventory.refresh();
    services.focused = parents.flatMap((parent) => childRows(inventory, parent));
    await services.run((all) => copyRows(all, "id", [{ rows: "focused" }]));
    const [apiKey] = world().sandbox.state.apiKeys.all();
    const [subAccount] = world().sandbox.state.subAccounts;
    assert.deepEqual(services.clipboard?.split("\n"), [
      apiKey?.apiKeyId,
      apiKey?.apiKeyId,
      ...subAccount!.accessKeys.map(({ accessKey }) => accessKey),
    ]);
  });

  it("says that an API key's ID was copied where the row is that of its value", async () => {
    const { services, rows } = await shown("apiKeys");
    const { inventory } = world().signedIn;
    const [apiKey] = rows;
    childRows(inventory, apiKey);
    await inventory.refresh();
    const said: unknown[] = [];
    const values = childRows(inventory, apiKey);
    for (const focused of [values.slice(0, 1), values, [apiKey!, ...values]]) {
      services.focused = focused;
      const transcript = await services.run((all) => copyRows(all, "id", [{ rows: "focused" }]));
      said.push(transcript.at(-1)?.split(" ").slice(-2).join(" "));
    }
    assert.deepEqual(said, ["idOfValue 1", "idOfValue 2", "id 3"]);
  });

  it("takes many keys line by line, and says how many", async () => {
    const { services, rows } = await shown("apiKeys");
    const transcript = await services.run((all) => copyRows(all, "name", [rows[1], rows]));
    const names = world()
      .sandbox.state.apiKeys.all()
      .map(({ apiKeyName }) => apiKeyName)
      .join("\n");
    assert.deepEqual(
      { transcript, clipboard: services.clipboard },
      { transcript: [`copy ${names} name 3`], clipboard: names },
    );
  });

  it("takes the one row that was clicked beside a selection that does not have it", async () => {
    const { services, rows } = await shown("authKeys");
    await services.run((all) => copyRows(all, "fingerprint", [rows[0], [rows[1]]]));
    assert.equal(services.clipboard, world().sandbox.state.authKeys[0]?.fingerprint);
  });

  it("takes the rows the keyboard is on, for a key binding has none to give", async () => {
    const { services, rows } = await shown("authKeys");
    services.focused = rows;
    await services.run((all) => copyRows(all, "id", [{ rows: "focused" }]));
    const titles = world().sandbox.state.authKeys.map(({ title }) => title);
    assert.equal(services.clipboard, titles.join("\n"));
  });

  it("says so where there is no key", async () => {
    const { services } = await shown("authKeys");
    const { inventory } = world().signedIn;
    services.focused = childRows(inventory, undefined);
    const transcript = await services.run((all) => copyRows(all, "id", [{ rows: "focused" }]));
    assert.deepEqual([transcript, services.clipboard], [["nothingToCopy"], undefined]);
  });

  it("gives JSON in the API's own names, without any secret value", async () => {
    const { services, rows } = await shown("authKeys", "apiKeys", "subAccounts");
    await services.run((all) => copyRows(all, "json", [rows[0], rows]));
    const { authKeys, apiKeys, subAccounts } = world().sandbox.state;
    const iso = (time: string) => new Date(time).toISOString();
    assert.deepEqual(JSON.parse(services.clipboard ?? ""), [
      ...authKeys,
      ...apiKeys.all().map(({ apiKeyId, apiKeyName, apiKeyDescription, isEnabled, modTime }) => {
        return { apiKeyId, apiKeyName, apiKeyDescription, isEnabled, modTime: iso(modTime) };
      }),
      ...subAccounts.map(({ subAccountId, loginId, name, active, canAPIGatewayAccess }) => {
        return { subAccountId, loginId, name, active, canAPIGatewayAccess };
      }),
    ]);
  });

  it("gives one key as an object and not as a list of one", async () => {
    const { services, rows } = await shown("authKeys");
    await services.run((all) => copyRows(all, "json", [rows[1]]));
    assert.deepEqual(JSON.parse(services.clipboard ?? ""), world().sandbox.state.authKeys[1]);
  });

  it("refuses what is no row of the tree, without a request", async () => {
    const { services, rows, sent } = await shown("authKeys");
    const copyOfRow = { ...rows[0] };
    const forged = [
      copyOfRow,
      { kind: "authKey", id: rows[0]?.id, authKey: { title: "forged" } },
      "account-1/authKeys",
      null,
      7,
      { rows: "all" },
      [rows[0]],
    ];
    const transcripts: unknown[] = [];
    for (const argument of forged) {
      const fresh = new FakeServices(world().session);
      transcripts.push(await fresh.run((all) => copyRows(all, "id", [argument])));
    }
    const mixed = await services.run((all) => copyRows(all, "id", [rows[0], [rows[0], copyOfRow]]));
    assert.deepEqual(
      { transcripts, mixed, clipboard: services.clipboard, sent: sent() },
      {
        transcripts: forged.map(() => ["notARow"]),
        mixed: ["notARow"],
        clipboard: undefined,
        sent: 0,
      },
    );
  });

  it("offers the keys that have what is to be copied, from the palette", async () => {
    await world().signIn();
    const offered: unknown[] = [];
    const services = new FakeServices(world().session, {
      keyPrompts: {
        chooseRows: [
          async (_, source) => {
            const all = await lastOf(source);
            offered.push(...all.map(({ kind }) => kind));
            return all.slice(1, 2);
          },
        ],
      },
    });
    const transcript = await services.run((all) => copyRows(all, "fingerprint", []));
    const { fingerprint } = world().sandbox.state.authKeys[1]!;
    assert.deepEqual(
      { transcript, offered },
      {
        transcript: ["chooseRows fingerprint", `copy ${fingerprint} fingerprint 1`],
        offered: ["authKey", "authKey"],
      },
    );
  });

  it("offers what is on further pages once those are read, and says what could not be", async () => {
    const { state } = world().sandbox;
    state.switches.limitCap = 2;
    world().sandbox.addFault({ kind: "status", status: 500, path: "/api/v1/sub-accounts" });
    await world().signIn();
    const offered: unknown[] = [];
    const services = new FakeServices(world().session, {
      keyPrompts: {
        chooseRows: [
          async (_, source) => {
            offered.push((await lastOf(source)).map(({ kind }) => kind));
            await source.loadMore?.();
            offered.push((await lastOf(source)).map(({ kind }) => kind));
            return undefined;
          },
        ],
      },
    });
    await services.run((all) => copyRows(all, "name", []));
    const authKeys = ["authKey", "authKey"];
    assert.deepEqual(offered, [
      [...authKeys, "apiKey", "apiKey", "loadMore", "failure"],
      [...authKeys, "apiKey", "apiKey", "apiKey", "failure"],
    ]);
  });

  it("copies nothing when no key is chosen, or nobody signs in", async () => {
    const signedOut = new FakeServices(world().session, { messages: { notSignedIn: [no] } });
    const transcripts = [await signedOut.run((all) => copyRows(all, "id", []))];
    await world().signIn();
    const left = new FakeServices(world().session, {
      keyPrompts: { chooseRows: [answer(undefined)] },
    });
    transcripts.push(await left.run((all) => copyRows(all, "id", [])));
    assert.deepEqual(transcripts, [["notSignedIn"], ["chooseRows id"]]);
  });
});
