import type { Secret } from "../ncloud/secret.ts";
import { suggestFileName, type NewKeyPair, type NewKeyType } from "../ssh/newKeyPair.ts";
import type { KeyFile } from "../ssh/sshDirectory.ts";
import type { SshKeygen } from "../ssh/sshKeygen.ts";
import { SshKeygenError } from "../ssh/sshKeygenError.ts";
import type { Answer } from "../ui/prompts.ts";
import { askInTurn, keep, type AskingOptions, type Step } from "./askInTurn.ts";
import type { Services } from "./services.ts";

export type MakeServices = Pick<
  Services,
  "computer" | "keyGenerator" | "generatePrompts" | "generateMessages"
>;

interface Draft {
  type: NewKeyType;
  fileName: string;
  /** The file name that was proposed last. */
  proposed: string;
  comment: string;
  passphrase: Secret | undefined;
}

const fileNameStep = 1;
const passphraseStep = 3;

/**
 * Asks what key pair to make, and makes it. What was answered is kept until there is one, so that
 * whatever is in the way costs one question and not all of them.
 *
 * @returns the public key, and `back` where the person went back from the first question
 */
export async function makeKeyPair(
  services: MakeServices,
  { hasBefore = false }: Pick<AskingOptions, "hasBefore"> = {},
): Promise<Answer<KeyFile>> {
  const { computer, keyGenerator } = services;
  const keygen = await findKeygen(services);
  if (!keygen) return { kind: "cancelled" };
  const draft: Draft = {
    type: "ed25519",
    fileName: "",
    proposed: "",
    comment: keyGenerator.defaultComment(),
    passphrase: undefined,
  };
  const steps = stepsOf(services, keygen, draft);
  let from = 0;
  for (;;) {
    const left = await askInTurn(steps, { from, hasBefore });
    if (left.kind !== "given") return left;
    const made = await generate(services, keygen, draft);
    if (typeof made === "number") {
      from = made;
      continue;
    }
    const file = made && (await computer.readPublicKey(made.path));
    return file ? { kind: "given", value: file } : { kind: "cancelled" };
  }
}

/** Waits for as long as the person wants to until there is an `ssh-keygen`. */
async function findKeygen({
  keyGenerator,
  generateMessages,
}: MakeServices): Promise<SshKeygen | undefined> {
  for (;;) {
    try {
      return await keyGenerator.find();
    } catch (error) {
      if (!(error instanceof SshKeygenError)) throw error;
      if (!(await generateMessages.notInstalled())) return undefined;
    }
  }
}

function stepsOf(
  { computer, keyGenerator, generatePrompts: prompts }: MakeServices,
  keygen: SshKeygen,
  draft: Draft,
): readonly Step[] {
  const { path, shown } = computer.sshDirectory();
  const isTaken = (fileName: string) => keyGenerator.isTaken(path, fileName);
  return [
    async (position) => keep(await prompts.askType(position, draft.type), (v) => (draft.type = v)),
    async (position) => {
      // The proposal follows the type, should the person go back and change it, and stays free.
      const isOurs = draft.fileName === draft.proposed;
      draft.proposed = suggestFileName(draft.type, isTaken);
      if (isOurs) draft.fileName = draft.proposed;
      return keepText(
        await prompts.askFileName(position, draft.fileName, shown, isTaken),
        (value) => (draft.fileName = value),
      );
    },
    async (position) =>
      keepText(
        await prompts.askComment(position, draft.comment),
        (value) => (draft.comment = value),
      ),
    async (position) =>
      keep(
        await prompts.askPassphrase(position, keygen.version),
        (value) => (draft.passphrase = value),
      ),
    async (position) =>
      draft.passphrase
        ? prompts.repeatPassphrase(position, draft.passphrase)
        : { kind: "given", value: undefined },
  ];
}

/** Keeps an answer, and what stood in the box when the person went back. */
function keepText(answer: Answer<string>, store: (value: string) => void): Answer<string> {
  if (answer.kind === "back" && answer.typed !== undefined) store(answer.typed);
  return keep(answer, store);
}

/**
 * Makes the pair, as often as the person wants to try.
 *
 * @returns its public key's path; the step to ask again, where an answer is in the way; undefined
 * when nothing was made and the person knows
 */
async function generate(
  { computer, keyGenerator, generateMessages: messages }: MakeServices,
  keygen: SshKeygen,
  { type, fileName, comment, passphrase }: Draft,
): Promise<{ readonly path: string } | number | undefined> {
  const { path: directory, shown } = computer.sshDirectory();
  const pair: NewKeyPair = { type, fileName, comment, passphrase };
  for (;;) {
    const cancelling: { signal?: AbortSignal } = {};
    try {
      const path = await messages.whileGenerating(fileName, (signal) => {
        cancelling.signal = signal;
        return keyGenerator.generate(keygen, directory, pair, signal);
      });
      messages.generated(path);
      return { path };
    } catch (error) {
      if (cancelling.signal?.aborted) {
        messages.generationCancelled();
        return undefined;
      }
      if (!(error instanceof SshKeygenError)) throw error;
      if (error.kind === "exists") {
        messages.fileExists(fileName);
        return fileNameStep;
      }
      if (error.kind === "tooOld") {
        messages.passphraseNotTaken();
        return passphraseStep;
      }
      if (!(await messages.generationFailed(error, shown))) return undefined;
    }
  }
}
