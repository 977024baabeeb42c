import assert from "node:assert/strict";
import { givenUp, taken, useAccessKeyDesk, type AccessKeyStop } from "../support/accessKeyDesk.ts";
import { no, yes } from "../support/fakeServices.ts";

const stops: Readonly<Record<string, AccessKeyStop>> = {
  "before anything": {
    situation: { secretDialogs: { confirmCreation: [no] } },
    left: ["active"],
    told: "confirmCreation",
  },
  "when the new key cannot be made": {
    situation: { secretDialogs: { confirmCreation: [yes] }, messages: { report: [no] } },
    faults: (path) => [{ kind: "status", status: 500, method: "POST", path }],
    left: ["active"],
    told: "stopped",
  },
  "when the new key is lost with its answer": {
    situation: { secretDialogs: { confirmCreation: [yes], secretLost: [no] } },
    faults: (path) => [{ kind: "loseAnswer", method: "POST", path }],
    left: ["active", "active"],
    told: "secretLost",
  },
  "when a key that is lost with its answer cannot be deleted at first": {
    situation: {
      secretDialogs: { confirmCreation: [yes], secretLost: [yes] },
      messages: { report: [yes] },
    },
    faults: (path) => [
      { kind: "loseAnswer", method: "POST", path },
      { kind: "status", status: 500, method: "DELETE", path, times: 1 },
    ],
    left: ["active"],
    told: "accessKeyDeleted",
  },
  "when the secret key is given up": {
    situation: { secretDialogs: givenUp, rotateDialogs: { offerToDeleteUnused: [no] } },
    left: ["active", "active"],
    told: "offerToDeleteUnused",
  },
  "when the new key that was given up cannot be deleted": {
    situation: {
      secretDialogs: givenUp,
      rotateDialogs: { offerToDeleteUnused: [yes] },
      messages: { report: [no] },
    },
    faults: (path) => [{ kind: "status", status: 500, method: "DELETE", path }],
    left: ["active", "active"],
    told: "report",
  },
  "when our account is to use the new key": {
    signer: "another",
    situation: {
      secretDialogs: taken,
      rotateDialogs: { confirmReplacement: [no], confirmOldOff: [no] },
    },
    left: ["active", "active"],
    told: "bothActive",
  },
  "when the new key is not accepted for our account": {
    signer: "another",
    situation: {
      secretDialogs: taken,
      rotateDialogs: { confirmReplacement: [yes], confirmOldOff: [no] },
      messages: { report: [no] },
    },
    faults: () => [{ kind: "status", status: 500, method: "GET", path: /[?&](limit|size)=1(&|$)/ }],
    left: ["active", "active"],
    told: "bothActive",
  },
  "before the old one is switched off": {
    situation: { secretDialogs: taken, rotateDialogs: { confirmOldOff: [no] } },
    left: ["active", "active"],
    told: "bothActive",
  },
  "when the old one cannot be switched off": {
    situation: {
      secretDialogs: taken,
      rotateDialogs: { confirmOldOff: [yes] },
      messages: { report: [no] },
    },
    faults: (path) => [{ kind: "status", status: 500, method: "PUT", path }],
    left: ["active", "active"],
    told: "bothActive",
  },
  "when the answer to switching the old one off is lost": {
    situation: {
      secretDialogs: taken,
      rotateDialogs: { confirmOldOff: [yes], offerToDeleteOld: [no] },
    },
    faults: (path) => [{ kind: "loseAnswer", method: "PUT", path }],
    left: ["active", "inactive"],
    told: "offerToDeleteOld",
  },
  "before the old one is deleted": {
    situation: {
      secretDialogs: taken,
      rotateDialogs: { confirmOldOff: [yes], offerToDeleteOld: [no] },
    },
    left: ["active", "inactive"],
    told: "offerToDeleteOld",
  },
  "when the deletion is to be confirmed": {
    situation: {
      secretDialogs: taken,
      rotateDialogs: { confirmOldOff: [yes], offerToDeleteOld: [yes] },
      changeDialogs: { confirm: [no] },
    },
    left: ["active", "inactive"],
    told: "confirm",
  },
  "when the deletion fails": {
    situation: {
      secretDialogs: taken,
      rotateDialogs: { confirmOldOff: [yes], offerToDeleteOld: [yes] },
      changeDialogs: { confirm: [yes] },
      messages: { report: [no] },
    },
    faults: (path) => [{ kind: "status", status: 500, method: "DELETE", path }],
    left: ["active", "inactive"],
    told: "report",
  },
  nowhere: {
    situation: {
      secretDialogs: taken,
      rotateDialogs: { confirmOldOff: [yes], offerToDeleteOld: [yes] },
      changeDialogs: { confirm: [yes] },
    },
    left: ["active"],
    told: "changed",
  },
  "nowhere, with failures that pass": {
    situation: {
      secretDialogs: taken,
      rotateDialogs: { confirmOldOff: [yes], offerToDeleteOld: [yes] },
      changeDialogs: { confirm: [yes] },
      messages: { report: [yes, yes, yes] },
    },
    faults: (path) =>
      ["POST", "PUT", "DELETE"].map((method) => {
        return { kind: "status", status: 500, method, path, times: 1 };
      }),
    left: ["active"],
    told: "changed",
  },
};

describe("rotating an access key and stopping on the way", () => {
  const desk = useAccessKeyDesk();

  for (const [name, { left, told, ...rotation }] of Object.entries(stops)) {
    it(`leaves a key that works at every moment: stopped ${name}`, async () => {
      const { run, services } = await desk().open(rotation);
      const end = desk().end(services, await run());
      assert.deepEqual(end, { states: left, works: true, told, unexpected: [] });
    });
  }
});
