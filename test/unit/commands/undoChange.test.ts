import assert from "node:assert/strict";
import { changeKeys } from "../../../src/commands/changeKeys.ts";
import { Secret } from "../../../src/ncloud/secret.ts";
import { authKeyOf } from "../../sandbox/state.ts";
import { no, yes, type Situation } from "../support/fakeServices.ts";
import { newEd25519 } from "../support/newKeys.ts";
import { useUploadDesk } from "../support/uploadDesk.ts";

describe("putting deleted auth keys back", () => {
  const desk = useUploadDesk({ authKeys: 1 });

  /** Two auth keys of this computer, and one that is not. */
  async function open(situation: Situation) {
    const { world } = desk();
    const { authKeys } = world.sandbox.state;
    const second = newEd25519("second");
    const files = [
      { fileName: "id.pub", title: "laptop", key: desk().key },
      { fileName: "second.pub", title: "desk", key: second },
    ].map((file) => ({ ...file, path: desk().write(file.fileName, `${file.key.line}\n`) }));
    const kind = { type: "ssh-ed25519", bits: 256, sha256Fingerprint: "" };
    world.localKeys = files.map(({ path, fileName, key: { fingerprint } }) => {
      return { path, fileName, fingerprint, ...kind };
    });
    for (const { title, key } of files) authKeys.push(authKeyOf(title, key.blob, 0));
    const inventory = await world.signIn({ nsmlApiKey: new Secret(world.sandbox.apiKeyValue) });
    await inventory.localKeys.load();
    const services = desk().services({ changeDialogs: { confirm: [yes] }, ...situation });
    const rows = await services.show(inventory, "authKeys");
    const titles = () => authKeys.map(({ title }) => title);
    const deleteAll = () =>
      services.run((all) => changeKeys(all, "authKey", "delete", [rows[0], rows]));
    return { deleteAll, titles };
  }

  it("registers those again whose public keys are on this computer, under their titles", async () => {
    const undoable: number[] = [];
    const { deleteAll, titles } = await open({
      changeReports: {
        summary: [
          (_action, results, of) => {
            undoable.push(results.length, of.undoable);
            return yes();
          },
        ],
      },
    });
    const said = await deleteAll();
    assert.deepEqual(
      {
        titles: titles().sort(),
        undoable,
        said: said.filter((line) => line.startsWith("summary")).length,
      },
      {
        titles: ["desk", "laptop"],
        undoable: [3, 2],
        said: 2,
      },
    );
  });

  it("leaves one away whose file has become another key, and puts the others back", async () => {
    const ends: string[] = [];
    const { deleteAll, titles } = await open({
      changeReports: {
        summary: [
          () => {
            desk().write("id.pub", `${newEd25519().line}\n`);
            return yes();
          },
          (_change, results) => {
            ends.push(...results.map(({ outcome }) => outcome.kind));
            return no();
          },
        ],
      },
    });
    await deleteAll();
    assert.deepEqual([titles(), ends], [["desk"], ["fileChanged", "done"]]);
  });

  it("goes on past one that fails, and sums up without another offer", async () => {
    const summaries: unknown[] = [];
    const { deleteAll, titles } = await open({
      changeReports: {
        summary: [
          yes,
          (change, results, { undoable }) => {
            summaries.push(change, ...results.map(({ outcome }) => outcome.kind), undoable);
            return no();
          },
        ],
      },
    });
    const { sandbox } = desk().world;
    sandbox.addFault({ kind: "status", status: 500, method: "POST", path: "/nsml/", times: 1 });
    await deleteAll();
    assert.deepEqual(
      { titles: titles(), summaries },
      { titles: ["desk"], summaries: ["restore", "failed", "done", 0] },
    );
  });

  it("puts none back once another account is in view, and says so", async () => {
    const { deleteAll, titles } = await open({
      changeReports: {
        summary: [
          async () => {
            await desk().world.signOut();
            return true;
          },
        ],
      },
    });
    const said = await deleteAll();
    assert.deepEqual([titles(), said.at(-1)], [[], "notUndone"]);
  });
});
