import assert from "node:assert/strict";
import { loadMore, refresh, refreshGroup, retry } from "../../../src/commands/refresh.ts";
import { childRows } from "../../../src/inventory/rows.ts";
import { FakeServices, no, yes } from "../support/fakeServices.ts";
import { useWorld } from "../support/world.ts";

const authKeysPath = "GET /nsml/v1/auth-keys";
const apiKeysPath = "GET /api/v1/api-keys";
const subAccountsPath = "GET /api/v1/sub-accounts";

describe("reading again", () => {
  const world = useWorld({ apiKeys: 150 });

  async function signedIn() {
    const inventory = await world().signIn();
    return { inventory, services: new FakeServices(world().session) };
  }

  /** Runs a step; what was sent for it, in the order of the paths. */
  async function sentBy(step: () => Promise<unknown>): Promise<readonly string[]> {
    const before = world().requests.length;
    await step();
    return world().requests.slice(before).sort();
  }

  it("reads everything, whatever is selected", async () => {
    const { inventory, services } = await signedIn();
    services.selection = await services.show(inventory, "authKeys");
    const sent = await sentBy(() => services.run(refresh));
    assert.deepEqual(sent, [apiKeysPath, subAccountsPath, authKeysPath]);
  });

  it("reads the group whose row it is about, or the group of a key", async () => {
    const { inventory, services } = await signedIn();
    const [key] = await services.show(inventory, "authKeys");
    const sent = [
      await sentBy(() => services.run((all) => refreshGroup(all, [key]))),
      await sentBy(() => services.run((all) => refreshGroup(all, [key?.parent, [key?.parent]]))),
    ];
    assert.deepEqual(sent, [[authKeysPath], [authKeysPath]]);
  });

  it("reads what a failure stands for", async () => {
    const { inventory, services } = await signedIn();
    world().sandbox.addFault({ kind: "status", status: 500, times: 1, path: "/nsml/" });
    const [failure] = await services.show(inventory, "authKeys");
    const sent = await sentBy(() => services.run((all) => retry(all, [failure])));
    assert.deepEqual(
      [failure?.kind, sent, inventory.authKeys.state.status],
      ["failure", [authKeysPath], "loaded"],
    );
  });

  it("goes on where the list was cut off", async () => {
    const { inventory, services } = await signedIn();
    const more = (await services.show(inventory, "apiKeys")).at(-1);
    const sent = await sentBy(() => services.run((all) => loadMore(all, [more])));
    assert.deepEqual(
      [more?.kind, sent, inventory.apiKeys.value?.items.length],
      ["loadMore", [apiKeysPath], 150],
    );
  });

  it("refuses what is no row of the tree, or not the right one, without a request", async () => {
    const { inventory, services } = await signedIn();
    const [key] = await services.show(inventory, "authKeys");
    await inventory.refresh();
    const more = childRows(inventory, key?.parent).at(-1);
    const forged: readonly unknown[] = [
      { ...key },
      { ...more, kind: "loadMore", group: "apiKeys" },
      { kind: "failure", id: "account-1/apiKeys/?failure", parent: key?.parent },
      "authKeys",
      null,
      [],
    ];
    const transcripts: unknown[] = [];
    const sent = await sentBy(async () => {
      for (const argument of forged) {
        for (const command of [refreshGroup, retry, loadMore]) {
          const fresh = new FakeServices(world().session);
          transcripts.push(await fresh.run((all) => command(all, [argument])));
        }
      }
      for (const command of [refreshGroup, retry, loadMore]) {
        const fresh = new FakeServices(world().session);
        transcripts.push(await fresh.run((all) => command(all, [])));
      }
    });
    const wrongRows = [
      ...(await services.run((all) => retry(all, [key]))),
      ...(await services.run((all) => loadMore(all, [key]))).slice(1),
    ];
    assert.deepEqual(
      { transcripts, wrongRows, sent },
      {
        transcripts: Array<unknown>(3 * forged.length + 3).fill(["notARow"]),
        wrongRows: ["notARow", "notARow"],
        sent: [],
      },
    );
  });

  it("asks a keychain again that was locked", async () => {
    world().computer.onKeychain = () => Promise.reject(new Error("The keychain is locked."));
    const locked = await world().session.open();
    world().computer.onKeychain = undefined;
    await world().store.save(world().account());
    await new FakeServices(world().session).run(refresh);
    assert.deepEqual(
      [locked.status, world().session.state.status],
      ["credentialsMissing", "signedIn"],
    );
  });

  it("offers to sign in where nobody is", async () => {
    const services = new FakeServices(world().session, { messages: { notSignedIn: [no] } });
    const transcript = await services.run(refresh);
    assert.deepEqual([transcript, world().requests], [["notSignedIn"], []]);
  });

  it("says what the keychain refused, and asks it again when that is wanted", async () => {
    await world().store.save(world().account());
    world().computer.onKeychain = () => Promise.reject(new Error("The keychain is locked."));
    const services = new FakeServices(world().session, {
      messages: {
        report: [
          () => {
            world().computer.onKeychain = undefined;
            return yes();
          },
        ],
      },
    });
    const sent = await sentBy(() => services.run(refresh));
    assert.deepEqual(
      [await services.run(() => undefined), sent.length, world().session.state.status],
      [["report run failed"], 3, "signedIn"],
    );
  });

  it("asks nothing of one account for the rows of another", async () => {
    const { inventory, services } = await signedIn();
    const [apiKey] = await services.show(inventory, "apiKeys");
    await world().store.save(world().account({ id: "account-2" }));
    const sent = await sentBy(() => services.run((all) => refreshGroup(all, [apiKey])));
    assert.deepEqual([world().signedIn.account.id, sent], ["account-2", []]);
  });
});
