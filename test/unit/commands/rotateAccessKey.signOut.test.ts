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
import { withoutUnasked } from "../support/lastTold.ts";
import { nodeFetchTransport } from "../../../src/ncloud/nodeFetchTransport.ts";

describe("rotating an access key and being signed out on the way", () => {
  const desk = useAccessKeyDesk();
  /** The dialog is answered once the account is gone. */
  const out =
    <T>(value: T) =>
    async () => {
      await desk().world.signOut();
      return value;
    };

  const signOuts: Readonly<Record<string, AccessKeyStop>> = {
    "before the new key is made": {
      situation: { secretDialogs: { confirmCreation: [out(true)] } },
      left: ["active"],
      told: "stopped",
    },
    "before room is made": {
      active: [true, true],
      situation: {
        secretDialogs: { confirmCreation: [yes] },
        rotateDialogs: {
          chooseToDeactivate: [answer(otherId)],
          confirmDeactivation: [out(true)],
        },
      },
      left: ["active", "active"],
      told: "stopped",
    },
    "before the key that made room is on again": {
      active: [true, true],
      situation: {
        secretDialogs: { confirmCreation: [yes] },
        rotateDialogs: { ...otherMakesRoom, offerToSwitchBack: [out(true)] },
        messages: { report: [no] },
      },
      faultsAfterRoom: (path) => [{ kind: "status", status: 500, method: "POST", path }],
      left: ["active", "inactive"],
      told: "offerToSwitchBack",
    },
    "with the new secret key in hand": {
      situation: {
        secretDialogs: {
          confirmCreation: [yes],
          offerAccessKey: [out("copySecret" as const), answer("close" as const)],
        },
      },
      left: ["active", "active"],
      told: "bothActive",
    },
    "with the new secret key in hand, when the old one made room": {
      active: [true, true],
      situation: {
        secretDialogs: {
          confirmCreation: [yes],
          offerAccessKey: [out("copySecret" as const), answer("close" as const)],
        },
        rotateDialogs: oldMakesRoom,
      },
      left: ["active", "inactive", "active"],
      told: "oldIsOff",
    },
    "when the new secret key is given up": {
      situation: { secretDialogs: { ...givenUp, confirmLoss: [out(true)] } },
      left: ["active", "active"],
      told: "unusedLeft",
    },
    "before the new key, that was given up, is deleted": {
      situation: {
        secretDialogs: givenUp,
        rotateDialogs: { offerToDeleteUnused: [out(true)] },
      },
      left: ["active", "active"],
      told: "offerToDeleteUnused",
    },
    "before another account gets the new key": {
      signer: "another",
      situation: {
        secretDialogs: { confirmCreation: [yes], offerAccessKey: [answer("close" as const)] },
        rotateDialogs: { confirmReplacement: [out(true)] },
      },
      left: ["active", "active"],
      told: "bothActive",
    },
    "before the old one is switched off": {
      situation: { secretDialogs: taken, rotateDialogs: { confirmOldOff: [out(true)] } },
      left: ["active", "active"],
      told: "bothActive",
    },
    "before the old one is deleted": {
      situation: {
        secretDialogs: taken,
        rotateDialogs: { confirmOldOff: [yes], offerToDeleteOld: [out(true)] },
      },
      left: ["active", "inactive"],
      told: "offerToDeleteOld",
    },
    "when the deletion is confirmed": {
      situation: {
        secretDialogs: taken,
        rotateDialogs: { confirmOldOff: [yes], offerToDeleteOld: [yes] },
        changeDialogs: { confirm: [out(true)] },
      },
      left: ["active", "inactive"],
      told: "stopped",
    },
  };

  for (const [name, { left, told, ...rotation }] of Object.entries(signOuts)) {
    it(`leaves a key that works, and says where things stand: ${name}`, async () => {
      const { run, services } = await desk().open(rotation);
      const end = desk().end(services, await run());
      assert.deepEqual(end, { states: left, works: true, told, unexpected: [] });
    });
  }

  /** What becomes of a request that NCP carries out while the account is signed out. */
  const underWay: Readonly<Record<"POST" | "PUT" | "DELETE", Omit<AccessKeyStop, "situation">>> = {
    POST: { left: ["active", "active"], told: "bothActive" },
    PUT: { left: ["active", "inactive"], told: "uncertainAccessKey" },
    DELETE: { left: ["active"], told: "uncertain" },
  };

  for (const [method, { left, told }] of Object.entries(underWay)) {
    it(`leaves a key that works, and says where things stand: while a ${method} is answered`, async () => {
      const { run, services } = await desk().open({
        situation: {
          secretDialogs: taken,
          rotateDialogs: { confirmOldOff: [yes], offerToDeleteOld: [yes] },
          changeDialogs: { confirm: [yes] },
        },
      });
      const { world } = desk();
      world.send = async (request, signal) => {
        const answer = await nodeFetchTransport.send(request, signal);
        if (request.method === method) await world.signOut();
        return answer;
      };
      const { unexpected, ...end } = desk().end(services, await run());
      assert.deepEqual(
        { ...end, unexpected: withoutUnasked(unexpected) },
        { states: left, works: true, told, unexpected: [] },
      );
    });
  }
});
