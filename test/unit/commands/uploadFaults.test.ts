import assert from "node:assert/strict";
import type { Services } from "../../../src/commands/services.ts";
import { offerUndo } from "../../../src/commands/undoChange.ts";
import type { AuthKeyRow } from "../../../src/inventory/row.ts";
import { answer, no, yes, type Situation } from "../support/fakeServices.ts";
import { useUploadDesk } from "../support/uploadDesk.ts";
import { newGate } from "../support/world.ts";

type WhileUploading = Services["messages"]["whileUploading"];

const list = { method: "GET", path: "/nsml/v1/auth-keys" } as const;
const create = { method: "POST", path: "/nsml/v1/auth-keys" } as const;
const ed25519 = { sha256Fingerprint: "SHA256:unread", type: "ssh-ed25519", bits: 256 };

describe("an upload in trouble", () => {
  const desk = useUploadDesk();

  const begun = ["askTitle ssh-ed25519 kim-desk", "whileUploading laptop"];

  /** Somebody who types a title once, then answers what is given. */
  function person(messages: Situation["messages"] & object): Situation {
    return { uploadPrompts: { askTitle: [answer("laptop")] }, messages };
  }

  /** Presses Cancel when a request that is meant arrives, which is before it is answered. */
  const cancelledAt =
    (match: typeof list | typeof create): WhileUploading =>
    async (_, run) => {
      const cancel = new AbortController();
      const arrival = desk().world.sandbox.nextRequest(match);
      const uploading = run(cancel.signal);
      void arrival.then(() => cancel.abort());
      return uploading;
    };

  it("that is cancelled while NSML is listed sends no key", async () => {
    await desk().world.signedIn.inventory.authKeys.load();
    desk().world.sandbox.addFault({ kind: "hang", ...list, times: 1 });
    const seen = await desk().upload(person({ whileUploading: [cancelledAt(list)] }));
    assert.deepEqual(seen, { transcript: [...begun, "uploadCancelled"], titles: [], posts: 0 });
  });

  it("that is cancelled before NSML took the key leaves nothing", async () => {
    desk().world.sandbox.addFault({ kind: "hang", ...create });
    const seen = await desk().upload(person({ whileUploading: [cancelledAt(create)] }));
    assert.deepEqual(seen, { transcript: [...begun, "uploadCancelled"], titles: [], posts: 1 });
  });

  it("that is cancelled after NSML took the key says that it is there", async () => {
    const { world } = desk();
    const cancel = new AbortController();
    const { send } = world;
    // The answer has come as far as this computer when Cancel is pressed.
    world.send = async (request, signal) => {
      const response = await send(request, signal);
      if (request.method === "POST") cancel.abort();
      signal.throwIfAborted();
      return response;
    };
    const seen = await desk().upload(person({ whileUploading: [(_, run) => run(cancel.signal)] }));
    assert.deepEqual(
      [seen.transcript.at(-1), seen.titles, seen.posts],
      ["uploaded laptop", ["laptop"], 1],
    );
  });

  it("that is cancelled while a lost answer is looked into is looked into to its end", async () => {
    desk().world.sandbox.addFault({ kind: "loseAnswer", ...create });
    const { world } = desk();
    const cancel = new AbortController();
    void world.sandbox.nextRequest(create).then(() => {
      void world.sandbox.nextRequest(list).then(() => cancel.abort());
    });
    const seen = await desk().upload(person({ whileUploading: [(_, run) => run(cancel.signal)] }));
    assert.deepEqual(
      [cancel.signal.aborted, seen.transcript.at(-1), seen.titles, seen.posts],
      [true, "uploaded laptop", ["laptop"], 1],
    );
  });

  it("whose answer was lost is looked for, and not sent again", async () => {
    desk().world.sandbox.addFault({ kind: "loseAnswer", ...create });
    const seen = await desk().upload(person({}));
    assert.deepEqual(
      [seen.transcript.at(-1), seen.titles, seen.posts],
      ["uploaded laptop", ["laptop"], 1],
    );
  });

  it("that did not reach NSML can be tried again", async () => {
    desk().world.sandbox.addFault({ kind: "reset", ...create, times: 1 });
    const seen = await desk().upload(person({ report: [yes] }));
    assert.deepEqual(
      { ...seen, transcript: seen.transcript.slice(1, 4) },
      {
        transcript: ["whileUploading laptop", "report upload network", "whileUploading laptop"],
        titles: ["laptop"],
        posts: 2,
      },
    );
  });

  it("that cannot be settled says so, and not that it failed", async () => {
    const { sandbox } = desk().world;
    sandbox.addFault({ kind: "loseAnswer", ...create });
    void sandbox.nextRequest(create).then(() => {
      sandbox.addFault({ kind: "status", status: 500, ...list });
    });
    const seen = await desk().upload(person({}));
    assert.deepEqual(seen, {
      transcript: [...begun, "uploadUnsettled server"],
      titles: ["laptop"],
      posts: 1,
    });
  });

  it("that was refused says why, and is not sent again unasked", async () => {
    desk().world.sandbox.addFault({ kind: "status", status: 429, ...create });
    const seen = await desk().upload(person({ report: [no] }));
    assert.deepEqual(seen, {
      transcript: [...begun, "report upload limitReached"],
      titles: [],
      posts: 1,
    });
  });

  it("makes way for none of the same key: the second one is told of the first", async () => {
    const { sandbox } = desk().world;
    const gate = newGate();
    sandbox.addFault({ kind: "hold", until: gate.opened, ...create });
    const arrival = sandbox.nextRequest(create);
    const first = desk().upload(person({}));
    await arrival;
    const second = await desk().upload({});
    gate.open();
    const { titles, posts } = await first;
    assert.deepEqual(
      { second: second.transcript, titles, posts },
      { second: ["alreadyUploading"], titles: ["laptop"], posts: 1 },
    );
  });

  it("makes way for no undo that would register the same key again", async () => {
    const { world, file, key } = desk();
    const { fingerprint } = key;
    const localKey = { path: file, fileName: "id.pub", fingerprint, ...ed25519 };
    const deletedRow: AuthKeyRow = {
      kind: "authKey",
      id: "account-1/authKeys/deleted",
      parent: undefined,
      authKey: { title: "deleted", name: "deleted", fingerprint, createTime: undefined },
      localKey,
    };
    const gate = newGate();
    world.sandbox.addFault({ kind: "hold", until: gate.opened, ...create });
    const arrival = world.sandbox.nextRequest(create);
    const first = desk().upload(person({}));
    await arrival;
    const undoing = desk().services({ changeReports: { changed: [yes] } });
    const undone = await undoing.run((all) => {
      const result = { row: deletedRow, outcome: { kind: "done", now: undefined } } as const;
      const keys = [{ row: deletedRow, uses: [] }];
      return offerUndo(all, world.signedIn, "delete", keys, [result], { isUndo: false });
    });
    gate.open();
    const { titles, posts } = await first;
    assert.deepEqual(
      { undone: undone.at(-1), titles, posts },
      { undone: "notRestored", titles: ["laptop"], posts: 1 },
    );
  });

  it("begun twice in the same moment leaves one key", async () => {
    const bothAsked = newGate();
    let asked = 0;
    const askTitle = async () => {
      if (++asked === 2) bothAsked.open();
      await bothAsked.opened;
      return "laptop";
    };
    const both = await Promise.all(
      [1, 2].map(() => desk().upload({ uploadPrompts: { askTitle: [askTitle] } })),
    );
    assert.deepEqual(
      [both.map(({ transcript }) => transcript.at(-1)).sort(), desk().titles, desk().world.posts],
      [["alreadyUploading", "uploaded laptop"], ["laptop"], 1],
    );
  });

  it("that failed leaves the next one alone, however late its message is read", async () => {
    const { sandbox } = desk().world;
    sandbox.addFault({ kind: "status", status: 429, ...create, times: 1 });
    const read = newGate();
    const told = newGate();
    const first = desk().upload(
      person({
        report: [
          async () => {
            told.open();
            await read.opened;
            return false;
          },
        ],
      }),
    );
    await told.opened;
    const gate = newGate();
    sandbox.addFault({ kind: "hold", until: gate.opened, ...create, times: 1 });
    const arrival = sandbox.nextRequest(create);
    const second = desk().upload(person({}));
    await arrival;
    read.open();
    await first;
    const third = await desk().upload({});
    gate.open();
    await second;
    assert.deepEqual([third.transcript, desk().titles], [["alreadyUploading"], ["laptop"]]);
  });

  it("that NSML took and does not list says just that", async () => {
    desk().world.sandbox.addFault({ kind: "wrongShape", json: {}, ...create });
    const seen = await desk().upload(person({}));
    assert.deepEqual(seen, {
      transcript: [...begun, "uploadUnlisted laptop"],
      titles: [],
      posts: 1,
    });
  });

  it("does not keep the key from being uploaded later", async () => {
    const seen: unknown[] = [];
    desk().world.sandbox.addFault({ kind: "status", status: 500, ...create, times: 1 });
    seen.push((await desk().upload(person({ report: [no] }))).titles);
    seen.push((await desk().upload(person({}))).titles);
    assert.deepEqual(seen, [[], ["laptop"]]);
  });

  it("is not signed for an account that was signed out meanwhile", async () => {
    const { world } = desk();
    const seen = await desk().upload({
      uploadPrompts: {
        askTitle: [
          async () => {
            await world.store.remove("account-1");
            await world.session.open();
            return "laptop";
          },
        ],
      },
    });
    assert.deepEqual(seen, {
      transcript: ["askTitle ssh-ed25519 kim-desk", "uploadCancelled"],
      titles: [],
      posts: 0,
    });
  });
});
