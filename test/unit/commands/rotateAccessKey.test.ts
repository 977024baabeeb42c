import assert from "node:assert/strict";
import { Secret } from "../../../src/ncloud/secret.ts";
import { otherId, otherMakesRoom, taken, useAccessKeyDesk } from "../support/accessKeyDesk.ts";
import { answer, no, yes } from "../support/fakeServices.ts";

describe("rotating an access key", () => {
  const desk = useAccessKeyDesk();
  const sandbox = () => desk().world.sandbox;

  it("says so when nobody knows whether the old one is off", async () => {
    const { run, services } = await desk().open({
      situation: {
        secretDialogs: taken,
        rotateDialogs: {
          confirmOldOff: [
            () => {
              const { path } = desk();
              sandbox().addFault({ kind: "loseAnswer", method: "PUT", path });
              sandbox().addFault({ kind: "status", status: 500, method: "GET", path });
              return yes();
            },
          ],
        },
      },
    });
    const said = await run();
    assert.deepEqual(
      { told: said.at(-1), states: desk().states, works: desk().fewestWorking(services.copied) },
      {
        told: `uncertainAccessKey ${desk().owner.accessKeys[1]?.accessKey} unsettled`,
        states: ["active", "inactive"],
        works: 1,
      },
    );
  });

  it("names the key that made room at the end", async () => {
    const rooms: unknown[] = [];
    const { run } = await desk().open({
      active: [true, true],
      situation: {
        secretDialogs: taken,
        rotateDialogs: {
          ...otherMakesRoom,
          confirmOldOff: [yes],
          offerToDeleteOld: [
            ({ madeRoom }) => {
              rooms.push(madeRoom);
              return no();
            },
          ],
        },
      },
    });
    await run();
    assert.deepEqual(rooms, [otherId]);
  });

  it("hands the secret key over, whatever becomes of the keychain meanwhile", async () => {
    const { run, services } = await desk().open({
      situation: {
        secretDialogs: {
          ...taken,
          confirmCreation: [
            () => {
              desk().world.computer.onKeychain = () => {
                throw new Error("The keychain is locked.");
              };
              return yes();
            },
          ],
        },
      },
    });
    const said = await run();
    assert.deepEqual(
      { clipboard: services.clipboard, states: desk().states, last: said.at(-1) },
      {
        clipboard: desk().owner.accessKeys[0]?.secretKey,
        states: ["active", "active"],
        last: "bothActive",
      },
    );
  });

  it("does not let the key that signs for us make room", async () => {
    const offered: unknown[] = [];
    const { run, oldId } = await desk().open({
      active: [true, true],
      situation: {
        secretDialogs: { confirmCreation: [yes] },
        rotateDialogs: {
          chooseToDeactivate: [
            (keys) => {
              offered.push(keys.map(({ accessKeyId }) => accessKeyId));
              return Promise.resolve(undefined);
            },
          ],
        },
      },
    });
    const secretKey = new Secret(desk().owner.accessKeys[0]!.secretKey);
    await desk().world.store.save(desk().world.account({ accessKeyId: oldId, secretKey }));
    await desk().world.session.reopen();
    await run();
    assert.deepEqual(offered, [[otherId]]);
  });

  it("never switches off the only active key to make room", async () => {
    const { run } = await desk().open({ situation: { secretDialogs: { confirmCreation: [yes] } } });
    sandbox().state.switches.mostActiveAccessKeys = 1;
    const said = await run();
    assert.deepEqual(
      { last: said.at(-1), states: desk().states },
      { last: "noRoom", states: ["active"] },
    );
  });

  it("has an account of ours sign with the new key before the old one is touched", async () => {
    const { run, oldId } = await desk().open({
      signer: "another",
      situation: {
        secretDialogs: { confirmCreation: [yes], offerAccessKey: [answer("close" as const)] },
        rotateDialogs: {
          confirmReplacement: [yes],
          confirmOldOff: [yes],
          offerToDeleteOld: [no],
        },
      },
    });
    await run();
    const stored = await desk().world.store.read("account-2");
    const now = stored.status === "present" ? stored.account : undefined;
    const newKey = desk().owner.accessKeys.find(({ accessKey }) => accessKey === now?.accessKeyId);
    assert.deepEqual(
      {
        isNew: now?.accessKeyId !== oldId,
        signs: now?.secretKey.reveal() === newKey?.secretKey,
        states: desk().states,
      },
      { isNew: true, signs: true, states: ["active", "inactive"] },
    );
  });
});
