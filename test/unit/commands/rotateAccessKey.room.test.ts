import assert from "node:assert/strict";
import {
  givenUp,
  oldMakesRoom,
  otherId,
  otherMakesRoom,
  taken,
  useAccessKeyDesk,
  type AccessKeyStop,
} from "../support/accessKeyDesk.ts";
import { answer, no, yes } from "../support/fakeServices.ts";

const stops: Readonly<Record<string, AccessKeyStop>> = {
  "when room has to be made": {
    active: [true, true],
    situation: {
      secretDialogs: { confirmCreation: [yes] },
      rotateDialogs: { chooseToDeactivate: [answer(undefined)] },
    },
    left: ["active", "active"],
    told: "chooseToDeactivate",
  },
  "when the one that makes room is to be confirmed": {
    active: [true, true],
    situation: {
      secretDialogs: { confirmCreation: [yes] },
      rotateDialogs: { chooseToDeactivate: [answer(otherId)], confirmDeactivation: [no] },
    },
    left: ["active", "active"],
    told: "confirmDeactivation",
  },
  "when room cannot be made": {
    active: [true, true],
    situation: {
      secretDialogs: { confirmCreation: [yes] },
      rotateDialogs: otherMakesRoom,
      messages: { report: [no] },
    },
    faults: (path) => [{ kind: "status", status: 500, method: "PUT", path }],
    left: ["active", "active"],
    told: "stopped",
  },
  "when the key that made room is not wanted back": {
    active: [true, true],
    situation: {
      secretDialogs: { confirmCreation: [yes] },
      rotateDialogs: { ...otherMakesRoom, offerToSwitchBack: [no] },
      messages: { report: [no] },
    },
    faultsAfterRoom: (path) => [{ kind: "status", status: 500, method: "POST", path }],
    left: ["active", "inactive"],
    told: "offerToSwitchBack",
  },
  "when the old one made room, and is not wanted back": {
    active: [true, true],
    situation: {
      secretDialogs: { confirmCreation: [yes] },
      rotateDialogs: { ...oldMakesRoom, offerToSwitchBack: [no] },
      messages: { report: [no] },
    },
    faultsAfterRoom: (path) => [{ kind: "status", status: 500, method: "POST", path }],
    left: ["inactive", "active"],
    told: "offerToSwitchBack",
  },
  "when the key that made room is back on": {
    active: [true, true],
    situation: {
      secretDialogs: { confirmCreation: [yes] },
      rotateDialogs: { ...otherMakesRoom, offerToSwitchBack: [yes] },
      messages: { report: [no] },
    },
    faultsAfterRoom: (path) => [{ kind: "status", status: 500, method: "POST", path }],
    left: ["active", "active"],
    told: "stopped",
  },
  "when the key that made room cannot be switched back on": {
    active: [true, true],
    situation: {
      secretDialogs: { confirmCreation: [yes] },
      rotateDialogs: { ...otherMakesRoom, offerToSwitchBack: [yes] },
      messages: { report: [no, no] },
    },
    faultsAfterRoom: (path) =>
      ["POST", "PUT"].map((method) => ({ kind: "status", status: 500, method, path })),
    left: ["active", "inactive"],
    told: "report",
  },
  "when room was made for a key that is lost with its answer": {
    active: [true, true],
    situation: {
      secretDialogs: { confirmCreation: [yes], secretLost: [yes] },
      rotateDialogs: { ...oldMakesRoom, offerToSwitchBack: [yes] },
    },
    faultsAfterRoom: (path) => [{ kind: "loseAnswer", method: "POST", path }],
    left: ["active", "active"],
    told: "offerToSwitchBack",
  },
  "when room was made for a key that is lost, and kept in its place": {
    active: [true, true],
    situation: {
      secretDialogs: { confirmCreation: [yes], secretLost: [no] },
      rotateDialogs: { ...otherMakesRoom, offerToSwitchBack: [no] },
    },
    faultsAfterRoom: (path) => [{ kind: "loseAnswer", method: "POST", path }],
    left: ["active", "active", "inactive"],
    told: "offerToSwitchBack",
  },
  "when the secret key is given up, and the new key with it": {
    active: [true, true],
    situation: {
      secretDialogs: givenUp,
      rotateDialogs: {
        ...otherMakesRoom,
        offerToDeleteUnused: [yes],
        offerToSwitchBack: [yes],
      },
    },
    left: ["active", "active"],
    told: "stopped",
  },
  "nowhere, with room to be made": {
    active: [true, true],
    situation: {
      secretDialogs: taken,
      rotateDialogs: { ...otherMakesRoom, confirmOldOff: [yes], offerToDeleteOld: [no] },
    },
    left: ["active", "inactive", "inactive"],
    told: "offerToDeleteOld",
  },
  "nowhere, where the old one itself made room": {
    active: [true, true],
    situation: {
      secretDialogs: taken,
      rotateDialogs: { ...oldMakesRoom, offerToDeleteOld: [no] },
    },
    left: ["active", "inactive", "active"],
    told: "offerToDeleteOld",
  },
  "nowhere, where the old one was off before": {
    active: [false, true],
    situation: { secretDialogs: taken, rotateDialogs: { offerToDeleteOld: [no] } },
    left: ["active", "inactive", "active"],
    told: "offerToDeleteOld",
  },
};

describe("rotating one of two access keys and stopping on the way", () => {
  const desk = useAccessKeyDesk();

  for (const [name, { left, told, ...rotation }] of Object.entries(stops)) {
    it(`leaves a key that works at every moment: stopped ${name}`, async () => {
      const { run, services } = await desk().open(rotation);
      const end = desk().end(services, await run());
      assert.deepEqual(end, { states: left, works: true, told, unexpected: [] });
    });
  }

  /** How it ends when somebody else switches the old key while the new one is handed over. */
  async function endOnceSwitched(active: boolean, { left, told, situation }: AccessKeyStop) {
    const { run, services } = await desk().open({
      active: [!active, true],
      situation: {
        ...situation,
        secretDialogs: {
          confirmCreation: [yes],
          offerAccessKey: [
            () => {
              const [, old] = desk().owner.accessKeys;
              desk().owner.accessKeys[1] = { ...old!, active };
              return Promise.resolve("copySecret");
            },
            answer("close" as const),
          ],
        },
      },
    });
    const end = desk().end(services, await run());
    assert.deepEqual(end, { states: left, works: true, told, unexpected: [] });
  }

  it("asks before it switches the old key off, which somebody else has activated meanwhile", () =>
    endOnceSwitched(true, {
      situation: { rotateDialogs: { confirmOldOff: [no] } },
      left: ["active", "active", "active"],
      told: "bothActive",
    }));

  it("does not ask to switch the old key off, which somebody else has deactivated meanwhile", () =>
    endOnceSwitched(false, {
      situation: { rotateDialogs: { ...otherMakesRoom, offerToDeleteOld: [no] } },
      left: ["active", "inactive", "inactive"],
      told: "offerToDeleteOld",
    }));
});
