import assert from "node:assert/strict";
import { signIn } from "../../../src/commands/signIn.ts";
import { Secret } from "../../../src/ncloud/secret.ts";
import type { Zone } from "../../../src/ncloud/zone.ts";
import type { Answer, SignInPrompts } from "../../../src/ui/prompts.ts";
import {
  back,
  cancelled,
  FakeServices,
  given,
  no,
  yes,
  type Situation,
} from "../support/fakeServices.ts";
import type { Answers } from "../support/scripted.ts";
import { newSecretText } from "../support/testAccount.ts";
import { useWorld } from "../support/world.ts";

const skip = given({ kind: "skip" } as const);

describe("signing in", () => {
  const world = useWorld();

  const zone = (): Zone => ({ kind: "custom", origin: world().sandbox.origin });
  const secretKey = () => new Secret(world().sandbox.secretKey);
  const label = () => {
    const { origin, accessKeyId } = world().sandbox;
    return `${new URL(origin).host} …${accessKeyId.slice(-4)}`;
  };

  /** A person who gives the right answers, but for what is changed. */
  function person(changes: Answers<SignInPrompts> = {}): Answers<SignInPrompts> {
    return {
      askZone: [given(zone())],
      askAccessKeyId: [given(world().sandbox.accessKeyId)],
      askSecretKey: [typing(secretKey())],
      askNsmlApiKey: [skip],
      ...changes,
    };
  }

  /** Types secret keys, each one when the one before was refused, as the input box lets one do. */
  function typing(...keys: readonly Secret[]): SignInPrompts["askSecretKey"] {
    return async (_, check): Promise<Answer<Secret>> => {
      for (const key of keys) {
        const problem = await check(key, new AbortController().signal);
        problems.push(problem?.kind);
        storedMeanwhile.push(world().computer.keychain.size);
        if (!problem) return { kind: "given", value: key };
      }
      return { kind: "cancelled" };
    };
  }
  let problems: (string | undefined)[];
  let storedMeanwhile: number[];
  beforeEach(() => {
    problems = [];
    storedMeanwhile = [];
  });

  async function signInAs(situation: Situation) {
    const transcript = await new FakeServices(world().session, situation).run(signIn);
    return { transcript, stored: await world().stored() };
  }

  const asked = () => [
    `askZone 1/4`,
    `askAccessKeyId 2/4 ""`,
    `askSecretKey 3/4`,
    `askNsmlApiKey 4/4`,
  ];
  const kept = () => ({
    label: label(),
    accessKeyId: world().sandbox.accessKeyId,
    active: true,
  });

  it("asks in four steps, and keeps nothing before NCP accepted the signature", async () => {
    const wrong = new Secret(newSecretText());
    const seen = await signInAs({
      signInPrompts: person({ askSecretKey: [typing(wrong, secretKey())] }),
    });
    assert.deepEqual(
      { ...seen, problems, storedMeanwhile },
      {
        transcript: [...asked(), `signedIn ${label()}`],
        stored: [kept()],
        problems: ["wrongCredentials", undefined],
        storedMeanwhile: [0, 0],
      },
    );
  });

  it("goes back step by step, with what was given before", async () => {
    const { accessKeyId } = world().sandbox;
    const seen = await signInAs({
      signInPrompts: {
        askZone: [given({ kind: "financial" }), given(zone())],
        askAccessKeyId: [given(accessKeyId), back, given(accessKeyId)],
        askSecretKey: [back, typing(secretKey()), typing(secretKey())],
        askNsmlApiKey: [back, skip],
      },
    });
    assert.deepEqual(seen, {
      transcript: [
        `askZone 1/4`,
        `askAccessKeyId 2/4 ""`,
        `askSecretKey 3/4`,
        `askAccessKeyId 2/4 ${accessKeyId}`,
        `askZone 1/4 financial`,
        `askAccessKeyId 2/4 ${accessKeyId}`,
        `askSecretKey 3/4`,
        `askNsmlApiKey 4/4`,
        `askSecretKey 3/4`,
        `askNsmlApiKey 4/4`,
        `signedIn ${label()}`,
      ],
      stored: [kept()],
    });
  });

  it("can be left at each step, and nothing is kept or said", async () => {
    const leaving = [
      { askZone: [cancelled], askAccessKeyId: [], askSecretKey: [], askNsmlApiKey: [] },
      { askAccessKeyId: [cancelled], askSecretKey: [], askNsmlApiKey: [] },
      { askSecretKey: [cancelled], askNsmlApiKey: [] },
      { askNsmlApiKey: [cancelled] },
    ];
    const seen: unknown[] = [];
    for (const changes of leaving) seen.push(await signInAs({ signInPrompts: person(changes) }));
    assert.deepEqual(
      seen,
      leaving.map((_, index) => ({ transcript: asked().slice(0, index + 1), stored: [] })),
    );
  });

  it("takes the value of an API key that is picked, which nobody has to paste", async () => {
    const { apiKeyValue } = world().sandbox;
    const names: string[] = [];
    const seen = await signInAs({
      signInPrompts: person({
        askNsmlApiKey: [
          async (_, list) => {
            const { apiKeys } = await list(new AbortController().signal);
            names.push(...apiKeys.map(({ name }) => name));
            return { kind: "given", value: { kind: "picked", apiKey: apiKeys[0]! } };
          },
        ],
      }),
    });
    const apiKeys = world().sandbox.state.apiKeys.all();
    assert.deepEqual(
      { ...seen, names },
      {
        transcript: [...asked(), "whileChecking", `signedIn ${label()}`],
        stored: [{ ...kept(), nsmlApiKey: apiKeyValue, nsmlApiKeyId: apiKeys[0]?.apiKeyId }],
        names: apiKeys.map(({ apiKeyName }) => apiKeyName),
      },
    );
  });

  it("takes a value that is pasted as it is", async () => {
    const value = new Secret(newSecretText());
    const seen = await signInAs({
      signInPrompts: person({ askNsmlApiKey: [given({ kind: "pasted", value })] }),
    });
    assert.deepEqual(seen, {
      transcript: [...asked(), `signedIn ${label()}`],
      stored: [{ ...kept(), nsmlApiKey: value.reveal() }],
    });
  });

  it("asks again for the API key when its value could not be fetched", async () => {
    const [apiKey] = world().sandbox.state.apiKeys.all();
    const picked = {
      apiKeyId: apiKey!.apiKeyId,
      name: "",
      description: "",
      isEnabled: true,
      modifiedAt: undefined,
    };
    world().sandbox.addFault({ kind: "status", status: 403, path: /api-keys\/\w/ });
    const seen = await signInAs({
      signInPrompts: person({
        askNsmlApiKey: [given({ kind: "picked", apiKey: picked }), skip],
      }),
      messages: { report: [no] },
    });
    assert.deepEqual(seen, {
      transcript: [
        ...asked(),
        "whileChecking",
        "report chooseApiKey noPermission",
        "askNsmlApiKey 4/4",
        `signedIn ${label()}`,
      ],
      stored: [kept()],
    });
  });

  it("says so when the keychain does not take the credentials", async () => {
    world().computer.onKeychain = (operation) => {
      if (operation === "store") throw new Error("The keychain is locked.");
    };
    const seen = await signInAs({ signInPrompts: person(), messages: { report: [no] } });
    assert.deepEqual(seen, { transcript: [...asked(), "report signIn failed"], stored: [] });
  });

  it("keeps what was typed for as long as the person wants to try", async () => {
    let attempts = 0;
    world().computer.onKeychain = (operation) => {
      if (operation === "store" && ++attempts < 3) throw new Error("The keychain is locked.");
    };
    const { transcript, stored } = await signInAs({
      signInPrompts: person(),
      messages: { report: [yes, yes] },
    });
    const report = "report signIn failed";
    assert.deepEqual(
      { transcript, stored },
      { transcript: [...asked(), report, report, `signedIn ${label()}`], stored: [kept()] },
    );
  });

  it("does not ask for an API key in a zone without NSML", async () => {
    const seen = await signInAs({
      signInPrompts: person({
        askZone: [given({ kind: "government" })],
        // Nothing here may reach the real zone, so that nothing is checked.
        askSecretKey: [given(secretKey())],
        askNsmlApiKey: [],
      }),
    });
    const name = `zone government …${world().sandbox.accessKeyId.slice(-4)}`;
    assert.deepEqual(seen, {
      transcript: [...asked().slice(0, 3), "nameOfZone government", `signedIn ${name}`],
      stored: [{ ...kept(), label: name }],
    });
  });
});
