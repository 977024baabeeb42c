import assert from "node:assert/strict";
import { rotateAccessKey } from "../../../src/commands/rotateAccessKey.ts";
import { Secret } from "../../../src/ncloud/secret.ts";
import type { Fault } from "../../sandbox/faults.ts";
import { fewestOf } from "../../sandbox/keyHistory.ts";
import type { SubAccount } from "../../sandbox/state.ts";
import { answer, FakeServices, yes, type Situation } from "./fakeServices.ts";
import { lastTold, surprises } from "./lastTold.ts";
import { useWorld, type World } from "./world.ts";

/** The other access key of the sub account, where it has two. */
export const otherId = "ncp_iam_OTHEROTHEROTHEROTHE";

/** Somebody who wants the new key, and takes its secret key. */
export const taken = {
  confirmCreation: [yes],
  offerAccessKey: [answer("copySecret" as const), answer("close" as const)],
};
/** Somebody who wants the new key, and then closes without its secret key. */
export const givenUp = {
  confirmCreation: [yes],
  offerAccessKey: [answer("close" as const)],
  confirmLoss: [yes],
};
/** At the limit, another key than the one to be rotated makes room. */
export const otherMakesRoom = {
  chooseToDeactivate: [answer(otherId)],
  confirmDeactivation: [yes],
};
/** At the limit, the key to be rotated makes room itself. */
export const oldMakesRoom = {
  chooseToDeactivate: [
    (_keys: unknown, toBeRotated: string): Promise<string | undefined> =>
      Promise.resolve(toBeRotated),
  ],
  confirmDeactivation: [yes],
};

export interface AccessKeyRotation {
  /** Which access keys are active at first. The first of them is to be rotated. */
  readonly active?: readonly boolean[];
  /** Which account of this computer signs with the key to be rotated, if one does. */
  readonly signer?: "another" | "active";
  readonly situation: Situation;
  /** @param path of the sub account's access keys */
  readonly faults?: (path: string) => readonly Fault[];
  /** Faults that come once a first key was switched. */
  readonly faultsAfterRoom?: (path: string) => readonly Fault[];
}

/** The states of the access keys, the newest first. */
export type KeyStates = readonly ("active" | "inactive")[];

/** A place where a rotation ends, with the dialogs up to it. */
export interface AccessKeyStop extends AccessKeyRotation {
  /** The states of the access keys afterwards, the newest first. */
  readonly left: KeyStates;
  /** The dialog or the message that is the last. */
  readonly told: string;
}

/** What is left of a rotation. */
export interface RotationEnd {
  readonly states: KeyStates;
  /** Whether at every moment a key worked whose secret key somebody has. */
  readonly works: boolean;
  /** The dialog or the message that is the last. */
  readonly told: string | undefined;
  readonly unexpected: readonly string[];
}

/** Somebody with a sub account, an access key of which is to be rotated. */
export class AccessKeyDesk {
  readonly world: World;
  #idsBefore: readonly string[] = [];

  constructor(world: World) {
    this.world = world;
  }

  get owner(): SubAccount {
    return this.world.sandbox.state.subAccounts[0]!;
  }

  /** Of the access keys. */
  get path(): string {
    return `/api/v1/sub-accounts/${this.owner.subAccountId}/access-keys`;
  }

  get states(): KeyStates {
    return this.owner.accessKeys.map(({ active }) => (active ? "active" : "inactive"));
  }

  async open({ active = [true], signer, faults, faultsAfterRoom, situation }: AccessKeyRotation) {
    const { owner, path, world } = this;
    const { sandbox, session } = world;
    owner.active = true;
    owner.canAPIGatewayAccess = true;
    const first = owner.accessKeys[0]!;
    const other = { ...first, accessKey: otherId, secretKey: "s".repeat(40) };
    owner.accessKeys = [first, other]
      .slice(0, active.length)
      .map((key, index) => ({ ...key, active: active[index]! }));
    this.#idsBefore = owner.accessKeys.map(({ accessKey }) => accessKey);
    sandbox.history.restart();
    const credentials = {
      accessKeyId: first.accessKey,
      secretKey: new Secret(first.secretKey),
    };
    const inventory = await world.signIn(signer === "active" ? credentials : {});
    if (signer === "another") await this.#addAccount(credentials);
    const services = new FakeServices(session, situation);
    const [parent] = await services.show(inventory, "subAccounts");
    const rows = await services.showBelow(inventory, parent!);
    const row = rows.find(
      (one) => one.kind === "accessKey" && one.accessKey.accessKeyId === first.accessKey,
    );
    assert.ok(row);
    for (const fault of faults?.(path) ?? []) sandbox.addFault(fault);
    void sandbox.nextRequest({ method: "PUT", path }).then(() => {
      for (const fault of faultsAfterRoom?.(path) ?? []) sandbox.addFault(fault);
    });
    const run = () => services.run((all) => rotateAccessKey(all, [row]));
    return { run, services, oldId: first.accessKey };
  }

  async #addAccount(credentials: { accessKeyId: string; secretKey: Secret }): Promise<void> {
    const { store, session } = this.world;
    await store.save(this.world.account({ id: "account-2", label: "robot", ...credentials }));
    await store.activate("account-1");
    await session.reopen();
  }

  /** What is left once the person has come to an end, and how it went. */
  end({ copied }: FakeServices, transcript: readonly string[]): RotationEnd {
    return {
      states: this.states,
      works: this.fewestWorking(copied) >= 1,
      told: lastTold(transcript),
      unexpected: surprises(transcript),
    };
  }

  /**
   * How many keys worked at the worst moment. A new one counts if its secret key came to the
   * clipboard or the keychain: otherwise nobody has it.
   */
  fewestWorking(copied: readonly string[] = []): number {
    const { owner, world } = this;
    const kept = [...copied, ...world.computer.keychain.values()].join(" ");
    const held = owner.accessKeys.filter(({ secretKey }) => kept.includes(secretKey));
    const ids = held.map(({ accessKey }) => accessKey);
    return fewestOf(world.sandbox.history.accessKeys(owner.subAccountId), [
      ...new Set([...this.#idsBefore, ...ids]),
    ]);
  }
}

export function useAccessKeyDesk(): () => AccessKeyDesk {
  const world = useWorld({ authKeys: 1, apiKeys: 2, subAccounts: 1 });
  let desk: AccessKeyDesk | undefined;
  beforeEach(() => {
    desk = new AccessKeyDesk(world());
  });
  return () => {
    if (!desk) throw new Error("There is a desk only while a test runs.");
    return desk;
  };
}
