import assert from "node:assert/strict";
import {
  addSubAccountId,
  removeAllCredentials,
  removeSubAccountId,
  renameAccount,
  signOut,
  switchAccount,
} from "../../../src/commands/accounts.ts";
import type { Services } from "../../../src/commands/services.ts";
import type { AccountPrompts } from "../../../src/ui/prompts.ts";
import {
  answer,
  cancelled,
  FakeServices,
  no,
  yes,
  type Situation,
} from "../support/fakeServices.ts";
import { useWorld } from "../support/world.ts";

describe("the commands of accounts", () => {
  const world = useWorld({ deny: ["subAccount"] });

  async function after(
    command: (services: Services) => Promise<void>,
    situation: Situation = {},
  ): Promise<{ readonly transcript: readonly string[]; readonly accounts: readonly unknown[] }> {
    const transcript = await new FakeServices(world().session, situation).run(command);
    const stored = await world().stored();
    const accounts = stored.map(({ label, status, active }) =>
      [label ?? status, ...(active === true ? ["active"] : [])].join(" "),
    );
    return { transcript, accounts };
  }

  const choosing =
    (label: string): AccountPrompts["chooseAccount"] =>
    (_, accounts) =>
      Promise.resolve(accounts.find((account) => account.label === label));

  async function signInTwice(): Promise<void> {
    await world().signIn({ id: "1", label: "home", accessKeyId: "key of home" });
    await world().signIn({ id: "2", label: "work", accessKeyId: "key of work" });
  }

  function failOn(step: "get" | "store" | "delete"): void {
    world().computer.onKeychain = (operation) => {
      if (operation === step) throw new Error("The keychain is locked.");
    };
  }

  it("switch to the account that is chosen", async () => {
    await signInTwice();
    const seen = await after(switchAccount, {
      accountPrompts: { chooseAccount: [choosing("home")] },
    });
    await world().session.open();
    assert.deepEqual(
      { ...seen, account: world().signedIn.account.label },
      {
        transcript: ["chooseAccount switch home + work work", "switchedTo home"],
        accounts: ["home active", "work"],
        account: "home",
      },
    );
  });

  it("offer to sign in where there is but one account to switch to", async () => {
    await world().signIn({ label: "home" });
    const seen = [
      await after(switchAccount, { messages: { onlyAccount: [no] } }),
      await after(switchAccount, {
        messages: { onlyAccount: [yes] },
        signInPrompts: { askZone: [cancelled] },
      }),
    ];
    assert.deepEqual(
      seen.map(({ transcript }) => transcript),
      [["onlyAccount home"], ["onlyAccount home", "askZone 1/4"]],
    );
  });

  it("rename the account that is chosen, with the names of the others taken", async () => {
    await signInTwice();
    const { inventory } = world().signedIn;
    const seen = await after(renameAccount, {
      accountPrompts: { chooseAccount: [choosing("work")], askLabel: [answer("office")] },
    });
    await world().session.open();
    const state = world().signedIn;
    assert.deepEqual(
      { ...seen, label: state.account.label, keepsRows: state.inventory === inventory },
      {
        transcript: [
          "chooseAccount rename home + work work",
          "askLabel work {home}",
          "renamed office",
        ],
        accounts: ["home", "office active"],
        label: "office",
        keepsRows: true,
      },
    );
  });

  it("sign out of the account that is chosen, once that is confirmed", async () => {
    await signInTwice();
    const chooseAccount = [choosing("work")];
    const seen = [
      await after(signOut, { accountPrompts: { chooseAccount, confirmSignOut: [no] } }),
      await after(signOut, { accountPrompts: { chooseAccount, confirmSignOut: [yes] } }),
    ];
    const asked = ["chooseAccount signOut home + work work", "confirmSignOut work"];
    assert.deepEqual(seen, [
      { transcript: asked, accounts: ["home", "work active"] },
      { transcript: [...asked, "signedOut work"], accounts: ["home active"] },
    ]);
  });

  it("sign out of the only account without asking which", async () => {
    await world().signIn({ label: "home" });
    const seen = await after(signOut, { accountPrompts: { confirmSignOut: [yes] } });
    await world().session.open();
    assert.deepEqual(
      { ...seen, status: world().session.state.status },
      { transcript: ["confirmSignOut home", "signedOut home"], accounts: [], status: "signedOut" },
    );
  });

  it("remove all that is stored, once that is confirmed", async () => {
    await signInTwice();
    const seen = [
      await after(removeAllCredentials, { accountPrompts: { confirmRemoveAll: [no] } }),
      await after(removeAllCredentials, { accountPrompts: { confirmRemoveAll: [yes] } }),
    ];
    const asked = "confirmRemoveAll home + work";
    assert.deepEqual(
      [...seen, world().computer.keychain.size],
      [
        { transcript: [asked], accounts: ["home", "work active"] },
        { transcript: [asked, "removedAll"], accounts: [] },
        0,
      ],
    );
  });

  it("say that nothing is stored where there is no account", async () => {
    const seen: unknown[] = [];
    for (const command of [switchAccount, renameAccount, signOut, removeAllCredentials]) {
      seen.push((await after(command)).transcript);
    }
    assert.deepEqual(seen, Array(4).fill(["nothingStored"]));
  });

  it("end quietly when nothing is chosen or typed", async () => {
    await signInTwice();
    const nobody = { chooseAccount: [answer(undefined)] };
    const before = await world().stored();
    const seen = [
      await after(switchAccount, { accountPrompts: nobody }),
      await after(renameAccount, { accountPrompts: nobody }),
      await after(renameAccount, {
        accountPrompts: { chooseAccount: [choosing("home")], askLabel: [answer(undefined)] },
      }),
      await after(signOut, { accountPrompts: nobody }),
      await after(addSubAccountId, { accountPrompts: { askSubAccountId: [answer(undefined)] } }),
    ];
    assert.deepEqual(
      [seen.map(({ transcript }) => transcript.at(-1)), await world().stored()],
      [
        [
          "chooseAccount switch home + work work",
          "chooseAccount rename home + work work",
          "askLabel home {work}",
          "chooseAccount signOut home + work work",
          "askSubAccountId {}",
        ],
        before,
      ],
    );
  });

  it("say what the keychain refused, and leave the account as it was", async () => {
    await world().signIn({ label: "home" });
    const before = await world().stored();
    const report = [no];
    failOn("store");
    const seen = [
      await after(renameAccount, {
        accountPrompts: { askLabel: [answer("office")] },
        messages: { report },
      }),
    ];
    failOn("delete");
    seen.push(
      await after(signOut, { accountPrompts: { confirmSignOut: [yes] }, messages: { report } }),
      await after(removeAllCredentials, {
        accountPrompts: { confirmRemoveAll: [yes] },
        messages: { report },
      }),
    );
    world().computer.onKeychain = undefined;
    assert.deepEqual(
      [seen.map(({ transcript }) => transcript.at(-1)), await world().stored()],
      [["report renameAccount failed", "report signOut failed", "report removeAll failed"], before],
    );
  });

  it("add the ID of a sub account once, and take it out again by its row", async () => {
    const inventory = await world().signIn({ label: "home", subAccountIds: ["known"] });
    await inventory.subAccounts.load();
    const seen = await after(addSubAccountId, {
      accountPrompts: { askSubAccountId: [answer("added")] },
    });
    await world().session.open();
    const added = world().signedIn.inventory;
    const services = new FakeServices(world().session);
    const rows = await services.show(added, "subAccounts");
    const transcript = await services.run((all) => removeSubAccountId(all, [rows[0]]));
    await world().session.open();
    assert.deepEqual(
      {
        asked: seen.transcript,
        rows: rows.map((row) => (row.kind === "subAccount" ? row.subAccountId : row.kind)),
        transcript,
        left: world().signedIn.account.subAccountIds,
      },
      {
        asked: ["askSubAccountId {known}", "subAccountIdAdded added"],
        rows: ["known", "added", "notice"],
        transcript: [],
        left: ["added"],
      },
    );
  });

  it("take nothing out of the list for a row that is none of the tree", async () => {
    await world().signIn({ subAccountIds: ["known"] });
    const forged = { kind: "subAccount", id: "account-1/subAccounts/known", subAccountId: "known" };
    const services = new FakeServices(world().session);
    const transcript = await services.run((all) => removeSubAccountId(all, [forged]));
    assert.deepEqual(
      [transcript, (await world().stored())[0]?.["subAccountIds"]],
      [["notARow"], ["known"]],
    );
  });
});
