import assert from "node:assert/strict";
import { rotateAccessKey } from "../../../src/commands/rotateAccessKey.ts";
import { Secret } from "../../../src/ncloud/secret.ts";
import type { Fault } from "../../sandbox/faults.ts";
import { fewest } from "../../sandbox/keyHistory.ts";
import { answer, FakeServices, no, yes, type Situation } from "../support/fakeServices.ts";
import { useWorld } from "../support/world.ts";

const otherId = "ncp_iam_OTHEROTHEROTHEROTHE";

/** Somebody who wants the new key, and takes its secret key. */
const taken = {
  confirmCreation: [yes],
  offerAccessKey: [answer("copySecret" as const), answer("close" as const)],
};
/** Somebody who wants the new key, and then closes without its secret key. */
const givenUp = {
  confirmCreation: [yes],
  offerAccessKey: [answer("close" as const)],
  confirmLoss: [yes],
};
/** At the limit, another key than the one to be rotated makes room. */
const otherMakesRoom = { chooseToDeactivate: [answer(otherId)], confirmDeactivation: [yes] };

/** A place where a rotation ends, with the dialogs up to it. */
interface Stop {
  /** Which access keys are active at first. The first of them is to be rotated. */
  readonly active?: readonly boolean[];
  /** An account of this computer signs with the key to be rotated. */
  readonly isOurs?: boolean;
  readonly situation: Situation;
  /** @param path of the sub account's access keys */
  readonly faults?: (path: string) => readonly Fault[];
  /** The states of the access keys afterwards, the newest first. */
  readonly left: readonly ("active" | "inactive")[];
  /** The dialog or the message that is the last. */
  readonly told: string;
}

const stops: Readonly<Record<string, Stop>> = {
  "before anything": {
    situation: { secretDialogs: { confirmCreation: [no] } },
    left: ["active"],
    told: "confirmCreation",
  },
  "when the new key cannot be made": {
    situation: { secretDialogs: { confirmCreation: [yes] }, messages: { report: [no] } },
    faults: (path) => [{ kind: "status", status: 500, method: "POST", path }],
    left: ["active"],
    told: "report",
  },
  "when the new key is lost with its answer": {
    situation: { secretDialogs: { confirmCreation: [yes], secretLost: [no] } },
    faults: (path) => [{ kind: "loseAnswer", method: "POST", path }],
    left: ["active", "active"],
    told: "secretLost",
  },
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
    told: "report",
  },
  "when the secret key is given up": {
    situation: { secretDialogs: givenUp, rotateDialogs: { offerToDeleteUnused: [no] } },
    left: ["active", "active"],
    told: "offerToDeleteUnused",
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
    told: "whileChangingAccessKey",
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
    isOurs: true,
    situation: {
      secretDialogs: taken,
      rotateDialogs: { confirmReplacement: [no], confirmOldOff: [no] },
    },
    left: ["active", "active"],
    told: "bothActive",
  },
  "when the new key is not accepted for our account": {
    isOurs: true,
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
      rotateDialogs: {
        chooseToDeactivate: [(_keys, toBeRotated) => Promise.resolve(toBeRotated)],
        confirmDeactivation: [yes],
        offerToDeleteOld: [no],
      },
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

describe("rotating an access key", () => {
  const world = useWorld({ authKeys: 1, apiKeys: 2, subAccounts: 1 });
  const owner = () => world().sandbox.state.subAccounts[0]!;
  const path = () => `/api/v1/sub-accounts/${owner().subAccountId}/access-keys`;

  async function open({ active = [true], isOurs, faults, situation }: Omit<Stop, "left" | "told">) {
    const { sandbox, store, session } = world();
    owner().active = true;
    owner().canAPIGatewayAccess = true;
    const first = owner().accessKeys[0]!;
    const other = { ...first, accessKey: otherId, secretKey: "s".repeat(40) };
    owner().accessKeys = [first, other]
      .slice(0, active.length)
      .map((key, index) => ({ ...key, active: active[index]! }));
    sandbox.history.restart();
    const inventory = await world().signIn();
    if (isOurs) {
      const signer = { accessKeyId: first.accessKey, secretKey: new Secret(first.secretKey) };
      await store.save(world().account({ id: "account-2", label: "robot", ...signer }));
      await store.activate("account-1");
      await session.reopen();
    }
    const services = new FakeServices(session, situation);
    const [parent] = await services.show(inventory, "subAccounts");
    const rows = await services.showBelow(inventory, parent!);
    const row = rows.find(
      (one) => one.kind === "accessKey" && one.accessKey.accessKeyId === first.accessKey,
    );
    assert.ok(row);
    for (const fault of faults?.(path()) ?? []) sandbox.addFault(fault);
    const run = () => services.run((all) => rotateAccessKey(all, [row]));
    return { run, services, oldId: first.accessKey };
  }

  const states = () => owner().accessKeys.map(({ active }) => (active ? "active" : "inactive"));
  const fewestWorking = () => fewest(world().sandbox.history.accessKeys(owner().subAccountId));

  for (const [name, { left, told, ...stop }] of Object.entries(stops)) {
    it(`leaves a key that works at every moment: stopped ${name}`, async () => {
      const { run } = await open(stop);
      const said = await run();
      const unexpected = said.filter((line) => /nobody|not asked/.test(line));
      assert.deepEqual(
        {
          states: states(),
          works: fewestWorking() >= 1,
          told: said.at(-1)?.split(" ")[0],
          unexpected,
        },
        { states: left, works: true, told, unexpected: [] },
      );
    });
  }

  it("says so when nobody knows whether the old one is off", async () => {
    const { run } = await open({
      situation: {
        secretDialogs: taken,
        rotateDialogs: {
          confirmOldOff: [
            () => {
              const { sandbox } = world();
              sandbox.addFault({ kind: "loseAnswer", method: "PUT", path: path() });
              sandbox.addFault({ kind: "status", status: 500, method: "GET", path: path() });
              return yes();
            },
          ],
        },
      },
    });
    const said = await run();
    assert.deepEqual(
      { told: said.at(-1), states: states(), works: fewestWorking() },
      {
        told: `uncertainAccessKey ${owner().accessKeys[1]?.accessKey} unsettled`,
        states: ["active", "inactive"],
        works: 1,
      },
    );
  });

  it("switches the key that made room back on when no new one could be made", async () => {
    const { run } = await open({
      active: [true, true],
      situation: {
        secretDialogs: { confirmCreation: [yes] },
        messages: { report: [no] },
        rotateDialogs: { ...otherMakesRoom, offerToSwitchBack: [yes] },
      },
    });
    const { sandbox } = world();
    void sandbox
      .nextRequest({ method: "PUT", path: path() })
      .then(() => sandbox.addFault({ kind: "status", status: 500, method: "POST", path: path() }));
    await run();
    assert.deepEqual(
      { states: states(), fewest: fewestWorking() },
      { states: ["active", "active"], fewest: 1 },
    );
  });

  it("names the key that made room at the end", async () => {
    const rooms: unknown[] = [];
    const { run } = await open({
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
    const { run, services } = await open({
      situation: {
        secretDialogs: {
          ...taken,
          confirmCreation: [
            () => {
              world().computer.onKeychain = () => {
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
      { clipboard: services.clipboard, states: states(), last: said.at(-1) },
      {
        clipboard: owner().accessKeys[0]?.secretKey,
        states: ["active", "active"],
        last: "bothActive",
      },
    );
  });

  it("does not let the key that signs for us make room", async () => {
    const offered: unknown[] = [];
    const { run, oldId } = await open({
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
    const secretKey = new Secret(owner().accessKeys[0]!.secretKey);
    await world().store.save(world().account({ accessKeyId: oldId, secretKey }));
    await world().session.reopen();
    await run();
    assert.deepEqual(offered, [[otherId]]);
  });

  it("never switches off the only active key to make room", async () => {
    const { run } = await open({ situation: { secretDialogs: { confirmCreation: [yes] } } });
    world().sandbox.state.switches.mostActiveAccessKeys = 1;
    const said = await run();
    assert.deepEqual(
      { last: said.at(-1), states: states() },
      { last: "noRoom", states: ["active"] },
    );
  });

  it("has an account of ours sign with the new key before the old one is touched", async () => {
    const { run, oldId } = await open({
      isOurs: true,
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
    const stored = await world().store.read("account-2");
    const now = stored.status === "present" ? stored.account : undefined;
    const newKey = owner().accessKeys.find(({ accessKey }) => accessKey === now?.accessKeyId);
    assert.deepEqual(
      {
        isNew: now?.accessKeyId !== oldId,
        signs: now?.secretKey.reveal() === newKey?.secretKey,
        states: states(),
      },
      { isNew: true, signs: true, states: ["active", "inactive"] },
    );
  });
});
