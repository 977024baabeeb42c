import assert from "node:assert/strict";
import { rotateAccessKey } from "../../../src/commands/rotateAccessKey.ts";
import { Secret } from "../../../src/ncloud/secret.ts";
import type { SecretDialogs } from "../../../src/ui/secretDialogs.ts";
import { answer, FakeServices, no, yes, type Situation } from "../support/fakeServices.ts";
import { useWorld } from "../support/world.ts";

describe("an access key that several accounts here sign with", () => {
  const world = useWorld({ authKeys: 1, apiKeys: 1, subAccounts: 1 });
  const labels = { "account-2": "robot", "account-3": "spare", "account-4": "build" } as const;

  /** Rotates the key of a sub account that three accounts of this computer sign with. */
  async function rotate(situation: Situation) {
    const owner = world().sandbox.state.subAccounts[0]!;
    owner.active = true;
    owner.canAPIGatewayAccess = true;
    const old = { ...owner.accessKeys[0]!, active: true };
    owner.accessKeys = [old];
    const inventory = await world().signIn();
    for (const [id, label] of Object.entries(labels)) {
      const secretKey = new Secret(old.secretKey);
      await world().store.save(
        world().account({ id, label, accessKeyId: old.accessKey, secretKey }),
      );
    }
    await world().store.activate("account-1");
    const services = new FakeServices(world().session, situation);
    const [parent] = await services.show(inventory, "subAccounts");
    const [row] = await services.showBelow(inventory, parent!);
    const said = await services.run((all) => rotateAccessKey(all, [row]));
    const signers = (await world().stored()).filter(({ label }) => label !== "work");
    const labelsOf = (isOld: boolean) =>
      signers
        .filter((one) => (one["accessKeyId"] === old.accessKey) === isOld)
        .map(({ label }) => label);
    return {
      said: said
        .filter((line) => /^(report|notReplaced|bothActive|offer|which nobody)/.test(line))
        .map((line) => line.replace(old.accessKey, "OLD").replace(/ncp_iam_\w+/, "NEW")),
      withNew: labelsOf(false),
      withOld: labelsOf(true),
      keys: owner.accessKeys.length,
    };
  }

  /** Confirms that the new key takes over, before a keychain that fails for these so many times. */
  function replacing(ids: readonly string[], times: number): () => Promise<boolean> {
    return () => {
      let left = times;
      world().computer.onKeychain = (operation, key) => {
        const fails = operation === "store" && ids.some((id) => key.includes(id));
        if (fails && left-- > 0) throw new Error("The keychain is locked.");
      };
      return yes();
    };
  }

  const close = answer("close" as const);

  it("is said to be in use still by the one that did not get the new key", async () => {
    const states: unknown[] = [];
    const confirmLoss: SecretDialogs["confirmLoss"] = (_key, state) => {
      states.push(state);
      return yes();
    };
    assert.deepEqual(
      await rotate({
        messages: { report: [no] },
        secretDialogs: {
          confirmCreation: [yes],
          offerAccessKey: [close],
          confirmLoss: [confirmLoss],
        },
        rotateDialogs: {
          confirmReplacement: [replacing(["account-3"], 1)],
          confirmOldOff: [no],
        },
      }),
      {
        // The new key is of use, so that its deletion is not offered.
        said: [
          "report rotate failed",
          "notReplaced OLD spare",
          "offerAccessKey partlyInUse false",
          "bothActive",
        ],
        withNew: ["robot", "build"],
        withOld: ["spare"],
        keys: 2,
      },
    );
    // Who loses it must not be told that nobody can use the key.
    assert.deepEqual(states, ["partlyInUse"]);
  });

  it("is replaced in all of them, once the keychain takes it at another try", async () => {
    assert.deepEqual(
      await rotate({
        messages: { report: [yes, yes] },
        secretDialogs: { confirmCreation: [yes], offerAccessKey: [close] },
        rotateDialogs: {
          confirmReplacement: [replacing(["account-2"], 2)],
          confirmOldOff: [no],
        },
      }),
      {
        said: [
          "report rotate failed",
          "report rotate failed",
          "offerAccessKey inUse false",
          "bothActive",
        ],
        withNew: ["robot", "spare", "build"],
        withOld: [],
        keys: 2,
      },
    );
  });

  it("stays in use by all where none got the new key, which can be deleted then", async () => {
    assert.deepEqual(
      await rotate({
        messages: { report: [no, no, no] },
        secretDialogs: { confirmCreation: [yes], offerAccessKey: [close], confirmLoss: [yes] },
        rotateDialogs: {
          confirmReplacement: [replacing(Object.keys(labels), 3)],
          offerToDeleteUnused: [yes],
        },
      }),
      {
        said: [
          "report rotate failed",
          "report rotate failed",
          "report rotate failed",
          "notReplaced OLD robot + spare + build",
          "offerAccessKey untaken false",
          "offerToDeleteUnused",
        ],
        withNew: [],
        withOld: ["robot", "spare", "build"],
        keys: 1,
      },
    );
  });
});
