import assert from "node:assert/strict";
import { importAccount } from "../../../src/commands/accounts.ts";
import type { Computer } from "../../../src/commands/services.ts";
import { nodeFetchTransport } from "../../../src/ncloud/nodeFetchTransport.ts";
import { Secret } from "../../../src/ncloud/secret.ts";
import type { AccountPrompts } from "../../../src/ui/prompts.ts";
import {
  answer,
  cancelled,
  FakeServices,
  no,
  yes,
  type Situation,
} from "../support/fakeServices.ts";
import { newSecretText } from "../support/testAccount.ts";
import { useWorld } from "../support/world.ts";

const elsewhere = "https://ncp.example.com";

describe("importing an account", () => {
  const world = useWorld();

  /** NCP's own variables, with the access key of the sandbox. */
  function computerWith(
    apiUrl: string,
    secretKey = world().sandbox.secretKey,
  ): Pick<Computer, "sources"> {
    return {
      sources: {
        configurePath: "configure",
        readFile: () => Promise.resolve(undefined),
        environment: {
          NCLOUD_ACCESS_KEY_ID: world().sandbox.accessKeyId,
          NCLOUD_SECRET_ACCESS_KEY: secretKey,
          NCLOUD_API_GW: apiUrl,
        },
      },
    };
  }

  const first: AccountPrompts["chooseSource"] = ({ sources }) => Promise.resolve(sources[0]);

  async function importWith(situation: Situation) {
    const transcript = await new FakeServices(world().session, situation).run(importAccount);
    return { transcript, stored: await world().stored(), requests: world().requests.length };
  }

  const kept = (label: string) => ({
    label,
    accessKeyId: world().sandbox.accessKeyId,
    active: true,
  });

  it("checks what was chosen and keeps it; this very computer needs no confirming", async () => {
    const seen = await importWith({
      computer: computerWith(world().sandbox.origin),
      accountPrompts: { chooseSource: [first] },
    });
    assert.deepEqual(seen, {
      transcript: [
        "chooseSource",
        "nameOfSource environment",
        "whileChecking",
        "signedIn from environment",
      ],
      stored: [kept("from environment")],
      requests: 2,
    });
  });

  it("sends nothing to an unknown origin that was not confirmed", async () => {
    world().send = () => assert.fail("Nothing may be sent.");
    const seen = await importWith({
      computer: computerWith(elsewhere),
      accountPrompts: { chooseSource: [first], confirmOrigin: [no] },
    });
    assert.deepEqual(seen, {
      transcript: ["chooseSource", `confirmOrigin ${elsewhere}`],
      stored: [],
      requests: 0,
    });
  });

  it("goes to an unknown origin that was confirmed", async () => {
    const { origin } = world().sandbox;
    world().send = (request, signal) =>
      nodeFetchTransport.send({ ...request, url: request.url.replace(elsewhere, origin) }, signal);
    const seen = await importWith({
      computer: computerWith(elsewhere),
      accountPrompts: { chooseSource: [first], confirmOrigin: [yes] },
    });
    assert.deepEqual(seen, {
      transcript: [
        "chooseSource",
        `confirmOrigin ${elsewhere}`,
        "nameOfSource environment",
        "whileChecking",
        "signedIn from environment",
      ],
      stored: [kept("from environment")],
      requests: 2,
    });
  });

  it("keeps nothing that NCP refuses", async () => {
    const seen = await importWith({
      computer: computerWith(world().sandbox.origin, newSecretText()),
      accountPrompts: { chooseSource: [first] },
      messages: { report: [no] },
    });
    assert.deepEqual(seen, {
      transcript: [
        "chooseSource",
        "nameOfSource environment",
        "whileChecking",
        "report import wrongCredentials",
      ],
      stored: [],
      requests: 2,
    });
  });

  it("tries again when the person wants to, without asking anew", async () => {
    world().sandbox.addFault({ kind: "status", status: 500, times: 2 });
    const seen = await importWith({
      computer: computerWith(world().sandbox.origin),
      accountPrompts: { chooseSource: [first] },
      messages: { report: [yes] },
    });
    assert.deepEqual(seen, {
      transcript: [
        "chooseSource",
        "nameOfSource environment",
        "whileChecking",
        "report import server",
        "nameOfSource environment",
        "whileChecking",
        "signedIn from environment",
      ],
      stored: [kept("from environment")],
      requests: 4,
    });
  });

  it("keeps nothing when the check is cancelled", async () => {
    world().sandbox.addFault({ kind: "hang" });
    const cancel = new AbortController();
    const seen = await importWith({
      computer: computerWith(world().sandbox.origin),
      accountPrompts: { chooseSource: [first] },
      messages: {
        whileChecking: [
          async (run) => {
            const arrival = world().sandbox.nextRequest();
            const checked = run(cancel.signal);
            await arrival;
            cancel.abort();
            return checked;
          },
        ],
        report: [no],
      },
    });
    assert.deepEqual([seen.transcript.at(-1), seen.stored], ["report import cancelled", []]);
  });

  it("renews an account of the same access key, and takes nothing away from it", async () => {
    const nsmlApiKey = newSecretText();
    const before = { label: "work", nsmlApiKeyId: "picked", subAccountIds: ["named"] };
    await world().signIn({
      ...before,
      nsmlApiKey: new Secret(nsmlApiKey),
      secretKey: new Secret(newSecretText()),
    });
    const seen = await importWith({
      computer: computerWith(world().sandbox.origin),
      accountPrompts: { chooseSource: [first] },
    });
    const stored = await world().store.read("account-1");
    assert.deepEqual(
      { ...seen, isRenewed: stored.status === "present" && stored.account.secretKey.reveal() },
      {
        transcript: ["chooseSource", "nameOfSource environment", "whileChecking", "signedIn work"],
        stored: [{ ...kept("work"), ...before, nsmlApiKey }],
        requests: 2,
        isRenewed: world().sandbox.secretKey,
      },
    );
  });

  it("gives a second account of the same place a name of its own", async () => {
    await world().signIn({ label: "from environment", accessKeyId: "another" });
    const { stored } = await importWith({
      computer: computerWith(world().sandbox.origin),
      accountPrompts: { chooseSource: [first] },
    });
    assert.deepEqual(
      stored.map(({ label }) => label),
      ["from environment", "from environment 2"],
    );
  });

  it("offers to type an access key where none was found", async () => {
    const seen = [
      await importWith({ messages: { noAccountFound: [no] } }),
      await importWith({
        messages: { noAccountFound: [yes] },
        signInPrompts: { askZone: [cancelled] },
      }),
    ];
    assert.deepEqual(
      seen.map(({ transcript }) => transcript),
      [["noAccountFound configure"], ["noAccountFound configure", "askZone 1/4"]],
    );
  });

  it("shows what was found and cannot be used, and ends when nothing is chosen", async () => {
    const problems: unknown[] = [];
    const seen = await importWith({
      computer: {
        sources: {
          configurePath: "configure",
          readFile: () => Promise.reject(new Error("EACCES")),
          environment: {},
        },
      },
      accountPrompts: {
        chooseSource: [
          (found) => {
            problems.push(...found.problems.map(({ problem }) => problem));
            return answer(undefined)();
          },
        ],
      },
    });
    assert.deepEqual(
      { ...seen, problems },
      { transcript: ["chooseSource"], stored: [], requests: 0, problems: ["unreadable"] },
    );
  });
});
