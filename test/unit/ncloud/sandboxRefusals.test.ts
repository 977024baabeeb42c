import assert from "node:assert/strict";
import { getApiKey } from "../../../src/ncloud/apiGateway.ts";
import { createAuthKey } from "../../../src/ncloud/nsml.ts";
import { startSandbox, type SandboxOptions } from "../../sandbox/sandbox.ts";
import { clientOf, kindOf, never } from "./support/observed.ts";

describe("the sandbox's refusals", () => {
  async function kindAt(options: SandboxOptions, secretKey?: string): Promise<unknown> {
    const sandbox = await startSandbox(options);
    const { client } = clientOf(secretKey === undefined ? sandbox : { ...sandbox, secretKey });
    const apiKeyId = sandbox.state.apiKeys.page(0, 1)[0]?.apiKeyId ?? "none";
    const kinds = [
      await kindOf(getApiKey(client, apiKeyId, never())),
      await kindOf(getApiKey(client, "nothing", never())),
      await kindOf(createAuthKey(client, { title: "a", key: "b" }, never())),
    ];
    await sandbox.close();
    return kinds;
  }

  it("are told apart as a caller needs them", async () => {
    assert.deepEqual(
      {
        right: await kindAt({}),
        wrongKey: await kindAt({}, "x"),
        denied: await kindAt({ deny: ["apiGateway", "nsml"] }),
        neverOpened: await kindAt({ apiGatewayOpened: false }),
        notSubscribed: await kindAt({ nsmlSubscribed: false }),
      },
      {
        right: ["none", "notFound", "badRequest"],
        wrongKey: ["wrongCredentials", "wrongCredentials", "wrongCredentials"],
        denied: ["noPermission", "noPermission", "noPermission"],
        neverOpened: ["notSubscribed", "notSubscribed", "wrongCredentials"],
        notSubscribed: ["none", "notFound", "notSubscribed"],
      },
    );
  });
});
