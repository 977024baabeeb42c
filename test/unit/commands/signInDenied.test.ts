import assert from "node:assert/strict";
import { signIn } from "../../../src/commands/signIn.ts";
import { Secret } from "../../../src/ncloud/secret.ts";
import { FakeServices, given } from "../support/fakeServices.ts";
import { useWorld } from "../support/world.ts";

describe("signing in with a key that may list nothing", () => {
  const world = useWorld({ deny: ["apiGateway", "subAccount", "nsml"] });

  it("works, for its signature was accepted", async () => {
    const { origin, accessKeyId, secretKey } = world().sandbox;
    const secret = new Secret(secretKey);
    const verdicts: unknown[] = [];
    const services = new FakeServices(world().session, {
      signInPrompts: {
        askZone: [given({ kind: "custom", origin })],
        askAccessKeyId: [given(accessKeyId)],
        askSecretKey: [
          async (_, check) => {
            verdicts.push(await check(secret, new AbortController().signal));
            return { kind: "given", value: secret };
          },
        ],
        askNsmlApiKey: [given({ kind: "skip" })],
      },
    });
    await services.run(signIn);
    assert.deepEqual(
      { verdicts, stored: (await world().stored()).map(({ accessKeyId: id }) => id) },
      { verdicts: [undefined], stored: [accessKeyId] },
    );
  });
});
