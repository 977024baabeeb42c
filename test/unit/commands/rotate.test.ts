import assert from "node:assert/strict";
import { rotateAccessKey } from "../../../src/commands/rotateAccessKey.ts";
import { rotateApiKey } from "../../../src/commands/rotateApiKey.ts";
import type { Row } from "../../../src/inventory/row.ts";
import { Secret } from "../../../src/ncloud/secret.ts";
import { fewest, fewestKept } from "../../sandbox/keyHistory.ts";
import { answer, FakeServices, no, yes, type Situation } from "../support/fakeServices.ts";
import { useWorld } from "../support/world.ts";

describe("rotating an access key", () => {
  const world = useWorld({ authKeys: 1, apiKeys: 2, subAccounts: 1 });
  const owner = () => world().sandbox.state.subAccounts[0]!;

  /** The sub account has one active access key, or two; the first of them is to be rotated. */
  async function open(active: 1 | 2, situation: Situation) {
    const { state, history } = world().sandbox;
    owner().active = true;
    owner().canAPIGatewayAccess = true;
    const [first] = owner().accessKeys;
    assert.ok(first);
    const old = { ...first, active: true };
    const other = { ...first, accessKey: "ncp_iam_OTHEROTHEROTHEROTHE", secretKey: "s".repeat(40) };
    owner().accessKeys = active === 2 ? [old, { ...other, active: true }] : [old];
    history.restart();
    const inventory = await world().signIn();
    const services = new FakeServices(world().session, situation);
    const [parent] = await services.show(inventory, "subAccounts");
    const rows = await services.showBelow(inventory, parent!);
    const row = rows.find(
      (one) => one.kind === "accessKey" && one.accessKey.accessKeyId === old.accessKey,
    );
    assert.ok(row);
    return { row, services, state, oldId: old.accessKey };
  }

  const states = () => owner().accessKeys.map(({ active }) => (active ? "active" : "inactive"));
  const fewestWorking = () => fewest(world().sandbox.history.accessKeys(owner().subAccountId));

  /** Every place where a person can stop, with the dialogs up to it and what is left then. */
  const stops: Readonly<
    Record<string, { situation: Situation; active: 1 | 2; left: readonly string[] }>
  > = {
    "before anything": {
      active: 1,
      situation: { secretDialogs: { confirmCreation: [no] } },
      left: ["active"],
    },
    "when room has to be made": {
      active: 2,
      situation: {
        secretDialogs: { confirmCreation: [yes] },
        rotateDialogs: { chooseToDeactivate: [answer(undefined)] },
      },
      left: ["active", "active"],
    },
    "when the one that makes room is to be confirmed": {
      active: 2,
      situation: {
        secretDialogs: { confirmCreation: [yes] },
        rotateDialogs: {
          chooseToDeactivate: [(ids) => Promise.resolve(ids[1])],
          confirmDeactivation: [no],
        },
      },
      left: ["active", "active"],
    },
    "when the secret key is given up": {
      active: 1,
      situation: {
        secretDialogs: {
          confirmCreation: [yes],
          offerAccessKey: [answer("close" as const)],
          confirmLoss: [yes],
        },
        rotateDialogs: { offerToDeleteUnused: [no] },
      },
      left: ["active", "active"],
    },
    "when the secret key is given up, and the new key with it": {
      active: 2,
      situation: {
        secretDialogs: {
          confirmCreation: [yes],
          offerAccessKey: [answer("close" as const)],
          confirmLoss: [yes],
        },
        rotateDialogs: {
          chooseToDeactivate: [(ids) => Promise.resolve(ids[1])],
          confirmDeactivation: [yes],
          offerToDeleteUnused: [yes],
          offerToSwitchBack: [yes],
        },
      },
      left: ["active", "active"],
    },
    "before the old one is switched off": {
      active: 1,
      situation: {
        secretDialogs: {
          confirmCreation: [yes],
          offerAccessKey: [answer("copySecret" as const), answer("close" as const)],
        },
        rotateDialogs: { confirmOldOff: [no] },
      },
      left: ["active", "active"],
    },
    "before the old one is deleted": {
      active: 1,
      situation: {
        secretDialogs: {
          confirmCreation: [yes],
          offerAccessKey: [answer("copySecret" as const), answer("close" as const)],
        },
        rotateDialogs: { confirmOldOff: [yes], offerToDeleteOld: [no] },
      },
      left: ["active", "inactive"],
    },
    "when the deletion is to be confirmed": {
      active: 1,
      situation: {
        secretDialogs: {
          confirmCreation: [yes],
          offerAccessKey: [answer("copySecret" as const), answer("close" as const)],
        },
        rotateDialogs: { confirmOldOff: [yes], offerToDeleteOld: [yes] },
        changeDialogs: { confirm: [no] },
      },
      left: ["active", "inactive"],
    },
    nowhere: {
      active: 1,
      situation: {
        secretDialogs: {
          confirmCreation: [yes],
          offerAccessKey: [answer("copySecret" as const), answer("close" as const)],
        },
        rotateDialogs: { confirmOldOff: [yes], offerToDeleteOld: [yes] },
        changeDialogs: { confirm: [yes] },
      },
      left: ["active"],
    },
    "nowhere, with room to be made": {
      active: 2,
      situation: {
        secretDialogs: {
          confirmCreation: [yes],
          offerAccessKey: [answer("copySecret" as const), answer("close" as const)],
        },
        rotateDialogs: {
          chooseToDeactivate: [(ids) => Promise.resolve(ids[1])],
          confirmDeactivation: [yes],
          confirmOldOff: [yes],
          offerToDeleteOld: [no],
        },
      },
      left: ["active", "inactive", "inactive"],
    },
    "nowhere, where the old one itself made room": {
      active: 2,
      situation: {
        secretDialogs: {
          confirmCreation: [yes],
          offerAccessKey: [answer("copySecret" as const), answer("close" as const)],
        },
        rotateDialogs: {
          chooseToDeactivate: [(ids) => Promise.resolve(ids[0])],
          confirmDeactivation: [yes],
          offerToDeleteOld: [no],
        },
      },
      left: ["active", "inactive", "active"],
    },
  };

  for (const [name, { active, situation, left }] of Object.entries(stops)) {
    it(`leaves a key that works at every moment: stopped ${name}`, async () => {
      const { row, services } = await open(active, situation);
      const said = await services.run((all) => rotateAccessKey(all, [row]));
      assert.deepEqual(
        {
          states: states(),
          fewest: fewestWorking() >= 1,
          unexpected: said.filter((line) => /nobody|not asked/.test(line)),
        },
        { states: left, fewest: true, unexpected: [] },
      );
    });
  }

  it("switches the key that made room back on when no new one could be made", async () => {
    const { row, services } = await open(2, {
      secretDialogs: { confirmCreation: [yes] },
      messages: { report: [no] },
      rotateDialogs: {
        chooseToDeactivate: [(ids) => Promise.resolve(ids[1])],
        confirmDeactivation: [yes],
        offerToSwitchBack: [yes],
      },
    });
    const { sandbox } = world();
    const path = `/api/v1/sub-accounts/${owner().subAccountId}/access-keys`;
    void sandbox
      .nextRequest({ method: "PUT", path })
      .then(() => sandbox.addFault({ kind: "status", status: 500, method: "POST", path }));
    await services.run((all) => rotateAccessKey(all, [row]));
    assert.deepEqual(
      { states: states(), fewest: fewestWorking() },
      { states: ["active", "active"], fewest: 1 },
    );
  });

  it("hands the secret key over, whatever becomes of the keychain meanwhile", async () => {
    const { row, services } = await open(1, {
      secretDialogs: {
        confirmCreation: [
          () => {
            world().computer.onKeychain = () => {
              throw new Error("The keychain is locked.");
            };
            return yes();
          },
        ],
        offerAccessKey: [answer("copySecret" as const), answer("close" as const)],
      },
    });
    const said = await services.run((all) => rotateAccessKey(all, [row]));
    assert.deepEqual(
      { clipboard: services.clipboard, states: states(), last: said.at(-1) },
      {
        clipboard: owner().accessKeys[0]?.secretKey,
        states: ["active", "active"],
        last: "bothWork",
      },
    );
  });

  it("does not let the key that signs for us make room", async () => {
    const offered: unknown[] = [];
    const { row, services, oldId } = await open(2, {
      secretDialogs: { confirmCreation: [yes] },
      rotateDialogs: {
        chooseToDeactivate: [
          (ids) => {
            offered.push(ids);
            return Promise.resolve(undefined);
          },
        ],
      },
    });
    const old = owner().accessKeys.find(({ accessKey }) => accessKey === oldId)!;
    const secretKey = new Secret(old.secretKey);
    await world().store.save(world().account({ accessKeyId: oldId, secretKey }));
    await world().session.reopen();
    await services.run((all) => rotateAccessKey(all, [row]));
    assert.deepEqual(offered, [["ncp_iam_OTHEROTHEROTHEROTHE"]]);
  });

  it("never switches off the only active key to make room", async () => {
    const { row, services } = await open(1, { secretDialogs: { confirmCreation: [yes] } });
    world().sandbox.state.switches.mostActiveAccessKeys = 1;
    const said = await services.run((all) => rotateAccessKey(all, [row]));
    assert.deepEqual(
      { last: said.at(-1), states: states() },
      { last: "noRoom", states: ["active"] },
    );
  });

  it("has an account of ours sign with the new key before the old one is touched", async () => {
    const { row, services, oldId } = await open(1, {
      secretDialogs: { confirmCreation: [yes], offerAccessKey: [answer("close" as const)] },
      rotateDialogs: {
        confirmReplacement: [yes],
        confirmOldOff: [yes],
        offerToDeleteOld: [no],
      },
    });
    const old = owner().accessKeys.find(({ accessKey }) => accessKey === oldId)!;
    await world().store.save(
      world().account({
        id: "account-2",
        label: "robot",
        accessKeyId: oldId,
        secretKey: new Secret(old.secretKey),
      }),
    );
    await world().store.activate("account-1");
    await world().session.reopen();
    await services.run((all) => rotateAccessKey(all, [row]));
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

describe("rotating an API key", () => {
  const world = useWorld({ authKeys: 1, apiKeys: 2, subAccounts: 1 });

  async function open(situation: Situation) {
    const inventory = await world().signIn();
    const services = new FakeServices(world().session, situation);
    const rows = await services.show(inventory, "apiKeys");
    const row = rows.find((one: Row) => one.kind === "apiKey" && one.apiKey.isEnabled);
    assert.ok(row?.kind === "apiKey");
    return { row, services, id: row.apiKey.apiKeyId };
  }

  /** Each answer to what comes after the secondary value, with how many values are new at the end. */
  const ends: Readonly<Record<string, { situation: Situation; renewed: readonly boolean[] }>> = {
    "before the secondary": {
      situation: { changeDialogs: { confirmRenewal: [no] } },
      renewed: [false, false],
    },
    "between the two": {
      situation: {
        changeDialogs: { confirmRenewal: [yes] },
        rotateDialogs: { afterSecondary: [answer("later" as const)] },
      },
      renewed: [false, true],
    },
    "before the primary": {
      situation: {
        changeDialogs: { confirmRenewal: [yes, no] },
        rotateDialogs: {
          afterSecondary: [answer("copySecondary" as const), answer("goOn" as const)],
        },
      },
      renewed: [false, true],
    },
    nowhere: {
      situation: {
        changeDialogs: { confirmRenewal: [yes, yes] },
        rotateDialogs: { afterSecondary: [answer("goOn" as const)] },
      },
      renewed: [true, true],
    },
  };

  for (const [name, { situation, renewed }] of Object.entries(ends)) {
    it(`keeps a value that works at every moment: stopped ${name}`, async () => {
      const { row, services, id } = await open(situation);
      const { sandbox } = world();
      const before = sandbox.state.apiKeys.valuesOf(id);
      sandbox.history.restart();
      const said = await services.run((all) => rotateApiKey(all, [row]));
      const now = sandbox.state.apiKeys.valuesOf(id);
      assert.deepEqual(
        {
          renewed: [now.primaryKey !== before.primaryKey, now.secondaryKey !== before.secondaryKey],
          kept: fewestKept(sandbox.history.apiKeyValues(id)) >= 1,
          unexpected: said.filter((line) => /nobody|not asked/.test(line)),
        },
        { renewed: [...renewed], kept: true, unexpected: [] },
      );
    });
  }
});
