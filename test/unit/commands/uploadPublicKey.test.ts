import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { uploadPublicKey } from "../../../src/commands/uploadPublicKey.ts";
import { authKeyOf } from "../../sandbox/state.ts";
import { answer, yes } from "../support/fakeServices.ts";
import { newEd25519, newNistp256 } from "../support/newKeys.ts";
import { useUploadDesk } from "../support/uploadDesk.ts";

const nothingSent = { titles: [], posts: 0 };

describe("uploading a public key", () => {
  const desk = useUploadDesk();

  it("asks for the title, uploads, shows the row, and copies the ID if that is wanted", async () => {
    const services = desk().services({
      uploadPrompts: { askTitle: [answer("laptop")] },
      messages: { uploaded: [yes] },
    });
    const transcript = await services.run((all) => uploadPublicKey(all, [desk().resource]));
    const created = desk().world.sandbox.state.authKeys.at(-1);
    assert.deepEqual(
      {
        transcript,
        clipboard: services.clipboard,
        fingerprint: created?.fingerprint,
        listed: desk().world.signedIn.inventory.authKeys.value?.at(-1)?.title,
      },
      {
        transcript: [
          "askTitle ssh-ed25519 kim-desk",
          "whileUploading laptop",
          `reveal account-1/authKeys/laptop/${created?.name}`,
          "uploaded laptop",
          "copy laptop id 1",
        ],
        clipboard: "laptop",
        fingerprint: desk().key.fingerprint,
        listed: "laptop",
      },
    );
  });

  it("stops where the key is in NSML already, and shows it if that is wanted", async () => {
    const same = authKeyOf("there", desk().key.blob, Date.now());
    desk().register(same);
    const seen = await desk().upload({ messages: { alreadyUploaded: [yes] } });
    assert.deepEqual(seen, {
      transcript: ["alreadyUploaded there", `reveal account-1/authKeys/there/${same.name}`],
      ...nothingSent,
    });
  });

  it("tells the walkthrough of a key that NSML lists, and of no upload that was left", async () => {
    const left = desk().services({ uploadPrompts: { askTitle: [answer(undefined)] } });
    await left.run((all) => uploadPublicKey(all, [desk().resource]));
    const made = desk().services({ uploadPrompts: { askTitle: [answer("laptop")] } });
    await made.run((all) => uploadPublicKey(all, [desk().resource]));
    const again = desk().services({});
    await again.run((all) => uploadPublicKey(all, [desk().resource]));
    assert.deepEqual([left.done, made.done, again.done], [[], ["keyInNsml"], ["keyInNsml"]]);
  });

  it("uploads a key again that was deleted elsewhere since it was listed", async () => {
    desk().register(authKeyOf("there", desk().key.blob, Date.now()));
    await desk().world.signedIn.inventory.authKeys.load();
    desk().world.sandbox.state.authKeys.shift();
    desk().before--;
    const { titles } = await desk().upload({
      uploadPrompts: { askTitle: [answer("again")] },
    });
    assert.deepEqual(titles, ["again"]);
  });

  it("stops where the key got into NSML while the title was typed", async () => {
    const { file, key } = desk();
    const seen = await desk().upload({
      uploadPrompts: {
        askTitle: [
          () => {
            desk().register(authKeyOf("there", key.blob, Date.now()));
            return answer("laptop")();
          },
        ],
      },
    });
    assert.deepEqual(
      { ...seen, file },
      {
        transcript: [
          "askTitle ssh-ed25519 kim-desk",
          "whileUploading laptop",
          "alreadyUploaded there",
        ],
        ...nothingSent,
        file,
      },
    );
  });

  it("asks again, with the title that was typed, when that was taken meanwhile", async () => {
    const problems: unknown[] = [];
    const seen = await desk().upload({
      uploadPrompts: {
        askTitle: [
          () => {
            desk().register(authKeyOf("laptop", newEd25519().blob, Date.now()));
            return answer("laptop")();
          },
          (_, __, problemOf) => {
            problems.push(problemOf("laptop"), problemOf("laptop-2"), problemOf("2"));
            return answer("laptop-2")();
          },
        ],
      },
    });
    assert.deepEqual(
      { problems, titles: seen.titles, posts: seen.posts, asked: seen.transcript.slice(0, 4) },
      {
        problems: ["taken", undefined, { kind: "badStart" }],
        titles: ["laptop-2"],
        posts: 1,
        asked: [
          "askTitle ssh-ed25519 kim-desk",
          "whileUploading laptop",
          "askTitle ssh-ed25519 laptop",
          "whileUploading laptop-2",
        ],
      },
    );
  });

  it("says why NSML could not be listed, and begins again when that is wanted", async () => {
    desk().world.sandbox.addFault({ kind: "status", status: 500, times: 2 });
    const seen = await desk().upload({
      messages: { report: [yes] },
      uploadPrompts: { askTitle: [answer("laptop")] },
    });
    assert.deepEqual([seen.transcript[0], seen.titles], ["report upload server", ["laptop"]]);
  });
});

describe("uploading a key of the type whose name NSML's page misprints", () => {
  const desk = useUploadDesk({ refuseRealNistp256: true });

  it("says what is refused, sends the misprint to nobody, and keeps the title", async () => {
    const file = pathToFileURL(desk().write("ecdsa.pub", newNistp256().line));
    const askTitle = [answer("laptop"), answer(undefined)];
    const seen = await desk().upload({ uploadPrompts: { askTitle } }, [file]);
    assert.deepEqual(seen, {
      transcript: [
        "askTitle ecdsa-sha2-nistp256 kim-desk",
        "whileUploading laptop",
        "keyRefusedByNsml ecdsa-sha2-nistp256",
        "askTitle ecdsa-sha2-nistp256 laptop",
      ],
      titles: [],
      posts: 1,
    });
  });
});
