import assert from "node:assert/strict";
import { keepAccount } from "../../../src/commands/signIn.ts";
import { Secret } from "../../../src/ncloud/secret.ts";
import { newSecretText } from "../support/testAccount.ts";
import { useWorld } from "../support/world.ts";

describe("keeping checked credentials", () => {
  const world = useWorld();

  const credentials = () => {
    const { zone, accessKeyId, secretKey } = world().account();
    return { zone, accessKeyId, secretKey };
  };
  const keep = async (
    changes: Partial<Parameters<typeof keepAccount>[1]> = {},
    renewal?: "renewMissing",
  ) => ({
    label: await keepAccount(world().session, { ...credentials(), ...changes }, "new", renewal),
    stored: await world().stored(),
  });
  const kept = (label: string) => ({ label, accessKeyId: credentials().accessKeyId, active: true });

  it("makes them the active account", async () => {
    await world().signIn({ id: "another", accessKeyId: "another" });
    const { stored } = await keep();
    assert.deepEqual(stored, [
      { label: "work", accessKeyId: "another", nsmlApiKey: world().sandbox.apiKeyValue },
      kept("new"),
    ]);
  });

  it("renews the account of this access key, and keeps what is not given again", async () => {
    const before = { label: "work", subAccountIds: ["named"], nsmlApiKeyId: "picked" };
    await world().signIn(before);
    const renewed = new Secret(newSecretText());
    const seen = await keep({ secretKey: renewed });
    const stored = await world().store.read("account-1");
    assert.deepEqual(
      { ...seen, secretKey: stored.status === "present" && stored.account.secretKey.reveal() },
      {
        label: "work",
        stored: [{ ...kept("work"), ...before, nsmlApiKey: world().sandbox.apiKeyValue }],
        secretKey: renewed.reveal(),
      },
    );
  });

  it("makes one account of an access key that is imported twice at once", async () => {
    const labels = await Promise.all(
      ["first", "second"].map((name) => keepAccount(world().session, credentials(), name)),
    );
    assert.deepEqual([labels, await world().stored()], [["first", "first"], [kept("first")]]);
  });

  it("gives two accounts that are imported at once a name each", async () => {
    const labels = await Promise.all(
      ["one", "two"].map((accessKeyId) =>
        keepAccount(world().session, { ...credentials(), accessKeyId }, "new"),
      ),
    );
    assert.deepEqual(labels, ["new", "new 2"]);
  });

  it("takes a new API key for NSML in place of the one before", async () => {
    await world().signIn({ nsmlApiKeyId: "before" });
    const value = newSecretText();
    const { stored } = await keep({ nsmlApiKey: new Secret(value), nsmlApiKeyId: undefined });
    assert.deepEqual(
      stored.map(({ nsmlApiKey, nsmlApiKeyId }) => ({ nsmlApiKey, nsmlApiKeyId })),
      [{ nsmlApiKey: value, nsmlApiKeyId: undefined }],
    );
  });

  it("does not give them to an account whose own were lost, unless that is meant", async () => {
    await world().signIn({ label: "work" });
    world().computer.keychain.clear();
    assert.deepEqual(await keep(), {
      label: "new",
      stored: [{ id: "account-1", status: "missing" }, kept("new")],
    });
  });

  it("gives the account back whose credentials were lost", async () => {
    await world().signIn({ label: "work" });
    world().computer.keychain.clear();
    assert.deepEqual(await keep({}, "renewMissing"), { label: "work", stored: [kept("work")] });
  });

  it("does not take the same access key of another zone for the same account", async () => {
    await world().signIn({ zone: { kind: "public" } });
    const { stored } = await keep();
    assert.deepEqual(
      stored.map(({ label }) => label),
      ["work", "new"],
    );
  });

  it("leaves a record alone that a later version wrote", async () => {
    await world().signIn();
    const [key] = world().computer.keychain.keys();
    const later = JSON.stringify({ version: 99, secretKey: newSecretText() });
    world().computer.keychain.set(key!, later);
    const { label } = await keep();
    assert.deepEqual([label, world().computer.keychain.get(key!)], ["new", later]);
  });

  it("gives each account a name of its own", async () => {
    const labels: unknown[] = [];
    for (const accessKeyId of ["first", "second", "third"]) {
      labels.push((await keep({ accessKeyId })).label);
    }
    assert.deepEqual(labels, ["new", "new 2", "new 3"]);
  });
});
