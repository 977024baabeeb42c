import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import type { HttpMethod } from "../../../src/ncloud/signature.ts";
import { nodeFetchTransport } from "../../../src/ncloud/nodeFetchTransport.ts";
import { keyGenerator } from "../../../src/ssh/sshKeygen.ts";
import { SshKeygenError } from "../../../src/ssh/sshKeygenError.ts";
import type { GeneratePrompts } from "../../../src/ui/generatePrompts.ts";
import { chooseFirst, chosen, useAuthKeyDesk, type AuthKeyNames } from "../support/authKeyDesk.ts";
import { answer, cancelled, given, no, yes, type Situation } from "../support/fakeServices.ts";
import { withoutUnasked } from "../support/lastTold.ts";
import { nameOfPoint, pressCancel } from "../support/pressCancel.ts";
import type { Answers } from "../support/scripted.ts";

type End = readonly [left: AuthKeyNames, told: string];

const notUploaded: End = [["old"], "oldAuthKeyUntouched"];
const toTheEnd: End = [["new"], "changed"];

const person: Situation = {
  uploadPrompts: chosen,
  rotateDialogs: { confirmDeletingOldAuthKey: [yes] },
};

describe("rotating an auth key and being interrupted", () => {
  const desk = useAuthKeyDesk();

  /** Cancelled before a request is sent, and once it is carried out. */
  const cancels: Readonly<Record<string, readonly [unsent: End, isDone: End]>> = {
    "GET 1": [notUploaded, notUploaded],
    "POST 1": [notUploaded, toTheEnd],
    // A look at what a change has done is not the change.
    "GET 2": [toTheEnd, toTheEnd],
    "DELETE 1": [[["old", "new"], "bothInNsml"], toTheEnd],
    "GET 3": [toTheEnd, toTheEnd],
  };

  for (const [request, ends] of Object.entries(cancels)) {
    for (const [index, [left, told]] of ends.entries()) {
      const [method, nth] = request.split(" ");
      const point = { method: method as HttpMethod, nth: Number(nth), isDone: index === 1 };
      it(`leaves the old key or the new one: by Cancel at ${nameOfPoint(point)}`, async () => {
        const { run, services, old } = await desk().open(person);
        const wasPressed = pressCancel(desk().world, services, point);
        const { unexpected, ...end } = desk().end(old, await run());
        assert.deepEqual(
          { ...end, wasPressed: wasPressed(), unexpected: withoutUnasked(unexpected) },
          { left, fewest: 1, told, wasPressed: true, unexpected: [] },
        );
      });
    }
  }

  /** The dialog is answered once the account is gone. */
  const out =
    <T>(value: T) =>
    async () => {
      await desk().world.signOut();
      return value;
    };

  const signOuts: Readonly<Record<string, { readonly situation: Situation; readonly end: End }>> = {
    "before the new one is uploaded": {
      situation: { uploadPrompts: { chooseSource: [chooseFirst], askTitle: [out("new")] } },
      end: notUploaded,
    },
    "before the old one is deleted": {
      situation: {
        uploadPrompts: chosen,
        rotateDialogs: { confirmDeletingOldAuthKey: [out(true)] },
      },
      end: [["old", "new"], "bothInNsml"],
    },
  };

  for (const [name, { situation, end }] of Object.entries(signOuts)) {
    it(`leaves the old key or the new one: by a sign-out ${name}`, async () => {
      const [left, told] = end;
      const { run, old } = await desk().open(situation);
      assert.deepEqual(desk().end(old, await run()), { left, fewest: 1, told, unexpected: [] });
    });
  }

  const underWay: Readonly<Record<"POST" | "DELETE", End>> = {
    POST: [["old", "new"], "oldAuthKeyUntouched"],
    DELETE: [["new"], "uncertain"],
  };

  for (const [method, [left, told]] of Object.entries(underWay)) {
    it(`leaves the old key or the new one: by a sign-out while a ${method} is answered`, async () => {
      const { run, old } = await desk().open(person);
      const { world } = desk();
      world.send = async (request, signal) => {
        const answer = await nodeFetchTransport.send(request, signal);
        if (request.method === method) await world.signOut();
        return answer;
      };
      const { unexpected, ...end } = desk().end(old, await run());
      assert.deepEqual(
        { ...end, unexpected: withoutUnasked(unexpected) },
        { left, fewest: 1, told, unexpected: [] },
      );
    });
  }
});

/** What is proposed, accepted. */
const proposed = (_: unknown, initial: string) =>
  Promise.resolve({ kind: "given", value: initial } as const);

/** Somebody who has a key pair made as it is proposed, but for what is changed. */
function generating(
  changes: Answers<GeneratePrompts> = {},
  situation: Omit<Situation, "generatePrompts"> = {},
): Situation {
  return {
    keyGenerator: { ...keyGenerator, defaultComment: () => "kim@desk" },
    generatePrompts: {
      askType: [given("ed25519")],
      askFileName: [proposed],
      askComment: [proposed],
      askPassphrase: [given(undefined)],
      ...changes,
    },
    ...situation,
    uploadPrompts: { chooseSource: [answer({ kind: "generate" })], ...situation.uploadPrompts },
  };
}

/** A place where it ends, with the dialogs up to it. */
interface Stop {
  readonly situation: Situation;
  readonly left: AuthKeyNames;
  readonly told: string;
  /** Whether the new key pair is on this computer. */
  readonly isMade: boolean;
}

const stops: Readonly<Record<string, Stop>> = {
  "as there is no ssh-keygen": {
    situation: {
      keyGenerator: {
        ...keyGenerator,
        find: () => Promise.reject(new SshKeygenError("notInstalled", "on purpose")),
      },
      uploadPrompts: { chooseSource: [answer({ kind: "generate" })] },
      generateMessages: { notInstalled: [no] },
    },
    left: ["old"],
    told: "oldAuthKeyUntouched",
    isMade: false,
  },
  "before its passphrase is given": {
    situation: generating({ askPassphrase: [cancelled] }),
    left: ["old"],
    told: "oldAuthKeyUntouched",
    isMade: false,
  },
  "while it is made": {
    situation: generating(
      {},
      { generateMessages: { whileGenerating: [(_, run) => run(AbortSignal.abort())] } },
    ),
    left: ["old"],
    told: "oldAuthKeyUntouched",
    isMade: false,
  },
  "as it cannot be made": {
    situation: generating(
      {},
      {
        keyGenerator: {
          ...keyGenerator,
          generate: () => Promise.reject(new SshKeygenError("failed", "on purpose")),
        },
        generateMessages: { generationFailed: [no] },
      },
    ),
    left: ["old"],
    told: "oldAuthKeyUntouched",
    isMade: false,
  },
  "before it has a title": {
    situation: generating({}, { uploadPrompts: { askTitle: [answer(undefined)] } }),
    left: ["old"],
    told: "oldAuthKeyUntouched",
    isMade: true,
  },
  "before the old one is deleted": {
    situation: generating(
      {},
      {
        uploadPrompts: { askTitle: [answer("new")] },
        rotateDialogs: { confirmDeletingOldAuthKey: [no] },
      },
    ),
    left: ["old", "new"],
    told: "bothInNsml",
    isMade: true,
  },
  nowhere: {
    situation: generating(
      {},
      {
        uploadPrompts: { askTitle: [answer("new")] },
        rotateDialogs: { confirmDeletingOldAuthKey: [yes] },
      },
    ),
    left: ["new"],
    told: "changed",
    isMade: true,
  },
};

describe("rotating an auth key to a key pair that is made for it", () => {
  const desk = useAuthKeyDesk();

  for (const [name, { situation, left, told, isMade }] of Object.entries(stops)) {
    it(`leaves the old key or the new one at every moment: stopped ${name}`, async () => {
      const { run, old } = await desk().open(situation);
      const end = desk().end(old, await run());
      const files = readdirSync(desk().folder).filter((file) => file.endsWith("_nsml.pub"));
      assert.deepEqual(
        { ...end, isMade: files.length === 1 },
        { left, fewest: 1, told, unexpected: [], isMade },
      );
    });
  }
});
