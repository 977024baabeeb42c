import assert from "node:assert/strict";
import { changeAccessKey } from "../../../src/commands/changeAccessKey.ts";
import { Secret } from "../../../src/ncloud/secret.ts";
import { never } from "../ncloud/support/observed.ts";
import { useWorld } from "../support/world.ts";

describe("the access key that signs for us, once it is out of use", () => {
  const world = useWorld({ subAccounts: 1, authKeys: 0, apiKeys: 0 });

  async function open() {
    const owner = world().sandbox.state.subAccounts[0]!;
    owner.active = true;
    owner.canAPIGatewayAccess = true;
    const [own, other] = owner.accessKeys;
    assert.ok(own && other);
    for (const key of [own, other]) key.active = true;
    const inventory = await world().signIn({
      accessKeyId: own.accessKey,
      secretKey: new Secret(own.secretKey),
    });
    const { subAccountId } = owner;
    const shown = () =>
      inventory
        .accessKeysOf(subAccountId)
        .value?.map(({ accessKeyId, active }) => [accessKeyId, active]);
    const end = (action: "delete" | "switchOff") =>
      changeAccessKey(inventory, subAccountId, own.accessKey, action, never());
    const load = () => inventory.accessKeysOf(subAccountId).load();
    const others = owner.accessKeys.slice(1).map(({ accessKey, active }) => [accessKey, active]);
    return { own: own.accessKey, others, load, shown, end };
  }

  it("is taken out of the keys that were read before", async () => {
    const { others, load, shown, end } = await open();
    await load();
    assert.deepEqual([(await end("delete")).kind, shown()], ["done", others]);
  });

  it("is inactive among them when it was switched off", async () => {
    const { own, others, load, shown, end } = await open();
    await load();
    assert.deepEqual([(await end("switchOff")).kind, shown()], ["done", [[own, false], ...others]]);
  });

  it("leaves no list where none was read, which would say that there is no key", async () => {
    const { shown, end } = await open();
    assert.deepEqual([(await end("delete")).kind, shown()], ["done", undefined]);
  });
});
