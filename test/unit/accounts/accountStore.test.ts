import assert from "node:assert/strict";
import { setImmediate as settled } from "node:timers/promises";
import { AccountStore } from "../../../src/accounts/accountStore.ts";
import { Secret } from "../../../src/ncloud/secret.ts";
import { FakeComputer } from "../support/fakeComputer.ts";
import { newAccount, newSecretText, revealed } from "../support/testAccount.ts";

const prefix = "ncloudKeys.account.";

function openStore(computer: FakeComputer): AccountStore {
  const { secrets, globalState } = computer.openWindow();
  return new AccountStore(secrets, globalState);
}

/** What a store says there is, and what the computer keeps for it. */
async function observe(computer: FakeComputer, store: AccountStore) {
  const { accounts, active } = await store.list();
  return {
    labels: accounts.map(({ label }) => label),
    active: active?.label,
    entries: [...computer.keychain.keys()],
  };
}

for (const canListKeys of [true, false]) {
  const host = canListKeys ? "can be listed" : "cannot be listed";

  describe(`The accounts of a computer whose keychain ${host}`, () => {
    let computer: FakeComputer;
    let store: AccountStore;
    beforeEach(() => {
      computer = new FakeComputer({ canListKeys });
      store = openStore(computer);
    });

    it("are none at first", async () => {
      assert.deepEqual(
        { ...(await observe(computer, store)), stored: computer.stored },
        { labels: [], active: undefined, entries: [], stored: {} },
      );
    });

    it("are listed as they were saved, the newest of them active", async () => {
      await store.save(newAccount({ id: "a", label: "one" }));
      await store.save(newAccount({ id: "b", label: "two" }));
      assert.deepEqual(await observe(computer, store), {
        labels: ["one", "two"],
        active: "two",
        entries: [`${prefix}a`, `${prefix}b`],
      });
    });

    it("can be read again with all that was saved", async () => {
      const account = newAccount({
        id: "a",
        zone: { kind: "custom", origin: "https://ncp.example.com" },
        nsmlApiKey: new Secret(newSecretText()),
        nsmlApiKeyId: "key1",
        subAccountIds: ["s1", "s2"],
      });
      await store.save(account);
      const stored = await store.read("a");
      assert.equal(stored.status, "present");
      assert.deepEqual(
        { ...revealed(stored.account), signInId: undefined },
        { ...revealed(account), signInId: undefined },
      );
    });

    it("leave ids and labels outside the keychain and nothing else", async () => {
      await store.save(newAccount({ id: "a", label: "one", nsmlApiKeyId: "key1" }));
      await store.save(newAccount({ id: "b", label: "two", subAccountIds: ["s1"] }));
      await store.update("a", (stored) => ({ ...stored, label: "uno" }));
      await store.activate("a");
      assert.deepEqual(computer.stored, {
        "ncloudKeys.accounts": [
          { id: "a", label: "uno" },
          { id: "b", label: "two" },
        ],
        "ncloudKeys.activeAccount": "a",
      });
    });

    it("are replaced when one is saved again, and not doubled", async () => {
      await store.save(newAccount({ id: "a", label: "one" }));
      await store.save(newAccount({ id: "b", label: "two" }));
      await store.save(newAccount({ id: "a", label: "one again", accessKeyId: "new" }));
      const stored = await store.read("a");
      assert.deepEqual(
        {
          ...(await observe(computer, store)),
          accessKeyId: stored.status === "present" && stored.account.accessKeyId,
        },
        {
          labels: ["one again", "two"],
          active: "one again",
          entries: [`${prefix}a`, `${prefix}b`],
          accessKeyId: "new",
        },
      );
    });

    it("keep their credentials when one is renamed", async () => {
      const account = newAccount({ id: "a", label: "one" });
      await store.save(account);
      await store.update("a", (stored) => ({ ...stored, label: "uno" }));
      const stored = await store.read("a");
      assert.equal(stored.status, "present");
      assert.deepEqual(
        {
          ...(await observe(computer, store)),
          account: { ...revealed(stored.account), signInId: undefined },
        },
        {
          labels: ["uno"],
          active: "uno",
          entries: [`${prefix}a`],
          account: { ...revealed(account), label: "uno", signInId: undefined },
        },
      );
    });

    it("are not made by changing one that is not there", async () => {
      await assert.rejects(
        store.update("a", (stored) => stored),
        { name: "KeychainError", kind: "missing" },
      );
      assert.deepEqual(await observe(computer, store), {
        labels: [],
        active: undefined,
        entries: [],
      });
    });

    it("go one by one; the next one is active then", async () => {
      for (const id of ["a", "b", "c"]) await store.save(newAccount({ id, label: id }));
      await store.activate("b");
      await store.remove("b");
      assert.deepEqual(await observe(computer, store), {
        labels: ["a", "c"],
        active: "a",
        entries: [`${prefix}a`, `${prefix}c`],
      });
    });

    it("leave nothing when all are removed", async () => {
      for (const id of ["a", "b", "c"]) await store.save(newAccount({ id }));
      await store.activate("b");
      await store.removeAll();
      assert.deepEqual(
        { ...(await observe(computer, store)), stored: computer.stored },
        { labels: [], active: undefined, entries: [], stored: {} },
      );
    });

    it("leave nothing when the last one is removed", async () => {
      await store.save(newAccount({ id: "a" }));
      await store.remove("a");
      assert.deepEqual(
        { ...(await observe(computer, store)), stored: computer.stored },
        { labels: [], active: undefined, entries: [], stored: {} },
      );
    });

    it("are all kept when several are saved in the same moment", async () => {
      const ids = ["a", "b", "c", "d"];
      await Promise.all(ids.map((id) => store.save(newAccount({ id, label: id }))));
      assert.deepEqual((await observe(computer, store)).labels, ids);
    });

    it("keep each of several changes of one in the same moment", async () => {
      await store.save(newAccount({ id: "a", label: "one" }));
      await Promise.all([
        store.update("a", (stored) => ({ ...stored, label: "uno" })),
        store.update("a", (stored) => ({ ...stored, subAccountIds: ["s1"] })),
        store.update("a", (stored) => ({ ...stored, nsmlApiKeyId: "key1" })),
      ]);
      const stored = await store.read("a");
      assert.equal(stored.status, "present");
      const { label, subAccountIds, nsmlApiKeyId } = stored.account;
      assert.deepEqual([label, subAccountIds, nsmlApiKeyId], ["uno", ["s1"], "key1"]);
    });

    it("are there in a window that is opened later, with the active one", async () => {
      for (const id of ["a", "b"]) await store.save(newAccount({ id, label: id }));
      await store.activate("a");
      assert.deepEqual(await observe(computer, openStore(computer)), {
        labels: ["a", "b"],
        active: "a",
        entries: [`${prefix}a`, `${prefix}b`],
      });
    });

    it("are told to another window as they come, change and go", async () => {
      const other = openStore(computer);
      const heard: unknown[] = [];
      other.onDidChange(() => heard.push("changed"));
      const steps: unknown[] = [];
      const look = async () => {
        await settled();
        const { labels } = await observe(computer, other);
        steps.push({ labels, heard: heard.splice(0) });
      };
      await store.save(newAccount({ id: "a", label: "one" }));
      await look();
      await store.update("a", (stored) => ({ ...stored, label: "uno" }));
      await look();
      await store.remove("a");
      await look();
      assert.deepEqual(steps, [
        { labels: ["one"], heard: ["changed"] },
        { labels: ["uno"], heard: ["changed"] },
        { labels: [], heard: ["changed"] },
      ]);
    });

    it("are chosen in each window for itself", async () => {
      for (const id of ["a", "b"]) await store.save(newAccount({ id, label: id }));
      const other = openStore(computer);
      const actives: unknown[] = [(await other.list()).active?.label];
      await store.activate("a");
      await settled();
      actives.push((await store.list()).active?.label, (await other.list()).active?.label);
      assert.deepEqual(actives, ["b", "a", "b"]);
    });

    it("do not lose the active one to a window that writes its own list", async () => {
      await store.save(newAccount({ id: "a", label: "a" }));
      const other = openStore(computer);
      await other.list();
      await store.save(newAccount({ id: "b", label: "b" }));
      await other.update("a", (stored) => ({ ...stored, label: "renamed" }));
      await other.activate("a");
      await settled();
      assert.deepEqual((await observe(computer, store)).active, "b");
    });

    it("stay listed when the keychain forgot one, which is then said to be missing", async () => {
      for (const id of ["a", "b"]) await store.save(newAccount({ id, label: id }));
      await settled();
      computer.keychain.delete(`${prefix}b`);
      const later = openStore(computer);
      const { accounts, active } = await later.list();
      const stored = await later.read("b");
      assert.deepEqual(
        { labels: accounts.map(({ label }) => label), active: active?.label, stored },
        { labels: ["a", "b"], active: "b", stored: { status: "missing" } },
      );
    });

    it("stay listed when VS Code deletes an entry that it cannot decrypt", async () => {
      await store.save(newAccount({ id: "a", label: "one" }));
      await settled();
      store.dispose();
      computer.undecipherable.add(`${prefix}a`);
      const later = openStore(computer);
      await later.list();
      const stored = await later.read("a");
      await settled();
      assert.deepEqual(
        { stored, ...(await observe(computer, later)) },
        { stored: { status: "missing" }, labels: ["one"], active: "one", entries: [] },
      );
    });

    it("can be saved again where an entry was lost", async () => {
      await store.save(newAccount({ id: "a", label: "one" }));
      computer.keychain.clear();
      const later = openStore(computer);
      await later.read("a");
      await later.save(newAccount({ id: "a", label: "one" }));
      await settled();
      assert.deepEqual(
        { status: (await later.read("a")).status, ...(await observe(computer, later)) },
        { status: "present", labels: ["one"], active: "one", entries: [`${prefix}a`] },
      );
    });

    it("never lose the record of a later version to this one", async () => {
      await store.save(newAccount({ id: "a", label: "one" }));
      const record = JSON.stringify({ version: 2, label: "later" });
      computer.keychain.set(`${prefix}a`, record);
      const attempts = [
        () => store.save(newAccount({ id: "a" })),
        () => store.update("a", (stored) => ({ ...stored, label: "uno" })),
      ];
      for (const attempt of attempts) {
        await assert.rejects(attempt, { name: "KeychainError", kind: "newerVersion" });
      }
      assert.deepEqual(
        {
          read: await store.read("a"),
          labels: (await observe(computer, store)).labels,
          record: computer.keychain.get(`${prefix}a`),
        },
        { read: { status: "newerVersion" }, labels: ["one"], record },
      );
    });

    it("do not take garbage for an account, and can be signed in to again", async () => {
      await store.save(newAccount({ id: "a", label: "one" }));
      computer.keychain.set(`${prefix}a`, "garbage");
      const read = await store.read("a");
      await assert.rejects(
        store.update("a", (stored) => stored),
        { kind: "unreadable" },
      );
      await store.save(newAccount({ id: "a", label: "one" }));
      assert.deepEqual([read.status, (await store.read("a")).status], ["unreadable", "present"]);
    });

    it("survive whatever stands where their list should be", async () => {
      const item = { id: "a", label: "one" };
      const lists: unknown[] = ["x", 5, null, {}, [null, item, { id: "b" }, { id: 1, label: "c" }]];
      const labels: unknown[] = [];
      for (const list of lists) {
        computer.disk = JSON.stringify({
          "ncloudKeys.accounts": list,
          "ncloudKeys.activeAccount": { toString: "a" },
        });
        labels.push((await observe(computer, openStore(computer))).labels);
      }
      assert.deepEqual(labels, [[], [], [], [], ["one"]]);
    });

    it("are of no concern to entries that others keep in the same keychain", async () => {
      computer.keychain.set("somebody else's", "secret");
      const heard: string[] = [];
      store.onDidChange(() => heard.push("changed"));
      computer.tellOfSecret("somebody else's");
      await settled();
      await store.removeAll();
      assert.deepEqual(
        { ...(await observe(computer, store)), heard: heard.length },
        { labels: [], active: undefined, entries: ["somebody else's"], heard: 1 },
      );
    });

    it("are no longer told to who let go of the store", async () => {
      const heard: string[] = [];
      const kept = store.onDidChange(() => heard.push("kept"));
      store.onDidChange(() => heard.push("ended")).dispose();
      await store.save(newAccount({ id: "a" }));
      const before = heard.splice(0);
      kept.dispose();
      store.dispose();
      await openStore(computer).save(newAccount({ id: "b" }));
      await settled();
      assert.deepEqual({ before: [...new Set(before)], heard }, { before: ["kept"], heard: [] });
    });
  });
}

describe("A keychain that can be listed", () => {
  it("brings back an account that fell out of the list, under its own label", async () => {
    const computer = new FakeComputer();
    await openStore(computer).save(newAccount({ id: "a", label: "one" }));
    await settled();
    computer.keychain.set(`${prefix}0123456789`, "garbage");
    computer.disk = "{}";
    const later = openStore(computer);
    assert.deepEqual(
      { ...(await observe(computer, later)), stored: computer.stored },
      {
        labels: ["one", "01234567"],
        active: "one",
        entries: [`${prefix}a`, `${prefix}0123456789`],
        stored: {
          "ncloudKeys.accounts": [
            { id: "a", label: "one" },
            { id: "0123456789", label: "01234567" },
          ],
        },
      },
    );
  });

  it("is cleared of accounts that are on no list when all are removed", async () => {
    const computer = new FakeComputer();
    await openStore(computer).save(newAccount({ id: "a" }));
    await settled();
    computer.disk = "{}";
    await openStore(computer).removeAll();
    await settled();
    assert.deepEqual([[...computer.keychain.keys()], computer.stored], [[], {}]);
  });
});
