import assert from "node:assert/strict";
import type { FaultEffect } from "../../sandbox/faults.ts";
import { useApiKeyDesk, type ValueName } from "../support/apiKeyDesk.ts";
import { answer, no, yes, type Situation } from "../support/fakeServices.ts";

/** Somebody who takes the new secondary value, moves over to it, and says so. */
const movedOver = [answer("copySecondary" as const), answer("goOn" as const)];
const goOn = { afterSecondary: movedOver };
const failing = { kind: "status", status: 500 } as const;

/** A place where a rotation ends, with the dialogs up to it. */
interface Stop {
  readonly situation: Situation;
  /** What befalls the first request that renews this value. */
  readonly faults?: Readonly<Partial<Record<ValueName, FaultEffect>>>;
  /** Which values are new at the end, in the order in which they became so. */
  readonly renewed: readonly ValueName[];
  /** The dialog or the message that is the last. */
  readonly told: string;
}

const stops: Readonly<Record<string, Stop>> = {
  "before the secondary": {
    situation: { changeDialogs: { confirmRenewal: [no] } },
    renewed: [],
    told: "stopped",
  },
  "by a failure of the secondary": {
    situation: { changeDialogs: { confirmRenewal: [yes] }, messages: { report: [no] } },
    faults: { secondary: failing },
    renewed: [],
    told: "stopped",
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
      rotateDialogs: goOn,
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
    renewed: ["secondary", "primary"],
    told: "bothRenewed",
  },
  "nowhere, with answers that are lost": {
    situation: { changeDialogs: { confirmRenewal: [yes, yes] }, rotateDialogs: goOn },
    faults: { primary: { kind: "loseAnswer" }, secondary: { kind: "loseAnswer" } },
    renewed: ["secondary", "primary"],
    told: "bothRenewed",
  },
  "nowhere, with failures that pass": {
    situation: {
      // What is new already is not renewed again; the person is asked again whether all moved over.
      changeDialogs: { confirmRenewal: [yes, yes, yes, yes] },
      rotateDialogs: { afterSecondary: [...movedOver, answer("goOn" as const)] },
      messages: { report: [yes, yes] },
    },
    faults: { primary: failing, secondary: failing },
    renewed: ["secondary", "primary"],
    told: "bothRenewed",
  },
};

describe("rotating an API key and stopping on the way", () => {
  const desk = useApiKeyDesk();

  /** Which value a request renews is in its body, so the second fault waits for the first value. */
  function befall(id: string, { secondary, primary }: NonNullable<Stop["faults"]>) {
    const { sandbox } = desk().world;
    const before = desk().valuesOf(id).secondaryKey;
    const request = { method: "PATCH", path: `/api/v1/api-keys/${id}`, times: 1 };
    if (secondary) sandbox.addFault({ ...secondary, ...request });
    let left = primary;
    sandbox.state.apiKeys.onChange(() => {
      if (!left || desk().valuesOf(id).secondaryKey === before) return;
      sandbox.addFault({ ...left, ...request });
      left = undefined;
    });
  }

  for (const [name, { situation, faults = {}, renewed, told }] of Object.entries(stops)) {
    it(`keeps a value that works at every moment: stopped ${name}`, async () => {
      const { run, id, services } = await desk().open(situation);
      befall(id, faults);
      const end = desk().end(id, services, await run());
      assert.deepEqual(end, { renewed, works: true, told, unexpected: [] });
    });
  }
});
