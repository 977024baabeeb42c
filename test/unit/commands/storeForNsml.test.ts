import assert from "node:assert/strict";
import { regenerateApiKey } from "../../../src/commands/apiKeyValues.ts";
import { rotateApiKey } from "../../../src/commands/rotateApiKey.ts";
import type { Services } from "../../../src/commands/services.ts";
import type { ApiKeyRow } from "../../../src/inventory/row.ts";
import { useApiKeyDesk } from "../support/apiKeyDesk.ts";
import { answer, no, yes, type Situation } from "../support/fakeServices.ts";

type Change = (services: Services, args: readonly [ApiKeyRow]) => Promise<void>;

describe("the value that NSML requests carry, once it is new", () => {
  const desk = useApiKeyDesk();

  /** The person looks at the auth keys again at the first moment at which they can do anything. */
  const look =
    <T>(value: T) =>
    async () => {
      await desk().world.signedIn.inventory.authKeys.reload();
      return value;
    };

  /** The two ways to a new primary value, which is the one that is sent. */
  const changes: Readonly<Record<string, readonly [Change, () => Situation]>> = {
    "by regenerating it": [
      regenerateApiKey,
      () => ({
        changeDialogs: { chooseValue: [answer("primary" as const)], confirmRenewal: [yes] },
        secretDialogs: { offerValues: [look(undefined)] },
      }),
    ],
    "by a rotation": [
      rotateApiKey,
      () => ({
        changeDialogs: { confirmRenewal: [yes, yes] },
        rotateDialogs: { afterSecondary: [look("goOn" as const)], bothRenewed: [look(false)] },
      }),
    ],
  };

  /** What happens between NCP and us, in turn: changes of values, and which value NSML was sent. */
  function watch(id: string) {
    const { sandbox, session } = desk().world;
    const former = sandbox.apiKeyValue;
    const seen: string[] = [];
    const known = new Map([[former, "the old one"]]);
    const nameOf = () => known.get(desk().valuesOf(id).primaryKey);
    sandbox.state.apiKeys.onChange(() => {
      if (nameOf() !== undefined) return;
      known.set(desk().valuesOf(id).primaryKey, "the new one");
      seen.push("the primary is new");
    });
    const { send } = desk().world;
    desk().world.send = (request, signal) => {
      if (new URL(request.url).pathname.startsWith("/nsml/")) {
        const value = request.headers["x-ncp-apigw-api-key"] ?? "";
        seen.push(`NSML is sent ${known.get(value)}`);
      }
      return send(request, signal);
    };
    // As the sidebar does.
    session.onDidChange(() => {
      if (session.state.status === "signedIn") session.state.inventory.loadGroup("authKeys");
    });
    return seen;
  }

  for (const [name, [change, situationOf]] of Object.entries(changes)) {
    it(`is what the next one carries, and none carries the old one any more: ${name}`, async () => {
      const { row, id, services } = await desk().open(situationOf());
      desk().world.sandbox.resetRequests();
      const seen = watch(id);
      await services.run((all) => change(all, [row]));
      await desk().world.sandbox.idle();
      const { requests } = desk().world.sandbox;
      const since = seen.slice(seen.indexOf("the primary is new"));
      assert.deepEqual(
        {
          since: [...new Set(since)],
          refused: requests.filter(({ status = 0 }) => status >= 400).length,
        },
        { since: ["the primary is new", "NSML is sent the new one"], refused: 0 },
      );
    });
  }

  /** What a locked keychain has the person read, and what is stored at the end. */
  async function withLockedKeychain(
    change: Change,
    situation: Situation,
    { times }: { readonly times: number },
  ) {
    const { row, id, services } = await desk().open(situation);
    let left = times;
    desk().world.computer.onKeychain = (operation) => {
      if (operation === "store" && left-- > 0) throw new Error("The keychain is locked.");
    };
    const said = await services.run((all) => change(all, [row]));
    const [stored] = await desk().world.stored();
    const { primaryKey } = desk().valuesOf(id);
    return {
      said: said.filter((line) => /^(report|notStored|offerValues|bothRenewed|which)/.test(line)),
      isStored: stored?.["nsmlApiKey"] === primaryKey,
      works: desk().end(id, services, said).works,
    };
  }

  /** NCP cannot be asked for an API key any more once it has changed its value. */
  function blindAfterwards(id: string, values: "with its values" | "without its values") {
    const { sandbox, send } = desk().world;
    const path = `/api/v1/api-keys/${id}`;
    desk().world.send = async (request, signal) => {
      const answer = await send(request, signal);
      if (request.method !== "PATCH") return answer;
      sandbox.addFault({ kind: "status", status: 500, method: "GET", path });
      if (values === "with its values") return answer;
      const text = answer.text.replace(/"(primary|secondary)Key":"\w+",?/g, "").replace(",}", "}");
      return { ...answer, text };
    };
  }

  for (const values of ["with its values", "without its values"] as const) {
    it(`is stored, or the account is named: NCP answers ${values}, and cannot be read again`, async () => {
      const { row, id, services } = await desk().open({
        changeDialogs: { chooseValue: [answer("primary" as const)], confirmRenewal: [yes] },
        secretDialogs: { offerValues: [answer("primary" as const)] },
      });
      blindAfterwards(id, values);
      const said = await services.run((all) => regenerateApiKey(all, [row]));
      const [stored] = await desk().world.stored();
      const { primaryKey } = desk().valuesOf(id);
      const isTold = values === "with its values";
      assert.deepEqual(
        {
          said: said.filter((line) => /^(report|uncertain|notStored|offerValues)/.test(line)),
          isStored: stored?.["nsmlApiKey"] === primaryKey,
          isCopied: services.clipboard === primaryKey,
        },
        {
          said: isTold
            ? [`offerValues ${name()} primary`]
            : ["uncertain apiKey unread", "notStoredForNsml work"],
          isStored: isTold,
          isCopied: isTold,
        },
      );
    });
  }

  const name = () => desk().world.sandbox.state.apiKeys.all()[0]!.apiKeyName;

  it("is said not to be stored for an account when the keychain does not take it", async () => {
    const situation = {
      changeDialogs: { chooseValue: [answer("primary" as const)], confirmRenewal: [yes] },
      messages: { report: [no] },
      secretDialogs: { offerValues: [answer("primary" as const)] },
    };
    assert.deepEqual(await withLockedKeychain(regenerateApiKey, situation, { times: 1 }), {
      said: [
        "report chooseApiKey failed",
        "notStoredForNsml work",
        `offerValues ${name()} primary`,
      ],
      isStored: false,
      works: true,
    });
  });

  it("is said not to be stored in the course of a rotation, which goes on", async () => {
    const situation = {
      changeDialogs: { confirmRenewal: [yes, yes] },
      rotateDialogs: {
        afterSecondary: [answer("copySecondary" as const), answer("goOn" as const)],
      },
      messages: { report: [no] },
    };
    assert.deepEqual(await withLockedKeychain(rotateApiKey, situation, { times: 1 }), {
      said: ["report chooseApiKey failed", "notStoredForNsml work", `bothRenewed ${name()}`],
      isStored: false,
      works: true,
    });
  });

  it("is stored at another try, and nothing more is said", async () => {
    const situation = {
      changeDialogs: { chooseValue: [answer("primary" as const)], confirmRenewal: [yes] },
      messages: { report: [yes, yes] },
      secretDialogs: { offerValues: [answer("primary" as const)] },
    };
    assert.deepEqual(await withLockedKeychain(regenerateApiKey, situation, { times: 2 }), {
      said: [
        "report chooseApiKey failed",
        "report chooseApiKey failed",
        `offerValues ${name()} primary`,
      ],
      isStored: true,
      works: true,
    });
  });
});
