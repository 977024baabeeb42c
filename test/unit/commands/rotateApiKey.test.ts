import assert from "node:assert/strict";
import { rotateApiKey } from "../../../src/commands/rotateApiKey.ts";
import type { ChangeDialogs } from "../../../src/ui/changeDialogs.ts";
import type { FaultEffect } from "../../sandbox/faults.ts";
import { fewestKept } from "../../sandbox/keyHistory.ts";
import { answer, FakeServices, no, yes, type Situation } from "../support/fakeServices.ts";
import { useWorld } from "../support/world.ts";

const goOn = { afterSecondary: [answer("goOn" as const)] };
const failing = { kind: "status", status: 500 } as const;

/** A place where a rotation ends, with the dialogs up to it. */
interface Stop {
  readonly situation: Situation;
  /** What befalls the first request that renews this value. */
  readonly faults?: Readonly<Partial<Record<"primary" | "secondary", FaultEffect>>>;
  /** Which values are new at the end. */
  readonly renewed: readonly ("primary" | "secondary")[];
  /** The dialog or the message that is the last. */
  readonly told: string;
}

const stops: Readonly<Record<string, Stop>> = {
  "before the secondary": {
    situation: { changeDialogs: { confirmRenewal: [no] } },
    renewed: [],
    told: "confirmRenewal",
  },
  "by a failure of the secondary": {
    situation: { changeDialogs: { confirmRenewal: [yes] }, messages: { report: [no] } },
    faults: { secondary: failing },
    renewed: [],
    told: "report",
  },
  "between the two": {
    situation: {
      changeDialogs: { confirmRenewal: [yes] },
      rotateDialogs: { afterSecondary: [answer("later" as const)] },
    },
    renewed: ["secondary"],
    told: "secondaryOnly",
  },
  "before the primary": {
    situation: {
      changeDialogs: { confirmRenewal: [yes, no] },
      rotateDialogs: {
        afterSecondary: [answer("copySecondary" as const), answer("goOn" as const)],
      },
    },
    renewed: ["secondary"],
    told: "secondaryOnly",
  },
  "by a failure of the primary": {
    situation: {
      changeDialogs: { confirmRenewal: [yes, yes] },
      rotateDialogs: goOn,
      messages: { report: [no] },
    },
    faults: { primary: failing },
    renewed: ["secondary"],
    told: "secondaryOnly",
  },
  nowhere: {
    situation: { changeDialogs: { confirmRenewal: [yes, yes] }, rotateDialogs: goOn },
    renewed: ["primary", "secondary"],
    told: "bothRenewed",
  },
  "nowhere, with answers that are lost": {
    situation: { changeDialogs: { confirmRenewal: [yes, yes] }, rotateDialogs: goOn },
    faults: { primary: { kind: "loseAnswer" }, secondary: { kind: "loseAnswer" } },
    renewed: ["primary", "secondary"],
    told: "bothRenewed",
  },
  "nowhere, with failures that pass": {
    situation: {
      // What is new already is not renewed again; the person is asked again whether all moved over.
      changeDialogs: { confirmRenewal: [yes, yes, yes, yes] },
      rotateDialogs: { afterSecondary: [answer("goOn" as const), answer("goOn" as const)] },
      messages: { report: [yes, yes] },
    },
    faults: { primary: failing, secondary: failing },
    renewed: ["primary", "secondary"],
    told: "bothRenewed",
  },
};

describe("rotating an API key", () => {
  const world = useWorld({ authKeys: 1, apiKeys: 2, subAccounts: 1 });
  const values = (id: string) => world().sandbox.state.apiKeys.valuesOf(id);

  async function open(situation: Situation, isEnabled = true) {
    const { apiKeys } = world().sandbox.state;
    const apiKey = { ...apiKeys.all()[0]!, isEnabled };
    apiKeys.put(apiKey);
    const inventory = await world().signIn();
    const services = new FakeServices(world().session, situation);
    const rows = await services.show(inventory, "apiKeys");
    const id = apiKey.apiKeyId;
    const row = rows.find((one) => one.kind === "apiKey" && one.apiKey.apiKeyId === id);
    return { run: () => services.run((all) => rotateApiKey(all, [row])), id };
  }

  /** Which value a request renews is in its body, so the second fault waits for the first value. */
  function befall(id: string, { secondary, primary }: NonNullable<Stop["faults"]>) {
    const { sandbox } = world();
    const before = values(id).secondaryKey;
    const request = { method: "PATCH", path: `/api/v1/api-keys/${id}`, times: 1 };
    if (secondary) sandbox.addFault({ ...secondary, ...request });
    let left = primary;
    sandbox.state.apiKeys.onChange(() => {
      if (!left || values(id).secondaryKey === before) return;
      sandbox.addFault({ ...left, ...request });
      left = undefined;
    });
  }

  for (const [name, { situation, faults = {}, renewed, told }] of Object.entries(stops)) {
    it(`keeps a value that works at every moment: stopped ${name}`, async () => {
      const { run, id } = await open(situation);
      const before = values(id);
      world().sandbox.history.restart();
      befall(id, faults);
      const said = await run();
      const now = values(id);
      const isNew = (which: "primary" | "secondary") =>
        now[`${which}Key`] !== before[`${which}Key`];
      assert.deepEqual(
        {
          renewed: (["primary", "secondary"] as const).filter(isNew),
          kept: fewestKept(world().sandbox.history.apiKeyValues(id)),
          told: said.at(-1)?.split(" ")[0],
          unexpected: said.filter((line) => /nobody|not asked/.test(line)),
        },
        { renewed, kept: renewed.length === 0 ? 2 : 1, told, unexpected: [] },
      );
    });
  }

  it("says no more when nobody knows whether the secondary is new", async () => {
    const { run, id } = await open({
      changeDialogs: {
        confirmRenewal: [
          () => {
            const path = `/api/v1/api-keys/${id}`;
            const { sandbox } = world();
            sandbox.addFault({ kind: "loseAnswer", method: "PATCH", path });
            void sandbox
              .nextRequest({ method: "PATCH", path })
              .then(() => sandbox.addFault({ kind: "status", status: 500, method: "GET", path }));
            return yes();
          },
        ],
      },
    });
    world().sandbox.history.restart();
    const said = await run();
    assert.deepEqual(
      [said.at(-1), fewestKept(world().sandbox.history.apiKeyValues(id))],
      ["uncertain apiKey unsettled", 1],
    );
  });

  it("goes on with an API key that is disabled, and tells every dialog so", async () => {
    const told: boolean[] = [];
    const confirmRenewal: ChangeDialogs["confirmRenewal"] = ({ isEnabled }) => {
      told.push(isEnabled);
      return yes();
    };
    const { run } = await open(
      {
        changeDialogs: { confirmRenewal: [confirmRenewal, confirmRenewal] },
        rotateDialogs: {
          afterSecondary: [
            ({ isEnabled }) => {
              told.push(isEnabled);
              return Promise.resolve("goOn");
            },
          ],
        },
      },
      false,
    );
    await run();
    assert.deepEqual(told, [false, false, false]);
  });
});
