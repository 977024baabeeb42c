import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import type { UploadChoices, UploadPrompts } from "../../../src/ui/prompts.ts";
import { answer, no, yes } from "../support/fakeServices.ts";
import { newEd25519, rfc4716Of } from "../support/newKeys.ts";
import type { Answers } from "../support/scripted.ts";
import { useUploadDesk } from "../support/uploadDesk.ts";

const nothingSent = { titles: [], posts: 0 };

describe("choosing the public key to upload", () => {
  const desk = useUploadDesk();

  it("offers the files of the folder, each with what it is", async () => {
    desk().write("broken.pub", "ssh-ed25519 AAAA\n");
    const offered: unknown[] = [];
    const choose = async (choices: Promise<UploadChoices>) => {
      const { files, directory, authKeys } = await choices;
      offered.push(directory, authKeys.length, ...files.map(({ result }) => result.kind));
      return { kind: "file", file: files[1]! } as const;
    };
    const seen = await desk().upload(
      {
        uploadPrompts: { chooseSource: [choose], askTitle: [answer("laptop")] },
      },
      [],
    );
    assert.deepEqual(
      { offered, titles: seen.titles },
      { offered: ["~/.ssh", 2, "problem", "key"], titles: ["laptop"] },
    );
  });

  it("says why the folder could not be read", async () => {
    const choices: UploadChoices[] = [];
    await desk().upload(
      {
        computer: { sshDirectory: () => ({ path: desk().file, shown: "id.pub" }) },
        uploadPrompts: {
          chooseSource: [
            async (promised) => {
              choices.push(await promised);
              return undefined;
            },
          ],
        },
      },
      [],
    );
    assert.deepEqual(choices[0]?.directoryProblem, { kind: "unreadable", code: "ENOTDIR" });
  });

  it("takes a key that is pasted, and says of a text that is none why", async () => {
    const problems: unknown[] = [];
    const paste: UploadPrompts["askPublicKey"] = (parse) => {
      for (const text of ["", desk().key.privateText, desk().key.line]) {
        problems.push(parse(text)?.kind);
      }
      return Promise.resolve(desk().key.line);
    };
    const { titles } = await desk().upload(
      {
        uploadPrompts: {
          chooseSource: [answer({ kind: "paste" })],
          askPublicKey: [paste],
          askTitle: [answer("laptop")],
        },
      },
      [],
    );
    assert.deepEqual([problems, titles], [["empty", "privateKey", undefined], ["laptop"]]);
  });

  it("takes a file from the editor's dialog", async () => {
    const { transcript, titles } = await desk().upload(
      {
        uploadPrompts: {
          chooseSource: [answer({ kind: "browse" })],
          browse: [answer(desk().file)],
          askTitle: [answer("laptop")],
        },
      },
      [],
    );
    assert.deepEqual([transcript[1], titles], [`browse ${desk().folder}`, ["laptop"]]);
  });

  it("uploads one after the other of several files", async () => {
    const second = newEd25519("second");
    const files = [desk().resource, pathToFileURL(desk().write("second.pub", second.line))];
    const { titles } = await desk().upload(
      {
        uploadPrompts: { askTitle: [answer("first"), answer("second")] },
      },
      [files[0], files],
    );
    assert.deepEqual(titles, ["first", "second"]);
  });

  it("ends quietly wherever the person leaves", async () => {
    const leaving: readonly Answers<UploadPrompts>[] = [
      { chooseSource: [answer(undefined)] },
      { chooseSource: [answer({ kind: "paste" })], askPublicKey: [answer(undefined)] },
      { chooseSource: [answer({ kind: "browse" })], browse: [answer(undefined)] },
      {
        chooseSource: [answer({ kind: "browse" })],
        browse: [answer(desk().file)],
        askTitle: [answer(undefined)],
      },
    ];
    const seen: unknown[] = [];
    for (const uploadPrompts of leaving) {
      const { transcript, ...sent } = await desk().upload({ uploadPrompts }, []);
      seen.push([transcript.at(-1)?.split(" ")[0], sent]);
    }
    assert.deepEqual(
      seen,
      ["chooseSource", "askPublicKey", "browse", "askTitle"].map((last) => [last, nothingSent]),
    );
  });

  it("refuses a private key, whatever its file is called, and sends nothing of it", async () => {
    const { privateText } = desk().key;
    const openSsh = privateText.replaceAll("PRIVATE KEY", "OPENSSH PRIVATE KEY");
    const bodies: (string | undefined)[] = [];
    const { send } = desk().world;
    desk().world.send = (request, signal) => {
      bodies.push(request.body);
      return send(request, signal);
    };
    const seen: unknown[] = [];
    for (const text of [privateText, openSsh]) {
      const file = pathToFileURL(desk().write("secret.pub", text));
      seen.push(await desk().upload({ messages: { keyRefused: [no] } }, [file]));
    }
    const refused = { transcript: ["keyRefused secret.pub privateKey"], ...nothingSent };
    assert.deepEqual([seen, bodies], [[refused, refused], [undefined]]);
  });

  it("says of a file of the list that it is refused, and lets another be chosen", async () => {
    desk().write("none.pub", "not a key");
    const { transcript } = await desk().upload(
      {
        messages: { keyRefused: [yes] },
        uploadPrompts: {
          chooseSource: [
            async (choices) => {
              const { files } = await choices;
              const file = files.find(({ fileName }) => fileName === "none.pub");
              return file && { kind: "file", file };
            },
            answer(undefined),
          ],
        },
      },
      [],
    );
    assert.deepEqual(transcript, ["chooseSource", "keyRefused none.pub notAKey", "chooseSource"]);
  });

  it("lets another key be chosen in place of one that was refused", async () => {
    const { transcript } = await desk().upload(
      {
        messages: { keyRefused: [yes] },
        uploadPrompts: { chooseSource: [answer(undefined)] },
      },
      [pathToFileURL(desk().write("none.pub", "not a key"))],
    );
    assert.deepEqual(transcript, ["keyRefused none.pub notAKey", "chooseSource"]);
  });

  it("shows what an RFC 4716 file becomes, and uploads it once that is confirmed", async () => {
    const key = newEd25519("putty-key");
    const file = pathToFileURL(desk().write("putty.pub", rfc4716Of(key, "putty-key")));
    const lines: string[] = [];
    const show = (isConfirmed: boolean): UploadPrompts["confirmConversion"] => {
      return ({ line }) => {
        lines.push(line);
        return Promise.resolve(isConfirmed);
      };
    };
    const seen = [
      await desk().upload({ uploadPrompts: { confirmConversion: [show(false)] } }, [file]),
      await desk().upload(
        {
          uploadPrompts: { confirmConversion: [show(true)], askTitle: [answer("putty")] },
        },
        [file],
      ),
    ];
    assert.deepEqual(
      [lines, ...seen.map(({ titles, posts }) => ({ titles, posts }))],
      [[key.line, key.line], nothingSent, { titles: ["putty"], posts: 1 }],
    );
  });

  it("refuses what is neither a file nor a row, before it asks or sends anything", async () => {
    const forged: readonly unknown[][] = [
      [{ kind: "group", id: "account-1/authKeys", group: "authKeys" }],
      [{ scheme: "file", fsPath: desk().file }],
      [{}, []],
      [null],
      [7],
      [desk().resource, [desk().resource, { path: desk().file }]],
      [desk().file],
    ];
    const transcripts: unknown[] = [];
    for (const args of forged) transcripts.push((await desk().upload({}, args)).transcript);
    assert.deepEqual([transcripts, desk().world.requests], [forged.map(() => ["notARow"]), []]);
  });

  it("asks for an API key first where NSML needs one", async () => {
    const { world, file } = desk();
    const { nsmlApiKey, ...account } = world.account();
    await world.store.save(account);
    await world.session.reopen();
    const seen = [
      await desk().upload({
        signInPrompts: { askNsmlApiKey: [() => Promise.resolve({ kind: "back" })] },
      }),
      await desk().upload({
        signInPrompts: {
          askNsmlApiKey: [answer({ kind: "given", value: { kind: "pasted", value: nsmlApiKey! } })],
        },
        uploadPrompts: { askTitle: [answer("laptop")] },
      }),
    ];
    assert.deepEqual(
      [seen.map(({ titles }) => titles), seen[0]?.transcript, file],
      [[[], ["laptop"]], ["askNsmlApiKey"], file],
    );
  });

  it("needs somebody who is signed in", async () => {
    await desk().world.store.remove("account-1");
    await desk().world.session.reopen();
    const seen = await desk().upload({ messages: { notSignedIn: [no] } });
    assert.deepEqual(seen, { transcript: ["notSignedIn"], ...nothingSent });
  });
});
