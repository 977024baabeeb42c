import assert from "node:assert/strict";
import { useApiKeyForNsml } from "../../../src/commands/nsmlApiKey.ts";
import type { ApiKeyPage } from "../../../src/ncloud/apiGateway.ts";
import { Secret } from "../../../src/ncloud/secret.ts";
import { cancelled, FakeServices, given, no, yes } from "../support/fakeServices.ts";
import { newSecretText } from "../support/testAccount.ts";
import { useWorld } from "../support/world.ts";

describe("the API key that NSML requests carry", () => {
  const world = useWorld();

  const newest = () => {
    const [apiKey] = world().sandbox.state.apiKeys.all();
    return { id: apiKey!.apiKeyId, name: apiKey!.apiKeyName };
  };
  const keyOf = async () => {
    const [{ nsmlApiKey, nsmlApiKeyId } = {}] = await world().stored();
    return { nsmlApiKey, nsmlApiKeyId };
  };
  const first = async (_: unknown, list: (signal: AbortSignal) => Promise<ApiKeyPage>) => {
    const { apiKeys } = await list(new AbortController().signal);
    return { kind: "given", value: { kind: "picked", apiKey: apiKeys[0]! } } as const;
  };

  it("is chosen and tried before it is kept", async () => {
    await world().signIn({ nsmlApiKey: undefined });
    const services = new FakeServices(world().session, {
      signInPrompts: { askNsmlApiKey: [first] },
    });
    const transcript = await services.run((all) => useApiKeyForNsml(all, []));
    assert.deepEqual(
      {
        transcript,
        ...(await keyOf()),
        tried: world().requests.includes("GET /nsml/v1/auth-keys"),
        nsml: world().signedIn.inventory.nsml,
      },
      {
        transcript: ["askNsmlApiKey", "whileChecking", `usesApiKey ${newest().name}`],
        nsmlApiKey: world().sandbox.apiKeyValue,
        nsmlApiKeyId: newest().id,
        tried: true,
        nsml: "ready",
      },
    );
  });

  it("begins with the row the command was given, and is asked for all the same", async () => {
    const inventory = await world().signIn();
    const services = new FakeServices(world().session, {
      signInPrompts: { askNsmlApiKey: [cancelled, cancelled, cancelled] },
    });
    const [apiKey] = await services.show(inventory, "apiKeys");
    const [authKey] = await services.show(inventory, "authKeys");
    // What happens to be selected is not meant where no row is given.
    services.selection = apiKey ? [apiKey] : [];
    let transcript: readonly string[] = [];
    for (const row of [apiKey, authKey, undefined]) {
      transcript = await services.run((all) => useApiKeyForNsml(all, [row]));
    }
    assert.deepEqual(transcript, [
      `askNsmlApiKey ${newest().id}`,
      "askNsmlApiKey",
      "askNsmlApiKey",
    ]);
  });

  it("stays what it was when NSML does not know the new one", async () => {
    const value = newSecretText();
    await world().signIn({ nsmlApiKey: new Secret(value), nsmlApiKeyId: "before" });
    const services = new FakeServices(world().session, {
      signInPrompts: {
        askNsmlApiKey: [given({ kind: "pasted", value: new Secret(newSecretText()) })],
      },
      messages: { report: [no] },
    });
    const transcript = await services.run((all) => useApiKeyForNsml(all, []));
    assert.deepEqual(
      { transcript, ...(await keyOf()) },
      {
        transcript: ["askNsmlApiKey", "whileChecking", "report chooseApiKey wrongCredentials"],
        nsmlApiKey: value,
        nsmlApiKeyId: "before",
      },
    );
  });

  it("is pasted, and then no longer goes by the ID of the one before", async () => {
    await world().signIn({ nsmlApiKeyId: "before" });
    const value = new Secret(world().sandbox.apiKeyValue);
    const services = new FakeServices(world().session, {
      signInPrompts: { askNsmlApiKey: [given({ kind: "pasted", value })] },
    });
    const transcript = await services.run((all) => useApiKeyForNsml(all, []));
    assert.deepEqual(
      { transcript, ...(await keyOf()) },
      {
        transcript: ["askNsmlApiKey", "whileChecking", "usesApiKey"],
        nsmlApiKey: value.reveal(),
        nsmlApiKeyId: undefined,
      },
    );
  });

  it("is tried again as often as the person wants", async () => {
    await world().signIn({ nsmlApiKey: undefined });
    world().sandbox.addFault({ kind: "status", status: 500, times: 1, path: "/nsml/" });
    const services = new FakeServices(world().session, {
      signInPrompts: { askNsmlApiKey: [first] },
      messages: { report: [yes] },
    });
    const transcript = await services.run((all) => useApiKeyForNsml(all, []));
    assert.deepEqual(
      { transcript, ...(await keyOf()) },
      {
        transcript: [
          "askNsmlApiKey",
          "whileChecking",
          "report chooseApiKey server",
          "whileChecking",
          `usesApiKey ${newest().name}`,
        ],
        nsmlApiKey: world().sandbox.apiKeyValue,
        nsmlApiKeyId: newest().id,
      },
    );
  });

  it("is kept for an account that does not have NSML yet", async () => {
    world().sandbox.state.switches.nsmlSubscribed = false;
    await world().signIn({ nsmlApiKey: undefined });
    const services = new FakeServices(world().session, {
      signInPrompts: { askNsmlApiKey: [first] },
    });
    await services.run((all) => useApiKeyForNsml(all, []));
    assert.deepEqual(await keyOf(), {
      nsmlApiKey: world().sandbox.apiKeyValue,
      nsmlApiKeyId: newest().id,
    });
  });

  it("is not asked for in a zone without NSML", async () => {
    await world().signIn({ zone: { kind: "government" } });
    const services = new FakeServices(world().session);
    const transcript = await services.run((all) => useApiKeyForNsml(all, []));
    assert.deepEqual([transcript, world().requests], [["nsmlNotInZone"], []]);
  });

  it("is left as it was when nothing is chosen", async () => {
    await world().signIn();
    const services = new FakeServices(world().session, {
      signInPrompts: { askNsmlApiKey: [cancelled] },
    });
    const transcript = await services.run((all) => useApiKeyForNsml(all, []));
    assert.deepEqual([transcript, world().requests], [["askNsmlApiKey"], []]);
  });

  it("is not taken from what is no row of the tree, nor is anything sent for that", async () => {
    await world().signIn();
    const forged = [{ kind: "apiKey", apiKey: { apiKeyId: "forged" } }, "forged", null];
    const services = new FakeServices(world().session);
    let transcript: readonly string[] = [];
    for (const argument of forged) {
      transcript = await services.run((all) => useApiKeyForNsml(all, [argument]));
    }
    assert.deepEqual([transcript, world().requests], [forged.map(() => "notARow"), []]);
  });
});
