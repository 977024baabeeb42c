import assert from "node:assert/strict";
import { copyValue, editApiKey, regenerateApiKey } from "../../../src/commands/apiKeyValues.ts";
import { createAccessKey } from "../../../src/commands/makeKeys.ts";
import { useApiKeyForNsml } from "../../../src/commands/nsmlApiKey.ts";
import { rotateApiKey } from "../../../src/commands/rotateApiKey.ts";
import type { Services } from "../../../src/commands/services.ts";
import type { GroupName } from "../../../src/inventory/inventory.ts";
import type { Row } from "../../../src/inventory/row.ts";
import { cancelled, FakeServices, no, type Situation } from "../support/fakeServices.ts";
import { useWorld } from "../support/world.ts";

describe("a command about one key, called on the last of several selected rows", () => {
  const world = useWorld({ authKeys: 1, apiKeys: 3, subAccounts: 3 });

  /** The rows of a group, and the editor that gives all of them along with the one that was clicked. */
  async function open(group: GroupName, situation: Situation = {}) {
    const inventory = await world().signIn();
    const services = new FakeServices(world().session, situation);
    const rows = await services.show(inventory, group);
    const clicked = rows.at(-1)!;
    const run = (
      command: (services: Services, args: readonly unknown[]) => Promise<void>,
      row: Row = clicked,
      selected: readonly Row[] = rows,
    ) => services.run((all) => command(all, [row, selected]));
    return { inventory, services, rows, clicked, run };
  }

  const valuesOf = (row: Row) => {
    assert.ok(row.kind === "apiKey");
    return world().sandbox.state.apiKeys.valuesOf(row.apiKey.apiKeyId);
  };

  it("copies that key's value, and says whose it is", async () => {
    const { run, services, clicked } = await open("apiKeys");
    const said = await run((all, args) => copyValue(all, "primary", args));
    assert.ok(clicked.kind === "apiKey");
    assert.deepEqual(
      [services.clipboard, said.at(-1)],
      [valuesOf(clicked).primaryKey, `copySecret primary ${clicked.apiKey.name}`],
    );
  });

  it("copies it from the row of the value, too", async () => {
    const { run, services, inventory, rows, clicked } = await open("apiKeys");
    const [first] = await services.showBelow(inventory, rows[0]!);
    const [, second] = await services.showBelow(inventory, clicked);
    const selected = [first!, second!];
    await run((all, args) => copyValue(all, "secondary", args), second, selected);
    assert.equal(services.clipboard, valuesOf(clicked).secondaryKey);
  });

  it("regenerates a value of it, beginning with the one that was clicked", async () => {
    const asked: unknown[] = [];
    const { run, services, inventory, rows, clicked } = await open("apiKeys", {
      changeDialogs: {
        chooseValue: [
          ({ apiKeyId }, _usesOf, likely) => {
            asked.push(apiKeyId, likely);
            return Promise.resolve(undefined);
          },
        ],
      },
    });
    const [first] = await services.showBelow(inventory, rows[0]!);
    const [, second] = await services.showBelow(inventory, clicked);
    await run(regenerateApiKey, second, [first!, second!]);
    assert.ok(clicked.kind === "apiKey");
    assert.deepEqual(asked, [clicked.apiKey.apiKeyId, "secondary"]);
  });

  it("asks about that key before it is edited, rotated or used for NSML", async () => {
    const asked: unknown[] = [];
    const { run, clicked } = await open("apiKeys", {
      changeDialogs: {
        askApiKeyWords: [
          (words) => {
            asked.push(words?.name);
            return Promise.resolve(undefined);
          },
        ],
        confirmRenewal: [
          ({ name }) => {
            asked.push(name);
            return no();
          },
        ],
      },
      signInPrompts: {
        askNsmlApiKey: [
          (_position, _list, suggestedId) => {
            asked.push(suggestedId);
            return cancelled();
          },
        ],
      },
    });
    for (const command of [editApiKey, rotateApiKey, useApiKeyForNsml]) await run(command);
    assert.ok(clicked.kind === "apiKey");
    const { name, apiKeyId } = clicked.apiKey;
    assert.deepEqual(asked, [name, name, apiKeyId]);
  });

  it("asks about that sub account before it gets an access key", async () => {
    const { run } = await open("subAccounts", { secretDialogs: { confirmCreation: [no] } });
    const said = await run(createAccessKey);
    assert.deepEqual(said, [
      `confirmCreation ${world().sandbox.state.subAccounts.at(-1)?.loginId}`,
    ]);
  });
});
