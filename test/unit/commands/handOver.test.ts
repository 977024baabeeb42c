import assert from "node:assert/strict";
import { createAccessKey } from "../../../src/commands/makeKeys.ts";
import { FakeServices, yes } from "../support/fakeServices.ts";
import { useWorld } from "../support/world.ts";

describe("handing a new access key over", () => {
  const world = useWorld({ authKeys: 1, apiKeys: 1, subAccounts: 1 });

  /** Creates an access key whose sub account cannot be listed for a while after that. */
  async function createBefore(theListing: Promise<unknown>) {
    const inventory = await world().signIn();
    const [owner] = world().sandbox.state.subAccounts;
    owner!.accessKeys.length = 1;
    const path = `/api/v1/sub-accounts/${owner!.subAccountId}/access-keys`;
    void world()
      .sandbox.nextRequest({ method: "POST", path })
      .then(() =>
        world().sandbox.addFault({ kind: "hold", until: theListing, method: "GET", path }),
      );
    const shown = () => inventory.accessKeysOf(owner!.subAccountId).value?.length;
    const shownAtHandover: unknown[] = [];
    const services = new FakeServices(world().session, {
      secretDialogs: {
        confirmCreation: [yes],
        offerAccessKey: [
          () => {
            shownAtHandover.push(shown());
            return Promise.resolve("copySecret");
          },
          () => Promise.resolve("close"),
        ],
      },
    });
    const [row] = await services.show(inventory, "subAccounts");
    await services.showBelow(inventory, row!);
    await services.run((all) => createAccessKey(all, [row]));
    const isCopied = services.clipboard === owner!.accessKeys[0]?.secretKey;
    return { shownAtHandover, isCopied, shown };
  }

  it("waits for no list, which may take a minute", async () => {
    const { shown, ...handover } = await createBefore(new Promise(() => undefined));
    assert.deepEqual(
      { ...handover, shown: shown() },
      { shownAtHandover: [1], isCopied: true, shown: 1 },
    );
  });

  it("has the list show the key as soon as it is there", async () => {
    const { shown } = await createBefore(Promise.resolve());
    await world().sandbox.idle();
    await new Promise<void>((resolve) => {
      const { inventory } = world().signedIn;
      if (shown() === 2) resolve();
      inventory.onDidChange(() => shown() === 2 && resolve());
    });
    assert.equal(shown(), 2);
  });
});
