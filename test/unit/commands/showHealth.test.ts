import assert from "node:assert/strict";
import { changeKeys } from "../../../src/commands/changeKeys.ts";
import { showHealth } from "../../../src/commands/showHealth.ts";
import type { Collected, ReadingState } from "../../../src/report/healthReport.ts";
import type { KeyOnly } from "../../../src/report/keyHealth.ts";
import type { HealthPage, HealthPageEvents, HealthPages } from "../../../src/ui/healthPage.ts";
import { Secret } from "../../../src/ncloud/secret.ts";
import { FakeServices, no, yes, type Situation } from "../support/fakeServices.ts";
import { useWorld } from "../support/world.ts";

/** A page that nobody sees, and what was done with it. */
class FakePage implements HealthPages {
  readonly did: string[] = [];
  events: HealthPageEvents | undefined;
  collected: Collected | undefined;
  opened: HealthPage | undefined;
  #settled: (() => void) | undefined;

  open(label: string | undefined, events: HealthPageEvents): HealthPage {
    this.events = events;
    this.did.push(`opened ${label ?? "for the one account"}`);
    this.opened = {
      show: (state, collected) => this.#show(state, collected),
      focus: () => this.did.push("brought to the front"),
      sayGone: () => this.#do("said to be gone"),
      close: () => {
        this.did.push("closed");
        this.opened = undefined;
        events.closed();
      },
    };
    return this.opened;
  }

  #show({ status }: ReadingState, collected: Collected): void {
    if (status === "reading") return;
    this.collected = collected;
    this.#do(status);
  }

  #do(what: string): void {
    this.did.push(what);
    this.#settled?.();
  }

  /** Resolves when the page has the next thing to show. */
  next(): Promise<void> {
    return new Promise((resolve) => (this.#settled = resolve));
  }

  key(kind: KeyOnly["kind"]): KeyOnly {
    const key = [...(this.collected?.keys.values() ?? [])].find((one) => one.kind === kind);
    assert.ok(key);
    return key;
  }
}

describe("Showing key health", () => {
  const world = useWorld({ apiKeys: 150, subAccounts: 3, authKeys: 2 });

  async function opened(situation: Situation = {}) {
    await world().signIn({ nsmlApiKey: new Secret(world().sandbox.apiKeyValue) });
    const page = new FakePage();
    const services = new FakeServices(world().session, { healthPages: page, ...situation });
    const complete = page.next();
    await services.run(showHealth);
    await complete;
    return { page, services };
  }

  it("reads everything, and once: the second time the page is brought to the front", async () => {
    const { page, services } = await opened();
    const sent = world().requests.length;
    await services.run(showHealth);
    assert.deepEqual(
      [page.did, world().requests.length - sent],
      [["opened for the one account", "complete", "brought to the front"], 0],
    );
  });

  it("reveals a key far down the list, without the pages between", async () => {
    const { page, services } = await opened();
    const last = [...page.collected!.keys].findLast(([, { kind }]) => kind === "apiKey")!;
    const revealed: string[] = [];
    const done = new Promise<void>((resolve) => {
      const { view } = services.services;
      Object.assign(view, {
        reveal: (id: string) => {
          revealed.push(id);
          resolve();
          return Promise.resolve();
        },
      });
    });
    page.events!.reveal(last[1]);
    await done;
    const { items, next } = world().signedIn.inventory.apiKeys.value!;
    const lastShown = `account-1/apiKeys/${items.at(-1)!.apiKeyId}`;
    assert.deepEqual([revealed, lastShown, next], [[last[0]], last[0], 100]);
  });

  it("tries again what failed for a row of the page, when the person wants that", async () => {
    const { page, services } = await opened({ messages: { report: [yes] } });
    const [id, key] = [...page.collected!.keys][0]!;
    const revealed: string[] = [];
    const done = new Promise<void>((resolve) => {
      const reveal = (row: string) => {
        if (revealed.push(row) === 1) return Promise.reject(new Error("Not there yet."));
        resolve();
        return Promise.resolve();
      };
      Object.assign(services.services.view, { reveal });
    });
    page.events!.reveal(key);
    await done;
    assert.deepEqual(revealed, [id, id]);
  });

  it("says of a key that was deleted since that it is gone", async () => {
    const { page } = await opened();
    const key = page.key("apiKey");
    assert.ok(key.kind === "apiKey");
    world().sandbox.state.apiKeys.delete(key.apiKey.apiKeyId);
    const said = page.next();
    page.events!.reveal(key);
    await said;
    assert.equal(page.did.at(-1), "said to be gone");
  });

  it("shows what a change made on the page left, and reads nothing again for it", async () => {
    const { page } = await opened({ changeDialogs: { confirm: [yes] } });
    const key = page.key("apiKey");
    assert.ok(key.kind === "apiKey");
    const { apiKeys } = world().sandbox.state;
    const isThere = () => [...page.collected!.keys.values()].includes(key);
    apiKeys.put({ ...apiKeys.get(key.apiKey.apiKeyId)!, isEnabled: false });
    const off = { ...key, apiKey: { ...key.apiKey, isEnabled: false } };
    const [count, sent] = [page.collected!.keys.size, world().requests.length];
    const changed = page.next();
    page.events!.act(off);
    await changed;
    assert.deepEqual(
      {
        isThere: isThere(),
        fewer: count - page.collected!.keys.size,
        lists: world()
          .requests.slice(sent)
          .filter((request) => request.endsWith("/api-keys")),
      },
      { isThere: false, fewer: 1, lists: [] },
    );
  });

  it("shows what changes anywhere else in the window left", async () => {
    const { page, services } = await opened({ changeDialogs: { confirm: [yes, yes] } });
    const { inventory } = world().signedIn;
    const [authKey] = await services.show(inventory, "authKeys");
    const [owner] = world().sandbox.state.subAccounts;
    owner!.accessKeys = [{ ...owner!.accessKeys[0]!, active: true }];
    const groups = await services.show(inventory, "subAccounts");
    const [accessKey] = await services.showBelow(inventory, groups[0]!);
    await services.run((all) => changeKeys(all, "authKey", "delete", [authKey]));
    await services.run((all) => changeKeys(all, "accessKey", "switchOff", [accessKey]));
    const shown = [...page.collected!.keys.values()];
    const { authKeys } = world().sandbox.state;
    const ofOwner = shown.flatMap((key) =>
      key.kind === "accessKey" && key.owner.subAccountId === owner!.subAccountId ? [key] : [],
    );
    assert.deepEqual(
      {
        authKeys: shown.filter(({ kind }) => kind === "authKey").length,
        ofOwner: ofOwner.map((key) => [key.accessKey.active, key.owner.subAccount?.loginId]),
      },
      { authKeys: authKeys.length, ofOwner: [[false, owner!.loginId]] },
    );
  });

  it("closes with the account, and can be opened anew", async () => {
    const { page, services } = await opened();
    await world().store.save(world().account({ id: "account-2" }));
    await world().session.reopen();
    const complete = page.next();
    await services.run(showHealth);
    await complete;
    assert.deepEqual(page.did, [
      "opened for the one account",
      "complete",
      "closed",
      "opened work",
      "complete",
    ]);
  });

  /** A page whose reading is under way as this happens: the sub accounts are known, their keys are not. */
  async function openedDuring(happens: () => Promise<unknown>): Promise<FakePage> {
    const { send } = world();
    let isOver = false;
    world().send = async (request, signal) => {
      const answer = await send(request, signal);
      if (!isOver && new URL(request.url).pathname === "/api/v1/sub-accounts") {
        isOver = true;
        await happens();
      }
      return answer;
    };
    const page = new FakePage();
    const complete = page.next();
    await new FakeServices(world().session, { healthPages: page }).run(showHealth);
    await complete;
    return page;
  }

  const listsOfSubAccounts = () =>
    world().requests.filter((request) => request.endsWith("/sub-accounts")).length;

  it("reads again when the account gets other credentials while it reads", async () => {
    await world().signIn({ nsmlApiKey: undefined });
    const page = await openedDuring(() => world().signIn());
    const { apiKeys, authKeys, subAccounts } = world().sandbox.state;
    const accessKeys = subAccounts.flatMap((owner) => owner.accessKeys);
    const { keys, gaps } = page.collected!;
    assert.deepEqual(
      { did: page.did, keys: keys.size, gaps, lists: listsOfSubAccounts() },
      {
        did: ["opened for the one account", "complete"],
        keys: apiKeys.size + authKeys.length + accessKeys.length,
        gaps: [],
        lists: 2,
      },
    );
  });

  it("goes on reading when the account is merely renamed", async () => {
    await world().signIn();
    const page = await openedDuring(() => world().signIn({ label: "renamed" }));
    assert.deepEqual([page.did.at(-1), listsOfSubAccounts()], ["complete", 1]);
  });

  it("does nothing any more for a page that is closed", async () => {
    const { page } = await opened();
    page.events!.closed();
    await world().store.remove("account-1");
    await world().session.reopen();
    assert.deepEqual(page.did, ["opened for the one account", "complete"]);
  });

  it("offers to sign in where nobody is, and opens nothing", async () => {
    const services = new FakeServices(world().session, { messages: { notSignedIn: [no] } });
    assert.deepEqual([await services.run(showHealth), world().requests], [["notSignedIn"], []]);
  });
});
