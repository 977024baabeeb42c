import assert from "node:assert/strict";
import { taken, useAccessKeyDesk, type AccessKeyStop } from "../support/accessKeyDesk.ts";
import { answer, no, yes } from "../support/fakeServices.ts";

interface OwnKeyEnd extends AccessKeyStop {
  /** Which access key the account in view signs with at the end. */
  readonly signsWith: "old" | "new";
  /** The keychain takes nothing new. */
  readonly isKeychainLocked?: boolean;
}

const inUse = { confirmCreation: [yes], offerAccessKey: [answer("close" as const)] };

const ends: Readonly<Record<string, OwnKeyEnd>> = {
  "by the new one, with which the old one is switched off and deleted": {
    situation: {
      secretDialogs: inUse,
      rotateDialogs: {
        confirmReplacement: [yes],
        confirmOldOff: [yes],
        offerToDeleteOld: [yes],
      },
      changeDialogs: { confirm: [yes] },
    },
    left: ["active"],
    told: "changed",
    signsWith: "new",
  },
  "by the new one, and stopped before the old one is off": {
    situation: {
      secretDialogs: inUse,
      rotateDialogs: { confirmReplacement: [yes], confirmOldOff: [no] },
    },
    left: ["active", "active"],
    told: "bothActive",
    signsWith: "new",
  },
  "and goes on signing with the old one": {
    situation: {
      secretDialogs: taken,
      rotateDialogs: { confirmReplacement: [no], confirmOldOff: [no] },
    },
    left: ["active", "active"],
    told: "bothActive",
    signsWith: "old",
  },
  "and goes on signing with the old one, which is switched off": {
    situation: {
      secretDialogs: taken,
      rotateDialogs: { confirmReplacement: [no], confirmOldOff: [yes] },
    },
    left: ["active", "inactive"],
    told: "oldIsOff",
    signsWith: "old",
  },
  "and goes on signing with the old one, as the keychain does not take the new one": {
    situation: {
      secretDialogs: taken,
      rotateDialogs: { confirmReplacement: [yes], confirmOldOff: [no] },
      messages: { report: [no] },
    },
    left: ["active", "active"],
    told: "bothActive",
    signsWith: "old",
    isKeychainLocked: true,
  },
  "and goes on signing with the old one, as NCP does not accept the new one": {
    situation: {
      secretDialogs: taken,
      rotateDialogs: { confirmReplacement: [yes], confirmOldOff: [no] },
      messages: { report: [no] },
    },
    faults: () => [{ kind: "status", status: 500, method: "GET", path: /[?&](limit|size)=1(&|$)/ }],
    left: ["active", "active"],
    told: "bothActive",
    signsWith: "old",
  },
};

describe("rotating the access key that the account in view signs with", () => {
  const desk = useAccessKeyDesk();

  for (const [name, { left, told, signsWith, isKeychainLocked, ...rotation }] of Object.entries(
    ends,
  )) {
    it(`leaves it a key that works: it is replaced ${name}`, async () => {
      const { run, services, oldId } = await desk().open({ ...rotation, signer: "active" });
      const { store, computer } = desk().world;
      if (isKeychainLocked) {
        computer.onKeychain = (operation) => {
          if (operation === "store") throw new Error("The keychain is locked.");
        };
      }
      const end = desk().end(services, await run());
      const stored = await store.read("account-1");
      const signer = stored.status === "present" ? stored.account : undefined;
      const secretKeys = new Map(
        desk().owner.accessKeys.map(({ accessKey, secretKey }) => [accessKey, secretKey]),
      );
      assert.deepEqual(
        {
          ...end,
          signsWith: signer?.accessKeyId === oldId ? "old" : "new",
          fits: signer?.secretKey.reveal() === secretKeys.get(signer?.accessKeyId ?? ""),
        },
        { states: left, works: true, told, unexpected: [], signsWith, fits: true },
      );
    });
  }

  /** The keychain fails from one event until the person is asked: who signs with the old one then? */
  async function signersToldOf(
    event: "the new key is made" | "the session is read again",
    asked: "confirmReplacement" | "confirmOldOff",
  ): Promise<unknown> {
    const { world } = desk();
    const fail = () => {
      world.computer.onKeychain = () => {
        throw new Error("The keychain is locked.");
      };
    };
    let told: unknown;
    const ask = (_replacement: unknown, signers: unknown): Promise<boolean> => {
      told = signers;
      world.computer.onKeychain = () => undefined;
      return no();
    };
    const { run } = await desk().open({
      signer: "active",
      situation: {
        secretDialogs: taken,
        rotateDialogs: { confirmReplacement: [no], confirmOldOff: [no], [asked]: [ask] },
      },
    });
    if (event === "the session is read again") world.session.onDidChange(fail);
    else void world.sandbox.nextRequest({ method: "POST", path: desk().path }).then(fail);
    await run();
    return told;
  }

  it("is offered for the account in view, though the keychain fails once the new one is made", async () => {
    assert.deepEqual(await signersToldOf("the new key is made", "confirmReplacement"), ["work"]);
  });

  it("warns of the account in view, and says that no other could be checked", async () => {
    assert.deepEqual(await signersToldOf("the session is read again", "confirmOldOff"), {
      labels: ["work"],
      isComplete: false,
    });
  });
});
