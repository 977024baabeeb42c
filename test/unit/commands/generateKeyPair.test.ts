import assert from "node:assert/strict";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { generateKeyPair } from "../../../src/commands/generateKeyPair.ts";
import { Secret } from "../../../src/ncloud/secret.ts";
import type { NewKeyPair } from "../../../src/ssh/newKeyPair.ts";
import { keyGenerator, type KeyGenerator } from "../../../src/ssh/sshKeygen.ts";
import { SshKeygenError, type SshKeygenErrorKind } from "../../../src/ssh/sshKeygenError.ts";
import type { GenerateMessages } from "../../../src/ui/generateMessages.ts";
import type { GeneratePrompts } from "../../../src/ui/generatePrompts.ts";
import { answer, back, cancelled, given, no, yes } from "../support/fakeServices.ts";
import type { Answers } from "../support/scripted.ts";
import { useUploadDesk } from "../support/uploadDesk.ts";

/** What is proposed, accepted. */
const proposed = (_: unknown, initial: string) =>
  Promise.resolve({ kind: "given", value: initial } as const);
const none = given(undefined);

describe("generating a key pair and uploading it", () => {
  const desk = useUploadDesk();

  /** What the generator was asked to make. */
  let asked: NewKeyPair[];
  beforeEach(() => (asked = []));

  /** The real generator, but for the failures that come first. */
  function generator(...failures: readonly SshKeygenErrorKind[]): KeyGenerator {
    const left = [...failures];
    return {
      ...keyGenerator,
      defaultComment: () => "kim@desk",
      generate: (keygen, directory, pair, signal) => {
        asked.push(pair);
        const kind = left.shift();
        if (kind) return Promise.reject(new SshKeygenError(kind, "on purpose"));
        return keyGenerator.generate(keygen, directory, pair, signal);
      },
    };
  }

  /** A person who takes everything as it is proposed, but for what is changed. */
  function person(changes: Answers<GeneratePrompts> = {}): Answers<GeneratePrompts> {
    return {
      askType: [given("ed25519")],
      askFileName: [proposed],
      askComment: [proposed],
      askPassphrase: [none],
      ...changes,
    };
  }

  async function generate(
    generatePrompts: Answers<GeneratePrompts>,
    generator: KeyGenerator,
    generateMessages: Answers<GenerateMessages> = {},
    titles: readonly (string | undefined)[] = ["laptop"],
  ) {
    const services = desk().services({
      generatePrompts,
      generateMessages,
      keyGenerator: generator,
      uploadPrompts: { askTitle: titles.map((title) => answer(title)) },
    });
    const transcript = await services.run(generateKeyPair);
    // The paths differ from run to run.
    const said = transcript.map((line) => line.replaceAll(`${desk().folder}/`, ""));
    return { said, files: readdirSync(desk().folder).sort(), titles: desk().titles };
  }

  it("asks step by step, makes the pair, and goes on to the title", async () => {
    const { said, files, titles } = await generate(person(), generator());
    assert.deepEqual(said.slice(0, 8), [
      "askType 1/5 ed25519",
      "askFileName 2/5 id_ed25519_nsml ~/.ssh",
      "askComment 3/5 kim@desk",
      "askPassphrase 4/5",
      "whileGenerating id_ed25519_nsml",
      "generated id_ed25519_nsml.pub",
      "askTitle ssh-ed25519 kim-desk",
      "whileUploading laptop",
    ]);
    assert.deepEqual(files, ["id.pub", "id_ed25519_nsml", "id_ed25519_nsml.pub"]);
    assert.deepEqual(titles, ["laptop"]);
  });

  it("asks for a passphrase twice, and hands over nothing else", async () => {
    const passphrase = new Secret("a passphrase");
    const { said } = await generate(
      person({ askPassphrase: [given(passphrase)], repeatPassphrase: [given(passphrase)] }),
      generator("failed"),
      { generationFailed: [no] },
      [],
    );
    assert.deepEqual(
      { said: said.slice(3), asked },
      {
        said: [
          "askPassphrase 4/5",
          "repeatPassphrase 5/5",
          "whileGenerating id_ed25519_nsml",
          "generationFailed failed ~/.ssh",
        ],
        asked: [{ type: "ed25519", fileName: "id_ed25519_nsml", comment: "kim@desk", passphrase }],
      },
    );
  });

  it("loses nothing on the way back, and lets the proposal follow the type", async () => {
    const backWith = (typed: string) => () => Promise.resolve({ kind: "back", typed } as const);
    const { said } = await generate(
      {
        askType: [given("rsa"), given("ecdsa"), given("ed25519")],
        askFileName: [back, backWith("my_key"), proposed, proposed],
        askComment: [backWith("kim at"), given("kim at home")],
        askPassphrase: [none],
      },
      generator(),
    );
    assert.deepEqual(said.slice(0, 9), [
      "askType 1/5 ed25519",
      "askFileName 2/5 id_rsa_nsml ~/.ssh",
      "askType 1/5 rsa",
      "askFileName 2/5 id_ecdsa_nsml ~/.ssh",
      "askType 1/5 ecdsa",
      "askFileName 2/5 my_key ~/.ssh",
      "askComment 3/5 kim@desk",
      "askFileName 2/5 my_key ~/.ssh",
      "askComment 3/5 kim at",
    ]);
    assert.deepEqual(asked, [
      { type: "ed25519", fileName: "my_key", comment: "kim at home", passphrase: undefined },
    ]);
  });

  it("proposes a name that is free, and sees one that is taken", async () => {
    writeFileSync(path.join(desk().folder, "id_ed25519_nsml"), "mine");
    const seen: boolean[] = [];
    await generate(
      person({
        askFileName: [
          (_, initial, __, isTaken) => {
            seen.push(isTaken(initial), isTaken("id_ed25519_nsml"), isTaken("id"));
            return cancelled();
          },
        ],
        askComment: [],
        askPassphrase: [],
      }),
      generator(),
      {},
      [],
    );
    assert.deepEqual(seen, [false, true, true]);
  });

  it("asks one question again where its answer is in the way", async () => {
    const { said, titles } = await generate(
      person({
        askFileName: [proposed, proposed],
        askComment: [proposed, proposed],
        askPassphrase: [none, none, none],
      }),
      generator("exists", "tooOld"),
    );
    const questions = said.map((line) => line.split(" ")[0]).slice(1, 13);
    assert.deepEqual(questions, [
      "askFileName",
      "askComment",
      "askPassphrase",
      "whileGenerating",
      "fileExists",
      "askFileName",
      "askComment",
      "askPassphrase",
      "whileGenerating",
      "passphraseNotTaken",
      "askPassphrase",
      "whileGenerating",
    ]);
    assert.deepEqual(titles, ["laptop"]);
  });

  it("tries again without a question, once the folder is mended", async () => {
    const { said, titles } = await generate(person(), generator("folder"), {
      generationFailed: [yes],
    });
    assert.deepEqual(
      [said.filter((line) => /^(ask|generation)/.test(line)), titles],
      [
        [
          "askType 1/5 ed25519",
          "askFileName 2/5 id_ed25519_nsml ~/.ssh",
          "askComment 3/5 kim@desk",
          "askPassphrase 4/5",
          "generationFailed folder ~/.ssh",
          "askTitle ssh-ed25519 kim-desk",
        ],
        ["laptop"],
      ],
    );
  });

  it("says how to get ssh-keygen before anything else, and looks again if that is wanted", async () => {
    let looks = 0;
    const missing: KeyGenerator = {
      ...generator(),
      find: () => {
        looks++;
        return Promise.reject(new SshKeygenError("notInstalled", "on purpose"));
      },
    };
    const { said, files } = await generate({}, missing, { notInstalled: [yes, no] }, []);
    assert.deepEqual(
      { said, looks, files },
      { said: ["notInstalled", "notInstalled"], looks: 2, files: ["id.pub"] },
    );
  });

  it("says so when it is cancelled, and leaves nothing", async () => {
    const { said, files } = await generate(
      person(),
      generator(),
      { whileGenerating: [(_, run) => run(AbortSignal.abort())] },
      [],
    );
    assert.deepEqual([said.at(-1), files], ["generationCancelled", ["id.pub"]]);
  });

  it("keeps the pair when the person leaves at the title", async () => {
    const { files, titles } = await generate(person(), generator(), {}, [undefined]);
    assert.deepEqual([files.includes("id_ed25519_nsml"), titles], [true, []]);
  });

  it("makes nothing that could not be uploaded: the sign-in comes first", async () => {
    await desk().world.store.remove("account-1");
    await desk().world.session.reopen();
    const services = desk().services({ messages: { notSignedIn: [no] } });
    assert.deepEqual(await services.run(generateKeyPair), ["notSignedIn"]);
  });

  it("is a way to come to a key in the pick of keys, and leads back there", async () => {
    const { transcript, titles } = await desk().upload(
      {
        keyGenerator: generator(),
        uploadPrompts: {
          chooseSource: [answer({ kind: "generate" }), answer({ kind: "generate" })],
          askTitle: [answer("laptop")],
        },
        generatePrompts: person({
          askType: [({ canGoBack }) => (canGoBack ? back() : cancelled()), given("ed25519")],
        }),
      },
      [],
    );
    assert.deepEqual(
      [transcript.slice(0, 4).map((line) => line.split(" ")[0]), titles],
      [["chooseSource", "askType", "chooseSource", "askType"], ["laptop"]],
    );
    assert.equal(existsSync(path.join(desk().folder, "id_ed25519_nsml")), true);
  });
});
