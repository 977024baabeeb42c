import assert from "node:assert/strict";
import { exportInventory } from "../../../src/commands/exportInventory.ts";
import type { InventoryReport, ReportFormat } from "../../../src/report/inventoryReport.ts";
import type { ExportFile } from "../../../src/ui/exportPrompts.ts";
import { startSandbox } from "../../sandbox/sandbox.ts";
import { answer, back, cancelled, FakeServices, given, no, yes } from "../support/fakeServices.ts";
import { markdownWords } from "../support/markdownWords.ts";
import { useWorld } from "../support/world.ts";

type Outcome = Awaited<ReturnType<ExportFile["write"]>>;

/** A file that was chosen, and what came of writing it. */
function fileThat(outcome: Outcome, written: string[] = []): ExportFile {
  return {
    name: "keys",
    write: (text) => {
      written.push(text.join(""));
      return Promise.resolve(outcome);
    },
    open: () => Promise.resolve(),
  };
}

describe("exporting the inventory", () => {
  const world = useWorld({ apiKeys: 250, subAccounts: 3, authKeys: 2 });

  it("writes every key, not only what the sidebar has loaded, and no secret", async () => {
    const inventory = await world().signIn();
    const { state, secretKey, apiKeyValue } = world().sandbox;
    const written: string[] = [];
    for (const format of ["csv", "json"] as const) {
      const services = new FakeServices(world().session, {
        exportPrompts: {
          askFormat: [given<ReportFormat>(format)],
          askDestination: [given<"file">("file")],
          chooseFile: [answer(fileThat("written", written))],
        },
      });
      assert.deepEqual(await services.run(exportInventory), [
        "askFormat 1/2",
        "askDestination 2/2",
        `chooseFile ${format}`,
        "whileCollecting",
        "exported",
      ]);
    }
    const ids = [
      ...state.authKeys.map(({ title }) => title),
      ...state.apiKeys.all().map(({ apiKeyId }) => apiKeyId),
      ...state.subAccounts.flatMap(({ subAccountId, accessKeys }) => [
        subAccountId,
        ...accessKeys.map(({ accessKey }) => accessKey),
      ]),
    ];
    const secrets = [
      secretKey,
      apiKeyValue,
      ...state.apiKeys.all().flatMap(({ apiKeyId }) => {
        const { primaryKey, secondaryKey } = state.apiKeys.valuesOf(apiKeyId);
        return [primaryKey, secondaryKey];
      }),
      ...state.subAccounts.flatMap(({ accessKeys }) => accessKeys.map((key) => key.secretKey)),
    ];
    for (const text of written) {
      assert.deepEqual(
        [ids.filter((id) => !text.includes(id)), secrets.filter((one) => text.includes(one))],
        [[], []],
      );
    }
    // What is in view is left as it is.
    assert.deepEqual([written.length, inventory.apiKeys.state.status], [2, "unloaded"]);
  });

  it("reads all accounts when they are wanted, and says which one it could not", async () => {
    const other = await startSandbox({ apiKeys: 2, subAccounts: 0, authKeys: 0, seed: "other" });
    await world().signIn({ id: "lost", label: "lost" });
    await world().signIn({ id: "other", label: "other" }, other);
    await world().signIn();
    world().computer.onKeychain = (operation, key) => {
      if (operation === "get" && key.endsWith("lost")) throw new Error("locked");
    };
    const reports: InventoryReport[] = [];
    const services = new FakeServices(world().session, {
      exportPrompts: {
        askFormat: [given<ReportFormat>("json")],
        askScope: [given<"all">("all")],
        askDestination: [given<"editor">("editor")],
        openEditor: [() => Promise.resolve()],
        exported: [(report) => void reports.push(report)],
      },
    });
    await services.run(exportInventory).finally(() => other.close());
    const [report] = reports;
    assert.deepEqual(
      report?.accounts.map(({ label, records, gaps }) => [
        label,
        records.length > 0,
        gaps.map(({ place, error }) => `${place.kind} ${error.kind}`),
      ]),
      [
        ["lost", false, ["account credentials"]],
        ["other", true, []],
        ["work", true, []],
      ],
    );
  });

  it("goes on when a part cannot be read", async () => {
    await world().signIn({ nsmlApiKey: undefined });
    world().sandbox.addFault({ kind: "status", status: 500, path: "/api/v1/api-keys" });
    const reports: InventoryReport[] = [];
    const services = new FakeServices(world().session, {
      exportPrompts: {
        askFormat: [given<ReportFormat>("csv")],
        askDestination: [given<"editor">("editor")],
        openEditor: [() => Promise.resolve()],
        exported: [(report) => void reports.push(report)],
      },
    });
    await services.run(exportInventory);
    assert.deepEqual(
      reports[0]?.accounts[0]?.gaps.map(({ place, error }) => `${place.kind} ${error.kind}`),
      ["authKeys needsApiKey", "apiKeys server"],
    );
  });

  it("is not complete when the account was signed out meanwhile", async () => {
    await world().signIn();
    const { send } = world();
    world().send = async (request, signal) => {
      if (request.url.endsWith("/access-keys")) await world().signOut();
      return send(request, signal);
    };
    const written: string[] = [];
    const services = new FakeServices(world().session, {
      exportPrompts: {
        askFormat: [given<ReportFormat>("json")],
        askDestination: [given<"file">("file")],
        chooseFile: [answer(fileThat("written", written))],
      },
    });
    world().sandbox.state.subAccounts.push(
      ...Array.from({ length: 9 }, (_, index) => ({
        ...world().sandbox.state.subAccounts[0]!,
        subAccountId: `more-${index}`,
      })),
    );
    await services.run(exportInventory);
    const { accounts } = JSON.parse(written[0]!) as {
      readonly accounts: readonly {
        readonly complete: boolean;
        readonly notRead: readonly { readonly part: string; readonly reason: string }[];
      }[];
    };
    assert.deepEqual(
      accounts.map(({ complete, notRead }) => [
        complete,
        [...new Set(notRead.map(({ part, reason }) => `${part} ${reason}`))],
      ]),
      [[false, ["accessKeys cancelled"]]],
    );
  });

  it("overwrites nothing that came in between, and can take another file", async () => {
    await world().signIn();
    const outcomes: readonly Outcome[] = ["taken", "failed", "written"];
    const services = new FakeServices(world().session, {
      exportPrompts: {
        askFormat: [given<ReportFormat>("csv")],
        askDestination: [given<"file">("file")],
        chooseFile: outcomes.map((outcome) => answer(fileThat(outcome))),
        notWritten: [yes, yes],
      },
    });
    const transcript = await services.run(exportInventory);
    assert.deepEqual(transcript.slice(3), [
      "whileCollecting",
      "notWritten taken",
      "chooseFile csv",
      "notWritten failed",
      "chooseFile csv",
      "exported",
    ]);
  });

  it("can be left at every step", async () => {
    await world().signIn();
    const services = new FakeServices(world().session, {
      exportPrompts: {
        askFormat: [cancelled, given<ReportFormat>("csv"), given<ReportFormat>("markdown")],
        askDestination: [back, given<"file">("file")],
        chooseFile: [answer(undefined)],
      },
    });
    await services.run(exportInventory);
    const transcript = await services.run(exportInventory);
    assert.deepEqual(
      [transcript, world().requests],
      [
        [
          "askFormat 1/2",
          "askFormat 1/2",
          "askDestination 2/2",
          "askFormat 1/2",
          "askDestination 2/2",
          "chooseFile markdown",
        ],
        [],
      ],
    );
  });

  it("writes nothing when it is cancelled", async () => {
    await world().signIn();
    const services = new FakeServices(world().session, {
      exportPrompts: {
        askFormat: [given<ReportFormat>("csv")],
        askDestination: [given<"editor">("editor")],
        whileCollecting: [
          (run) => {
            const abort = new AbortController();
            return run(abort.signal, () => abort.abort());
          },
        ],
      },
    });
    assert.deepEqual(await services.run(exportInventory), [
      "askFormat 1/2",
      "askDestination 2/2",
      "whileCollecting",
      "cancelled",
    ]);
  });

  it("opens nothing when it is cancelled while its text is made", async () => {
    await world().signIn();
    const abort = new AbortController();
    const services = new FakeServices(world().session, {
      exportPrompts: {
        askFormat: [given<ReportFormat>("markdown")],
        askDestination: [given<"editor">("editor")],
        whileCollecting: [(run) => run(abort.signal, () => undefined)],
        // Asked for once everything is read.
        markdownWords: [
          () => {
            abort.abort();
            return markdownWords;
          },
        ],
      },
    });
    assert.deepEqual((await services.run(exportInventory)).slice(2), [
      "whileCollecting",
      "markdownWords",
      "cancelled",
    ]);
  });

  it("asks to sign in first", async () => {
    const services = new FakeServices(world().session, { messages: { notSignedIn: [no] } });
    assert.deepEqual(await services.run(exportInventory), ["notSignedIn"]);
  });
});
