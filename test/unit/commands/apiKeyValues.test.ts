import assert from "node:assert/strict";
import { copyValue, editApiKey, regenerateApiKey } from "../../../src/commands/apiKeyValues.ts";
import { useApiKeyDesk } from "../support/apiKeyDesk.ts";
import { answer, FakeServices, yes, type Situation } from "../support/fakeServices.ts";

describe("the values and the words of an API key", () => {
  const desk = useApiKeyDesk();
  const words = { name: "new-one", description: "for tests" };

  async function open(situation: Situation = {}) {
    const inventory = await desk().world.signIn();
    return { inventory, services: new FakeServices(desk().world.session, situation) };
  }

  it("stores the new value for the account that sends the regenerated one to NSML", async () => {
    const uses: unknown[] = [];
    const { services } = await open({
      changeDialogs: {
        chooseValue: [answer("primary" as const)],
        confirmRenewal: [
          (_apiKey, _which, of) => {
            uses.push(of);
            return yes();
          },
        ],
      },
      secretDialogs: { offerValues: [answer(undefined)] },
    });
    const row = await desk().rowFor(services);
    await services.run((all) => regenerateApiKey(all, [row]));
    const { primaryKey } = desk().world.sandbox.state.apiKeys.valuesOf(row.apiKey.apiKeyId);
    const [stored] = await desk().world.stored();
    assert.deepEqual(
      {
        uses,
        isStored: stored?.["nsmlApiKey"] === primaryKey,
        isNew: primaryKey !== desk().world.sandbox.apiKeyValue,
      },
      { uses: [[{ account: "work", as: "nsml" }]], isStored: true, isNew: true },
    );
  });

  it("begins with the value whose row it was called on", async () => {
    const begun: unknown[] = [];
    const { services } = await open({
      changeDialogs: {
        chooseValue: [
          (_apiKey, _usesOf, likely) => {
            begun.push(likely);
            return Promise.resolve(undefined);
          },
        ],
      },
    });
    const row = await desk().rowFor(services);
    const { inventory } = desk().world.signedIn;
    const [, secondary] = await services.showBelow(inventory, row);
    await services.run((all) => regenerateApiKey(all, [secondary]));
    assert.deepEqual(begun, ["secondary"]);
  });

  it("leaves the stored value alone when the other one is regenerated", async () => {
    const { services } = await open({
      changeDialogs: { chooseValue: [answer("secondary" as const)], confirmRenewal: [yes] },
      secretDialogs: { offerValues: [answer("secondary" as const)] },
    });
    const row = await desk().rowFor(services);
    await services.run((all) => regenerateApiKey(all, [row]));
    const { secondaryKey } = desk().world.sandbox.state.apiKeys.valuesOf(row.apiKey.apiKeyId);
    const [stored] = await desk().world.stored();
    assert.deepEqual(
      { stored: stored?.["nsmlApiKey"], clipboard: services.clipboard },
      { stored: desk().world.sandbox.apiKeyValue, clipboard: secondaryKey },
    );
  });

  it("changes name and description, and not the state that NCP has by now", async () => {
    const { services } = await open({ changeDialogs: { askApiKeyWords: [answer(words)] } });
    const row = await desk().rowFor(services);
    const key = desk().world.sandbox.state.apiKeys.get(row.apiKey.apiKeyId)!;
    desk().world.sandbox.state.apiKeys.put({ ...key, isEnabled: false });
    await services.run((all) => editApiKey(all, [row]));
    const { apiKeyName, apiKeyDescription, isEnabled } = desk().world.sandbox.state.apiKeys.get(
      row.apiKey.apiKeyId,
    )!;
    assert.deepEqual(
      { apiKeyName, apiKeyDescription, isEnabled },
      { apiKeyName: words.name, apiKeyDescription: words.description, isEnabled: false },
    );
  });

  it("changes of name and description only what the person changed", async () => {
    const { apiKeys } = desk().world.sandbox.state;
    const saved: unknown[] = [];
    for (const change of [{ name: "renamed" }, { description: "described" }, {}]) {
      const { services } = await open({
        changeDialogs: {
          askApiKeyWords: [(initial) => Promise.resolve({ ...initial!, ...change })],
        },
      });
      const row = await desk().rowFor(services);
      const { apiKeyId } = row.apiKey;
      apiKeys.put({ ...apiKeys.get(apiKeyId)!, apiKeyName: "newer", apiKeyDescription: "newer" });
      await services.run((all) => editApiKey(all, [row]));
      const { apiKeyName, apiKeyDescription } = apiKeys.get(apiKeyId)!;
      saved.push([apiKeyName, apiKeyDescription]);
    }
    assert.deepEqual(saved, [
      ["renamed", "newer"],
      ["newer", "described"],
      ["newer", "newer"],
    ]);
  });

  it("fetches a value to copy it, from the key's row or the value's", async () => {
    const { inventory, services } = await open();
    const row = await desk().rowFor(services);
    const { primaryKey, secondaryKey } = desk().world.sandbox.state.apiKeys.valuesOf(
      row.apiKey.apiKeyId,
    );
    await services.run((all) => copyValue(all, "primary", [row]));
    const first = services.clipboard;
    const values = await services.showBelow(inventory, row);
    await services.run((all) => copyValue(all, "secondary", [values[1]]));
    assert.deepEqual([first, services.clipboard], [primaryKey, secondaryKey]);
  });
});
