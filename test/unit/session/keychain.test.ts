import assert from "node:assert/strict";
import { keychainTimeLimit } from "../../../src/accounts/keychainError.ts";
import { FakeTimers } from "../support/fakeTimers.ts";
import { drained, sessionText, useWorld } from "../support/world.ts";

describe("a session whose keychain is in trouble", () => {
  const world = useWorld();

  const seen = () => sessionText(world().session);

  function failOn(step: "get" | "keys"): void {
    world().computer.onKeychain = (operation) => {
      if (operation === step) throw new Error("The keychain is locked.");
    };
  }

  it("says what is wrong with the credentials, and of which account", async () => {
    const found: Record<string, string> = {};
    const { keychain } = world().computer;
    await world().store.save(world().account());
    const [key] = keychain.keys();
    const records = {
      garbage: "{",
      "another record": JSON.stringify({ version: 1, label: "work" }),
      "a later version": JSON.stringify({ version: 2 }),
    };
    for (const [name, record] of Object.entries(records)) {
      keychain.set(key!, record);
      await world().session.reopen();
      found[name] = seen();
    }
    keychain.clear();
    await world().session.reopen();
    found["nothing"] = seen();
    assert.deepEqual(found, {
      garbage: "credentialsMissing work unreadable",
      "another record": "credentialsMissing work unreadable",
      "a later version": "credentialsMissing work newerVersion",
      nothing: "credentialsMissing work missing",
    });
  });

  it("says that the keychain failed, and is back once it works again", async () => {
    await world().store.save(world().account());
    const found: string[] = [];
    for (const step of ["get", "keys"] as const) {
      failOn(step);
      await world().session.reopen();
      found.push(seen());
    }
    world().computer.onKeychain = undefined;
    await world().session.reopen();
    assert.deepEqual(
      [...found, seen()],
      [
        "credentialsMissing work failed",
        "credentialsMissing undefined failed",
        "signedIn work of 1",
      ],
    );
  });

  it("shows no rows of an account whose credentials can no longer be had", async () => {
    const inventory = await world().signIn();
    await inventory.apiKeys.load();
    failOn("get");
    await world().session.reopen();
    assert.deepEqual(
      [seen(), inventory.apiKeys.state.status],
      ["credentialsMissing work failed", "unloaded"],
    );
  });

  it("does not wait for ever for a keychain that hangs", async () => {
    await world().store.save(world().account());
    await drained();
    const timers = new FakeTimers();
    timers.install();
    try {
      world().computer.onKeychain = () => new Promise(() => undefined);
      const opening = world().session.open();
      await drained();
      const meanwhile = seen();
      timers.pass(keychainTimeLimit);
      await opening;
      assert.deepEqual(
        [meanwhile, seen(), timers.count],
        ["unknown", "credentialsMissing undefined timeout", 0],
      );
    } finally {
      timers.uninstall();
    }
  });
});
