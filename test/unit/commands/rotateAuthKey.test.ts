import assert from "node:assert/strict";
import { rotateAuthKey } from "../../../src/commands/rotateAuthKey.ts";
import type { Fault } from "../../sandbox/faults.ts";
import { chooseFirst, chosen, useAuthKeyDesk, type AuthKeyNames } from "../support/authKeyDesk.ts";
import { answer, no, yes, type Situation } from "../support/fakeServices.ts";

const path = "/nsml/v1/auth-keys";

/** A place where a rotation ends, with the dialogs up to it. */
interface Stop {
  readonly situation: Situation;
  readonly faults?: readonly Fault[];
  /** Which of the two NSML has at the end. */
  readonly left: AuthKeyNames;
  /** The dialog or the message that is the last. */
  readonly told: string;
}

const stops: Readonly<Record<string, Stop>> = {
  "before a key is chosen": {
    situation: { uploadPrompts: { chooseSource: [answer(undefined)] } },
    left: ["old"],
    told: "oldAuthKeyUntouched",
  },
  "before it has a title": {
    situation: { uploadPrompts: { chooseSource: [chooseFirst], askTitle: [answer(undefined)] } },
    left: ["old"],
    told: "oldAuthKeyUntouched",
  },
  "when the upload fails": {
    situation: { uploadPrompts: chosen, messages: { report: [no] } },
    faults: [{ kind: "status", status: 500, method: "POST", path }],
    left: ["old"],
    told: "oldAuthKeyUntouched",
  },
  "before the old one is deleted": {
    situation: { uploadPrompts: chosen, rotateDialogs: { confirmDeletingOldAuthKey: [no] } },
    left: ["old", "new"],
    told: "bothInNsml",
  },
  "when the deletion fails": {
    situation: {
      uploadPrompts: chosen,
      rotateDialogs: { confirmDeletingOldAuthKey: [yes] },
      messages: { report: [no] },
    },
    faults: [{ kind: "status", status: 500, method: "DELETE", path }],
    left: ["old", "new"],
    told: "bothInNsml",
  },
  nowhere: {
    situation: { uploadPrompts: chosen, rotateDialogs: { confirmDeletingOldAuthKey: [yes] } },
    left: ["new"],
    told: "changed",
  },
  "nowhere, with answers that are lost": {
    situation: { uploadPrompts: chosen, rotateDialogs: { confirmDeletingOldAuthKey: [yes] } },
    faults: [
      { kind: "loseAnswer", method: "POST", path },
      { kind: "loseAnswer", method: "DELETE", path },
    ],
    left: ["new"],
    told: "changed",
  },
  "nowhere, with failures that pass": {
    situation: {
      uploadPrompts: chosen,
      rotateDialogs: { confirmDeletingOldAuthKey: [yes] },
      messages: { report: [yes, yes] },
    },
    faults: [
      { kind: "status", status: 500, method: "POST", path, times: 1 },
      { kind: "status", status: 500, method: "DELETE", path, times: 1 },
    ],
    left: ["new"],
    told: "changed",
  },
};

describe("rotating an auth key", () => {
  const desk = useAuthKeyDesk();

  for (const [name, { situation, faults = [], left, told }] of Object.entries(stops)) {
    it(`leaves the old key or the new one at every moment: stopped ${name}`, async () => {
      const { run, old } = await desk().open(situation);
      for (const fault of faults) desk().world.sandbox.addFault(fault);
      const end = desk().end(old, await run());
      assert.deepEqual(end, { left, fewest: 1, told, unexpected: [] });
    });
  }

  it("does not replace a key by itself, and shows its row where that is wanted", async () => {
    const { run, old } = await desk().open({
      uploadPrompts: chosen,
      rotateDialogs: { confirmDeletingOldAuthKey: [no] },
    });
    await run();
    const { sandbox, signedIn } = desk().world;
    const registered = sandbox.state.authKeys.find(({ title }) => title === "new")!;
    const services = desk().services({
      uploadPrompts: { chooseSource: [chooseFirst] },
      messages: { alreadyUploaded: [yes] },
    });
    const rows = await services.show(signedIn.inventory, "authKeys");
    const row = rows.find((one) => one.kind === "authKey" && one.authKey.title === "new");
    const said = await services.run((all) => rotateAuthKey(all, [row]));
    assert.deepEqual(
      [said.slice(-2), sandbox.state.authKeys.includes(registered), old.title !== "new"],
      [["alreadyUploaded new", `reveal ${row!.id}`], true, true],
    );
  });
});
