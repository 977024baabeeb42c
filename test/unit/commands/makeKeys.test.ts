import assert from "node:assert/strict";
import { createAccessKey, createApiKey } from "../../../src/commands/makeKeys.ts";
import type { Row } from "../../../src/inventory/row.ts";
import { answer, FakeServices, no, yes, type Situation } from "../support/fakeServices.ts";
import { useWorld } from "../support/world.ts";

describe("making keys and handing them over", () => {
  const world = useWorld({ authKeys: 1, apiKeys: 3, subAccounts: 1 });

  async function open(situation: Situation = {}) {
    const inventory = await world().signIn();
    return { inventory, services: new FakeServices(world().session, situation) };
  }

  const owner = () => world().sandbox.state.subAccounts[0]!;
  const words = { name: "new-one", description: "for tests" };

  it("makes an API key, shows it and copies the value that is asked for", async () => {
    const { inventory, services } = await open({
      changeDialogs: { askApiKeyWords: [answer(words)] },
      secretDialogs: { offerValues: [answer("secondary" as const)] },
    });
    await inventory.apiKeys.load();
    await services.run(createApiKey);
    const made = world()
      .sandbox.state.apiKeys.all()
      .find((key) => key.apiKeyName === words.name);
    assert.ok(made);
    const { secondaryKey } = world().sandbox.state.apiKeys.valuesOf(made.apiKeyId);
    assert.deepEqual(
      {
        clipboard: services.clipboard,
        description: made.apiKeyDescription,
        shown: inventory.apiKeys.value?.items[0]?.apiKeyId,
        total: inventory.apiKeys.value?.total,
      },
      { clipboard: secondaryKey, description: "for tests", shown: made.apiKeyId, total: 4 },
    );
  });

  it("keeps the words that were typed for another try", async () => {
    const { services } = await open({
      changeDialogs: { askApiKeyWords: [answer(words)] },
      messages: { report: [yes] },
      secretDialogs: { offerValues: [answer(undefined)] },
    });
    const post = { method: "POST", path: "/api/v1/api-keys" };
    world().sandbox.addFault({ kind: "status", status: 429, times: 1, ...post });
    await services.run(createApiKey);
    assert.equal(world().sandbox.state.apiKeys.named(words.name).length, 1);
  });

  it("makes no second one when the clipboard takes a value only at another try", async () => {
    const { services } = await open({
      changeDialogs: { askApiKeyWords: [answer(words)] },
      messages: { report: [yes] },
      secretDialogs: { offerValues: [answer("primary" as const)] },
    });
    const { copySecret } = services.services;
    let tries = 0;
    const held = {
      ...services.services,
      copySecret: (...args: Parameters<typeof copySecret>) =>
        ++tries === 1 ? Promise.reject(new Error("The clipboard is held.")) : copySecret(...args),
    };
    await createApiKey(held);
    const made = world().sandbox.state.apiKeys.named(words.name);
    const { primaryKey } = world().sandbox.state.apiKeys.valuesOf(made[0]!.apiKeyId);
    assert.deepEqual([made.length, services.clipboard], [1, primaryKey]);
  });

  async function accessKeysShown(services: FakeServices): Promise<Row> {
    const inventory = world().signedIn.inventory;
    owner().accessKeys.length = 1;
    const [row] = await services.show(inventory, "subAccounts");
    await services.showBelow(inventory, row!);
    return row!;
  }

  it("hands the secret key of a new access key over by the clipboard alone", async () => {
    const { services } = await open({
      secretDialogs: {
        confirmCreation: [yes],
        offerAccessKey: [answer("copySecret" as const), answer("close" as const)],
      },
    });
    const row = await accessKeysShown(services);
    const said = await services.run((all) => createAccessKey(all, [row]));
    const [made] = owner().accessKeys;
    assert.equal(services.clipboard, made?.secretKey);
    assert.ok(made && said.every((line) => !line.includes(made.secretKey)));
  });

  it("makes the first access key of a sub account from the row that says there is none", async () => {
    const { inventory, services } = await open({
      secretDialogs: {
        confirmCreation: [yes],
        offerAccessKey: [answer("copySecret" as const), answer("close" as const)],
      },
    });
    owner().accessKeys.length = 0;
    const [row] = await services.show(inventory, "subAccounts");
    const [notice] = await services.showBelow(inventory, row!);
    await services.run((all) => createAccessKey(all, [notice]));
    assert.deepEqual([notice?.kind, owner().accessKeys.length], ["notice", 1]);
  });

  it("asks once more before a secret key is lost that nobody took", async () => {
    const { services } = await open({
      secretDialogs: {
        confirmCreation: [yes],
        offerAccessKey: [
          answer("close" as const),
          answer("copySecret" as const),
          answer("close" as const),
        ],
        confirmLoss: [no],
      },
    });
    const row = await accessKeysShown(services);
    await services.run((all) => createAccessKey(all, [row]));
    assert.equal(services.clipboard, owner().accessKeys[0]?.secretKey);
  });

  it("offers a secret key again that the clipboard did not take", async () => {
    const { services } = await open({
      secretDialogs: {
        confirmCreation: [yes],
        offerAccessKey: [
          answer("copySecret" as const),
          answer("copySecret" as const),
          answer("close" as const),
        ],
      },
      messages: { report: [no] },
    });
    const row = await accessKeysShown(services);
    const { copySecret } = services.services;
    let tries = 0;
    Object.assign(services.services, {
      copySecret: (...args: Parameters<typeof copySecret>) =>
        ++tries === 1 ? Promise.reject(new Error("The clipboard is held.")) : copySecret(...args),
    });
    await services.run((all) => createAccessKey(all, [row]));
    assert.equal(services.clipboard, owner().accessKeys[0]?.secretKey);
  });

  it("signs nothing for an account that was signed out while a question waited", async () => {
    const { services } = await open({
      changeDialogs: {
        askApiKeyWords: [
          async () => {
            await world().store.remove("account-1");
            await world().session.reopen();
            return words;
          },
        ],
      },
      messages: { report: [no] },
    });
    await services.run(createApiKey);
    assert.deepEqual(
      [world().posts, world().sandbox.state.apiKeys.named(words.name).length],
      [0, 0],
    );
  });

  it("refuses a row of an account that was switched while the keychain was asked", async () => {
    const { services } = await open();
    const row = await accessKeysShown(services);
    await world().store.save(world().account({ id: "account-2", label: "other" }));
    await world().session.reopen();
    const said = await services.run((all) => createAccessKey(all, [row]));
    assert.deepEqual([said, world().posts], [["notARow"], 0]);
  });

  it("signs in with a new access key as an account of its own", async () => {
    const { services } = await open({
      secretDialogs: { confirmCreation: [yes], offerAccessKey: [answer("signIn" as const)] },
    });
    const row = await accessKeysShown(services);
    await services.run((all) => createAccessKey(all, [row]));
    const stored = await world().stored();
    const newId = owner().accessKeys[0]?.accessKey;
    assert.deepEqual(
      stored.map(({ label, accessKeyId }) => [label, accessKeyId === newId]),
      [
        ["work", false],
        [owner().loginId, true],
      ],
    );
  });

  it("offers to delete an access key whose secret was lost with the answer", async () => {
    const { services } = await open({
      secretDialogs: { confirmCreation: [yes], secretLost: [yes] },
    });
    const row = await accessKeysShown(services);
    const before = owner().accessKeys.map(({ accessKey }) => accessKey);
    const path = `/api/v1/sub-accounts/${owner().subAccountId}/access-keys`;
    world().sandbox.addFault({ kind: "loseAnswer", method: "POST", path, times: 1 });
    const said = await services.run((all) => createAccessKey(all, [row]));
    assert.deepEqual(
      {
        there: owner().accessKeys.map(({ accessKey }) => accessKey),
        posts: world().posts,
        said: said.at(-1)?.split(" ")[0],
      },
      { there: before, posts: 1, said: "accessKeyDeleted" },
    );
  });

  it("does not say of a key that is of no use that it is gone while it is still listed", async () => {
    const { services } = await open({
      secretDialogs: { confirmCreation: [yes], secretLost: [yes] },
    });
    const row = await accessKeysShown(services);
    const path = `/api/v1/sub-accounts/${owner().subAccountId}/access-keys`;
    world().sandbox.addFault({ kind: "loseAnswer", method: "POST", path, times: 1 });
    const json = { success: true };
    world().sandbox.addFault({ kind: "wrongShape", json, method: "DELETE", path });
    const said = await services.run((all) => createAccessKey(all, [row]));
    assert.deepEqual(
      { there: owner().accessKeys.length, said: said.at(-1) },
      { there: 2, said: `uncertainAccessKey ${owner().accessKeys[0]?.accessKey} notSeen` },
    );
  });

  it("says that the limit of active access keys is reached", async () => {
    const errors: unknown[] = [];
    const { services } = await open({
      secretDialogs: { confirmCreation: [yes] },
      messages: {
        report: [
          (_, error) => {
            errors.push(error);
            return no();
          },
        ],
      },
    });
    const row = await accessKeysShown(services);
    world().sandbox.state.switches.mostActiveAccessKeys = 0;
    await services.run((all) => createAccessKey(all, [row]));
    assert.deepEqual(
      errors.map((error) => (error as { kind?: string }).kind),
      ["limitReached"],
    );
  });
});
