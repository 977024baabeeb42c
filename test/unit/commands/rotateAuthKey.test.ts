import assert from "node:assert/strict";
import { rotateAuthKey } from "../../../src/commands/rotateAuthKey.ts";
import { md5OfBlob } from "../../sandbox/sshKey.ts";
import { Secret } from "../../../src/ncloud/secret.ts";
import type { UploadPrompts } from "../../../src/ui/prompts.ts";
import type { Fault } from "../../sandbox/faults.ts";
import { fewestOf } from "../../sandbox/keyHistory.ts";
import { answer, no, yes, type Situation } from "../support/fakeServices.ts";
import { useUploadDesk } from "../support/uploadDesk.ts";

const chooseFirst: UploadPrompts["chooseSource"] = async (choices) => {
  const [file] = (await choices).files;
  return file && { kind: "file", file };
};
/** Somebody who chooses the key of this computer, and its title. */
const chosen = { chooseSource: [chooseFirst], askTitle: [answer("new")] };
const path = "/nsml/v1/auth-keys";

/** A place where a rotation ends, with the dialogs up to it. */
interface Stop {
  readonly situation: Situation;
  readonly faults?: readonly Fault[];
  /** Which of the two NSML has at the end. */
  readonly left: readonly ("old" | "new")[];
  /** The dialog or the message that is the last. */
  readonly told: string;
}

const stops: Readonly<Record<string, Stop>> = {
  "before a key is chosen": {
    situation: { uploadPrompts: { chooseSource: [answer(undefined)] } },
    left: ["old"],
    told: "chooseSource",
  },
  "before it has a title": {
    situation: { uploadPrompts: { chooseSource: [chooseFirst], askTitle: [answer(undefined)] } },
    left: ["old"],
    told: "askTitle",
  },
  "while it is uploaded": {
    situation: {
      uploadPrompts: chosen,
      messages: { whileUploading: [(_, run) => run(AbortSignal.abort())] },
    },
    left: ["old"],
    told: "uploadCancelled",
  },
  "when the upload fails": {
    situation: { uploadPrompts: chosen, messages: { report: [no] } },
    faults: [{ kind: "status", status: 500, method: "POST", path }],
    left: ["old"],
    told: "report",
  },
  "before the old one is deleted": {
    situation: { uploadPrompts: chosen, rotateDialogs: { confirmDeletingOldAuthKey: [no] } },
    left: ["old", "new"],
    told: "bothInNsml",
  },
  "while the old one is deleted": {
    situation: {
      uploadPrompts: chosen,
      rotateDialogs: { confirmDeletingOldAuthKey: [yes] },
      changeDialogs: {
        whileChanging: [(_action, _rows, run) => run(AbortSignal.abort(), () => undefined)],
      },
    },
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
  const desk = useUploadDesk({ authKeys: 2 });
  const world = () => desk().world;

  async function open(situation: Situation) {
    const { sandbox } = world();
    const inventory = await world().signIn({ nsmlApiKey: new Secret(sandbox.apiKeyValue) });
    const services = desk().services(situation);
    const [row] = await services.show(inventory, "authKeys");
    assert.ok(row?.kind === "authKey");
    sandbox.history.restart();
    return { run: () => services.run((all) => rotateAuthKey(all, [row])), old: row.authKey };
  }

  for (const [name, { situation, faults = [], left, told }] of Object.entries(stops)) {
    it(`leaves the old key or the new one at every moment: stopped ${name}`, async () => {
      const { run, old } = await open(situation);
      const { sandbox } = world();
      for (const fault of faults) sandbox.addFault(fault);
      const said = await run();
      const names = { old: old.name, new: md5OfBlob(desk().key.blob) };
      const moments = sandbox.history.authKeys();
      const isLeft = (which: "old" | "new") => moments.at(-1)?.keys.includes(names[which]);
      assert.deepEqual(
        {
          left: (["old", "new"] as const).filter(isLeft),
          fewest: fewestOf(moments, Object.values(names)),
          told: said.at(-1)?.split(" ")[0],
          unexpected: said.filter((line) => /nobody|not asked/.test(line)),
        },
        { left, fewest: 1, told, unexpected: [] },
      );
    });
  }

  it("does not replace a key by itself", async () => {
    const { run, old } = await open({
      uploadPrompts: { chooseSource: [chooseFirst], askTitle: [answer("new")] },
      rotateDialogs: { confirmDeletingOldAuthKey: [no] },
    });
    await run();
    const registered = world().sandbox.state.authKeys.find(({ title }) => title === "new")!;
    const services = desk().services({ uploadPrompts: { chooseSource: [chooseFirst] } });
    const rows = await services.show(world().signedIn.inventory, "authKeys");
    const row = rows.find((one) => one.kind === "authKey" && one.authKey.title === "new");
    const said = await services.run((all) => rotateAuthKey(all, [row]));
    assert.deepEqual(
      [said.at(-1), world().sandbox.state.authKeys.includes(registered), old.title !== "new"],
      ["alreadyUploaded new", true, true],
    );
  });
});
