import assert from "node:assert/strict";
import { runCommand } from "../../../src/commands/runCommand.ts";
import { NcloudError } from "../../../src/ncloud/ncloudError.ts";
import { rowCommands } from "../../support/rowCommands.ts";
import { FakeServices, no, yes } from "../support/fakeServices.ts";
import { useWorld } from "../support/world.ts";

// That this file could be loaded at all shows that no command needs the editor at run time.

describe("running a command", () => {
  const world = useWorld();

  it("ends in words, whatever goes wrong in it", async () => {
    const services = new FakeServices(world().session, {
      computer: {
        showLog: () => {
          throw new RangeError("a fault of ours");
        },
      },
      messages: { report: [no] },
    });
    const transcript = await services.run((all) => runCommand("ncloudKeys.showLog", all, []));
    assert.deepEqual(transcript, ["report run a fault of ours"]);
  });

  it("begins again as often as the person wants it to", async () => {
    let tries = 0;
    const services = new FakeServices(world().session, {
      computer: {
        showLog: () => {
          if (++tries < 3) throw new NcloudError("network");
        },
      },
      messages: { report: [yes, yes] },
    });
    const transcript = await services.run((all) => runCommand("ncloudKeys.showLog", all, []));
    assert.deepEqual([transcript, tries], [["report run network", "report run network"], 3]);
  });

  it("opens the console of the account's zone, or says that there is none", async () => {
    const openConsole = () =>
      new FakeServices(world().session).run((all) => runCommand("ncloudKeys.openConsole", all, []));
    const seen = [await openConsole()];
    await world().signIn({ zone: { kind: "financial" } });
    seen.push(await openConsole());
    await world().signIn();
    seen.push(await openConsole());
    assert.deepEqual(seen, [
      ["openInBrowser https://console.ncloud.com"],
      ["openInBrowser https://console.fin-ncloud.com"],
      ["noConsole"],
    ]);
  });

  it("tests each service by itself", async () => {
    await world().signIn();
    const testConnection = () =>
      new FakeServices(world().session).run((all) =>
        runCommand("ncloudKeys.testConnection", all, []),
      );
    const seen = [await testConnection()];
    world().sandbox.addFault({ kind: "status", status: 500, path: "/api/v1/sub-accounts" });
    await world().signIn({ nsmlApiKey: undefined });
    seen.push(await testConnection());
    assert.deepEqual(seen, [
      [
        "whileChecking",
        "connectionTested apiGateway: reached + subAccount: reached + nsml: reached",
      ],
      [
        "whileChecking",
        "connectionTested apiGateway: reached + subAccount: server + nsml: needsApiKey",
      ],
    ]);
  });

  it("sends nothing for arguments that are none of ours, whichever command gets them", async () => {
    await world().signIn();
    const said = new Map<string, number>();
    for (const id of rowCommands) {
      for (const forged of [{ kind: "apiKey", id: "x" }, "account-1/apiKeys", null, [], 1]) {
        const services = new FakeServices(world().session);
        for (const line of await services.run((all) => runCommand(id, all, [forged, forged]))) {
          said.set(line, (said.get(line) ?? 0) + 1);
        }
      }
    }
    assert.deepEqual(
      { said: Object.fromEntries(said), requests: world().requests },
      { said: { notARow: 5 * rowCommands.length }, requests: [] },
    );
  });
});
