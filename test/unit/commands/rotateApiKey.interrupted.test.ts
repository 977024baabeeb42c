import assert from "node:assert/strict";
import type { HttpMethod } from "../../../src/ncloud/signature.ts";
import { nodeFetchTransport } from "../../../src/ncloud/nodeFetchTransport.ts";
import { useApiKeyDesk, type ValueName } from "../support/apiKeyDesk.ts";
import { answer, yes, type Situation } from "../support/fakeServices.ts";
import { withoutUnasked } from "../support/lastTold.ts";
import { nameOfPoint, pressCancel } from "../support/pressCancel.ts";

type End = readonly [renewed: readonly ValueName[], told: string];

const untouched: End = [[], "stopped"];
const halfWay: End = [["secondary"], "secondaryOnly"];
const toTheEnd: End = [["secondary", "primary"], "bothRenewed"];

const movedOver = [answer("copySecondary" as const), answer("goOn" as const)];
const person: Situation = {
  changeDialogs: { confirmRenewal: [yes, yes] },
  rotateDialogs: { afterSecondary: movedOver },
};

describe("rotating an API key and being interrupted", () => {
  const desk = useApiKeyDesk();

  /** Cancelled before a request is sent, and once it is carried out. */
  const cancels: Readonly<Record<string, readonly [unsent: End, isDone: End]>> = {
    "GET 1": [untouched, untouched],
    "GET 2": [untouched, untouched],
    "PATCH 1": [untouched, toTheEnd],
    // A look at what a change has done is not the change.
    "GET 3": [toTheEnd, toTheEnd],
    "GET 4": [halfWay, halfWay],
    "GET 5": [halfWay, halfWay],
    "PATCH 2": [halfWay, toTheEnd],
    "GET 6": [toTheEnd, toTheEnd],
  };

  for (const [request, ends] of Object.entries(cancels)) {
    for (const [index, [renewed, told]] of ends.entries()) {
      const [method, nth] = request.split(" ");
      const point = { method: method as HttpMethod, nth: Number(nth), isDone: index === 1 };
      it(`keeps a value that works at every moment: by Cancel at ${nameOfPoint(point)}`, async () => {
        const { run, id, services } = await desk().open(person);
        const wasPressed = pressCancel(desk().world, services, point);
        const { unexpected, ...end } = desk().end(id, services, await run());
        assert.deepEqual(
          { ...end, wasPressed: wasPressed(), unexpected: withoutUnasked(unexpected) },
          { renewed, works: true, told, wasPressed: true, unexpected: [] },
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
    "before the secondary": {
      situation: { changeDialogs: { confirmRenewal: [out(true)] } },
      end: untouched,
    },
    "between the two": {
      situation: {
        changeDialogs: { confirmRenewal: [yes] },
        rotateDialogs: { afterSecondary: [out("goOn" as const)] },
      },
      end: halfWay,
    },
    "before the primary": {
      situation: {
        changeDialogs: { confirmRenewal: [yes, out(true)] },
        rotateDialogs: { afterSecondary: movedOver },
      },
      end: halfWay,
    },
  };

  for (const [name, { situation, end }] of Object.entries(signOuts)) {
    it(`keeps a value that works at every moment: by a sign-out ${name}`, async () => {
      const [renewed, told] = end;
      const { run, id, services } = await desk().open(situation);
      assert.deepEqual(desk().end(id, services, await run()), {
        renewed,
        works: true,
        told,
        unexpected: [],
      });
    });
  }

  it("keeps a value that works, and hands over what NCP answered: by a sign-out meanwhile", async () => {
    const { run, id, services } = await desk().open({
      changeDialogs: { confirmRenewal: [yes] },
      rotateDialogs: { afterSecondary: movedOver },
    });
    const { world } = desk();
    world.send = async (request, signal) => {
      const answer = await nodeFetchTransport.send(request, signal);
      if (request.method === "PATCH") await world.signOut();
      return answer;
    };
    assert.deepEqual(desk().end(id, services, await run()), {
      renewed: ["secondary"],
      works: true,
      told: "secondaryOnly",
      unexpected: [],
    });
    assert.equal(services.clipboard, desk().valuesOf(id).secondaryKey);
  });
});
