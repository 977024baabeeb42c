import assert from "node:assert/strict";
import type { HttpMethod } from "../../../src/ncloud/signature.ts";
import {
  givenUp,
  otherMakesRoom,
  taken,
  useAccessKeyDesk,
  type KeyStates,
} from "../support/accessKeyDesk.ts";
import { no, yes, type Situation } from "../support/fakeServices.ts";
import { withoutUnasked } from "../support/lastTold.ts";
import { nameOfPoint, pressCancel, type CancelPoint } from "../support/pressCancel.ts";

type End = readonly [left: KeyStates, told: string];

/** Cancelled before a request is sent, and once it is carried out, where that is another end. */
type Ends = Readonly<Record<string, { readonly unsent: End; readonly isDone?: End }>>;

const asBefore: End = [["active", "active"], "stopped"];
/** What a Cancel that comes too late for anything changes: nothing. */
const toTheEnd: End = [["active", "inactive"], "changed"];

/** All requests of a rotation for which room has to be made, in turn. */
const wholeRotation: Ends = {
  "GET 1": { unsent: asBefore, isDone: asBefore },
  "POST 1": { unsent: asBefore, isDone: asBefore },
  "PUT 1": { unsent: asBefore, isDone: toTheEnd },
  // A look at what a change has done is not the change.
  "GET 2": { unsent: toTheEnd, isDone: toTheEnd },
  "GET 3": { unsent: asBefore, isDone: asBefore },
  "POST 2": {
    unsent: asBefore,
    // The secret key was lost with the answer, and the key deleted.
    isDone: [["active", "active"], "offerToSwitchBack"],
  },
  "GET 4": { unsent: toTheEnd, isDone: toTheEnd },
  // Both are the check of the new key. Unchecked it is stored nowhere, and the person still takes it.
  "GET 5": { unsent: toTheEnd },
  "GET 6": { unsent: toTheEnd },
  "PUT 2": { unsent: [["active", "active", "inactive"], "bothActive"], isDone: toTheEnd },
  "GET 7": { unsent: toTheEnd, isDone: toTheEnd },
  "DELETE 1": { unsent: [["active", "inactive", "inactive"], "stopped"], isDone: toTheEnd },
  "GET 8": { unsent: toTheEnd, isDone: toTheEnd },
};

/** The requests that take back what a rotation has done, once the new key was given up. */
const wayBack: Ends = {
  "DELETE 1": {
    unsent: [["active", "active", "inactive"], "offerToDeleteUnused"],
    isDone: asBefore,
  },
  "PUT 2": { unsent: [["active", "inactive"], "offerToSwitchBack"], isDone: asBefore },
};

const person: Situation = {
  secretDialogs: { ...taken, secretLost: [yes] },
  rotateDialogs: {
    ...otherMakesRoom,
    confirmReplacement: [yes],
    confirmOldOff: [yes],
    offerToDeleteOld: [yes],
    offerToSwitchBack: [yes],
  },
  changeDialogs: { confirm: [yes] },
};
const personWhoGivesUp: Situation = {
  secretDialogs: givenUp,
  rotateDialogs: {
    ...otherMakesRoom,
    confirmReplacement: [no],
    offerToDeleteUnused: [yes],
    offerToSwitchBack: [yes],
  },
};

function pointsOf(ends: Ends): readonly (readonly [CancelPoint, End])[] {
  return Object.entries(ends).flatMap(([request, { unsent, isDone }]) => {
    const [method, nth] = request.split(" ");
    const point = { method: method as HttpMethod, nth: Number(nth) };
    return [
      [{ ...point, isDone: false }, unsent] as const,
      ...(isDone ? [[{ ...point, isDone: true }, isDone] as const] : []),
    ];
  });
}

describe("rotating an access key and pressing Cancel", () => {
  const desk = useAccessKeyDesk();

  function leavesAKey(ends: Ends, situation: Situation, when: string): void {
    for (const [point, [states, told]] of pointsOf(ends)) {
      it(`leaves a key that works at every moment: ${when}, at ${nameOfPoint(point)}`, async () => {
        const { run, services } = await desk().open({
          active: [true, true],
          signer: "another",
          situation,
        });
        const wasPressed = pressCancel(desk().world, services, point);
        const { unexpected, ...end } = desk().end(services, await run());
        assert.deepEqual(
          {
            ...end,
            wasPressed: wasPressed(),
            unexpected: withoutUnasked(unexpected),
          },
          { states, works: true, told, wasPressed: true, unexpected: [] },
        );
      });
    }
  }

  leavesAKey(wholeRotation, person, "on the way to a new one");
  leavesAKey(wayBack, personWhoGivesUp, "on the way back");

  it("knows every request that a Cancel button stands by", async () => {
    const { run, services } = await desk().open({
      active: [true, true],
      signer: "another",
      situation: person,
    });
    const counts: Record<string, number> = {};
    const { world } = desk();
    const { send } = world;
    world.send = (request, signal) => {
      if (services.progress.isShown) counts[request.method] = (counts[request.method] ?? 0) + 1;
      return send(request, signal);
    };
    await run();
    const last: Record<string, number> = {};
    for (const request of Object.keys(wholeRotation)) {
      const [method = "", nth] = request.split(" ");
      last[method] = Math.max(last[method] ?? 0, Number(nth));
    }
    assert.deepEqual(counts, last);
  });
});
