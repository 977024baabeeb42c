import assert from "node:assert/strict";
import { checkCredentials } from "../../../src/session/checkCredentials.ts";
import { testServices } from "../../../src/session/testServices.ts";
import { never } from "../ncloud/support/observed.ts";
import { clientOn } from "../ncloud/support/observed.ts";
import {
  apiKeysPath,
  authKeysPath,
  FakeNcp,
  noPermission,
  notSubscribed,
  refusal,
  serverError,
  subAccountsPath,
  type FakeAnswer,
} from "../support/fakeNcp.ts";

const wrongKey = refusal(401, "200", "Authentication Failed");
/** What a gateway in between answers that is not NCP. */
const strangersRefusal = { status: 403, text: "<html>Forbidden</html>" };

describe("checking credentials", () => {
  async function verdict(apiKeys: FakeAnswer, subAccounts: FakeAnswer): Promise<string> {
    const ncp = new FakeNcp({ [apiKeysPath]: apiKeys, [subAccountsPath]: subAccounts });
    const error = await checkCredentials(clientOn(ncp).client, never());
    return error?.kind ?? "accepted";
  }

  it("is about the signature, and not about what it may do", async () => {
    const ok = new FakeNcp().answers;
    const verdicts = {
      "both answer": await verdict(ok[apiKeysPath]!, ok[subAccountsPath]!),
      "one answers": await verdict(serverError, ok[subAccountsPath]!),
      "it may list neither": await verdict(noPermission, noPermission),
      "it is subscribed to neither": await verdict(notSubscribed, notSubscribed),
      "it may not list one, and the other is down": await verdict(serverError, noPermission),
      "the key is wrong": await verdict(wrongKey, wrongKey),
      "the key is wrong, and one is down": await verdict(serverError, wrongKey),
      "both are down": await verdict(serverError, serverError),
      "a stranger refuses": await verdict(strangersRefusal, strangersRefusal),
    };
    assert.deepEqual(verdicts, {
      "both answer": "accepted",
      "one answers": "accepted",
      "it may list neither": "accepted",
      "it is subscribed to neither": "accepted",
      "it may not list one, and the other is down": "accepted",
      "the key is wrong": "wrongCredentials",
      "the key is wrong, and one is down": "wrongCredentials",
      "both are down": "server",
      "a stranger refuses": "noPermission",
    });
  });

  it("says that it was cancelled", async () => {
    const ncp = new FakeNcp();
    const error = await checkCredentials(clientOn(ncp).client, AbortSignal.abort());
    assert.deepEqual([error?.kind, ncp.requests], ["cancelled", []]);
  });
});

describe("testing the services", () => {
  async function results(ncp: FakeNcp, nsmlApiKey?: undefined): Promise<readonly string[]> {
    const credentials = arguments.length > 1 ? { nsmlApiKey } : {};
    const found = await testServices(ncp.inventory({ credentials }), never());
    return found.map(({ service, result }) => {
      return `${service}: ${typeof result === "string" ? result : result.kind}`;
    });
  }

  it("tells for each one how it went", async () => {
    const ncp = new FakeNcp({ [apiKeysPath]: serverError, [authKeysPath]: notSubscribed });
    assert.deepEqual(await results(ncp), [
      "apiGateway: server",
      "subAccount: reached",
      "nsml: notSubscribed",
    ]);
  });

  it("does not ask NSML without an API key", async () => {
    const ncp = new FakeNcp();
    const seen = await results(ncp, undefined);
    assert.deepEqual(
      [seen.at(-1), ncp.requests],
      ["nsml: needsApiKey", [apiKeysPath, subAccountsPath]],
    );
  });

  it("says of a zone without NSML that it is not there", async () => {
    const inventory = new FakeNcp().inventory({ credentials: { zone: { kind: "financial" } } });
    const found = await testServices(inventory, never());
    const { result } = found.at(-1)!;
    assert.equal(typeof result === "object" && result.kind, "unavailableInZone");
  });

  it("has no result when it is cancelled", async () => {
    await assert.rejects(testServices(new FakeNcp().inventory(), AbortSignal.abort()), {
      kind: "cancelled",
    });
  });
});
