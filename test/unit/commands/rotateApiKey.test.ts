import assert from "node:assert/strict";
import type { ChangeDialogs } from "../../../src/ui/changeDialogs.ts";
import { useApiKeyDesk } from "../support/apiKeyDesk.ts";
import { answer, yes } from "../support/fakeServices.ts";

describe("rotating an API key", () => {
  const desk = useApiKeyDesk();

  it("renews the primary value only after the person said that all moved over", async () => {
    /** What was new when the person was asked. */
    const newAt: Record<string, unknown> = {};
    let renewed: () => readonly string[] = () => [];
    const look = <T>(name: string, value: T) => {
      return () => {
        newAt[name] = renewed();
        return Promise.resolve(value);
      };
    };
    const { run, id, services } = await desk().open({
      changeDialogs: {
        confirmRenewal: [look("confirm the secondary", true), look("confirm the primary", true)],
      },
      rotateDialogs: {
        afterSecondary: [
          look("take the secondary", "copySecondary" as const),
          look("go on", "goOn" as const),
        ],
        bothRenewed: [look("take the primary", true)],
      },
    });
    renewed = () => desk().renewedInTurn(id);
    const { works } = desk().end(id, services, await run());
    const { secondaryKey, primaryKey } = desk().valuesOf(id);
    assert.deepEqual(
      { newAt, works, copied: services.copied },
      {
        newAt: {
          "confirm the secondary": [],
          "take the secondary": ["secondary"],
          "go on": ["secondary"],
          "confirm the primary": ["secondary"],
          "take the primary": ["secondary", "primary"],
        },
        works: true,
        copied: [secondaryKey, primaryKey],
      },
    );
  });

  it("says no more when nobody knows whether the secondary is new", async () => {
    const { run, id, services } = await desk().open({
      changeDialogs: {
        confirmRenewal: [
          () => {
            const path = `/api/v1/api-keys/${id}`;
            const { sandbox } = desk().world;
            sandbox.addFault({ kind: "loseAnswer", method: "PATCH", path });
            void sandbox
              .nextRequest({ method: "PATCH", path })
              .then(() => sandbox.addFault({ kind: "status", status: 500, method: "GET", path }));
            return yes();
          },
        ],
      },
    });
    const said = await run();
    assert.deepEqual(
      [said.at(-1), desk().end(id, services, said).works],
      ["uncertain apiKey unsettled", true],
    );
  });

  it("goes on with an API key that is disabled, and tells every dialog so", async () => {
    const told: boolean[] = [];
    const confirmRenewal: ChangeDialogs["confirmRenewal"] = ({ isEnabled }) => {
      told.push(isEnabled);
      return yes();
    };
    const { run } = await desk().open(
      {
        changeDialogs: { confirmRenewal: [confirmRenewal, confirmRenewal] },
        rotateDialogs: {
          afterSecondary: [
            ({ isEnabled }) => {
              told.push(isEnabled);
              return answer("goOn" as const)();
            },
          ],
        },
      },
      { isEnabled: false },
    );
    await run();
    assert.deepEqual(told, [false, false, false]);
  });
});
