import { l10n } from "vscode";
import { Secret } from "../ncloud/secret.ts";
import {
  checkComment,
  checkFileName,
  checkPassphrase,
  maxCommentLength,
  maxPassphraseBytes,
  minPassphraseLength,
  newKeyBits,
  newKeyTypes,
  type FileNameProblem,
  type NewKeyType,
} from "../ssh/newKeyPair.ts";
import type { OpenSshVersion } from "../ssh/openSshVersion.ts";
import { plain } from "./plainText.ts";
import type { Answer, StepPosition } from "./prompts.ts";
import { askPick, askText } from "./quickInput.ts";
import { keyName } from "./uploadPrompts.ts";

/** What is asked about a key pair that is to be made. */
export interface GeneratePrompts {
  askType(position: StepPosition, initial: NewKeyType): Promise<Answer<NewKeyType>>;
  /** @param directory as it is shown */
  askFileName(
    position: StepPosition,
    initial: string,
    directory: string,
    isTaken: (fileName: string) => boolean,
  ): Promise<Answer<string>>;
  askComment(position: StepPosition, initial: string): Promise<Answer<string>>;
  /** Undefined is given where none is wanted. */
  askPassphrase(
    position: StepPosition,
    version: OpenSshVersion | undefined,
  ): Promise<Answer<Secret | undefined>>;
  repeatPassphrase(position: StepPosition, passphrase: Secret): Promise<Answer<Secret>>;
}

const title = () => l10n.t("Generate SSH Key Pair");

export const generatePrompts: GeneratePrompts = {
  askType: (position, initial) =>
    askPick({
      title: title(),
      placeholder: l10n.t("Which type of key?"),
      position,
      active: (type) => type === initial,
      items: newKeyTypes.map((type) => ({
        label: newKeyName(type),
        description: newKeyPurpose(type),
        value: type,
      })),
    }),

  askFileName: (position, initial, directory, isTaken) =>
    askText({
      title: title(),
      position,
      initial,
      prompt: l10n.t(
        "File name of the private key in {0}; the public key’s ends in .pub",
        directory,
      ),
      validate: (name) => {
        const problem = checkFileName(name);
        if (problem) return describeFileNameProblem(problem);
        return isTaken(name)
          ? l10n.t("A file of this name is there already, and is never overwritten.")
          : undefined;
      },
    }),

  askComment: (position, initial) =>
    askText({
      title: title(),
      position,
      initial,
      prompt: l10n.t("Comment: stands in the public key and tells people whose it is"),
      validate: (comment) => {
        switch (checkComment(comment)) {
          case undefined:
            return undefined;
          case "controlCharacter":
            return l10n.t("There is an invisible character in it.");
          case "tooLong":
            return l10n.t("At most {0} characters.", maxCommentLength);
        }
      },
    }),

  async askPassphrase(position, version) {
    const answer = await askText({
      title: title(),
      position,
      secret: true,
      prompt: l10n.t("Passphrase that encrypts the private key; leave it empty for none"),
      validate: (passphrase) => describePassphraseProblem(passphrase, version),
    });
    if (answer.kind !== "given") return answer;
    return { kind: "given", value: answer.value === "" ? undefined : new Secret(answer.value) };
  },

  async repeatPassphrase(position, passphrase) {
    const answer = await askText({
      title: title(),
      position,
      secret: true,
      prompt: l10n.t("The same passphrase once more"),
      // Only once it is complete can it differ.
      check: (again) =>
        Promise.resolve(
          passphrase.equals(new Secret(again))
            ? undefined
            : l10n.t("The two passphrases differ. Type it again, or go back."),
        ),
    });
    return answer.kind === "given" ? { kind: "given", value: passphrase } : answer;
  },
};

function newKeyName(type: NewKeyType): string {
  const types = { ed25519: "ssh-ed25519", rsa: "ssh-rsa", ecdsa: "ecdsa-sha2-nistp521" } as const;
  return keyName({ type: types[type], bits: newKeyBits[type] });
}

function newKeyPurpose(type: NewKeyType): string {
  switch (type) {
    case "ed25519":
      return l10n.t("recommended: short, fast and strong");
    case "rsa":
      return l10n.t("for servers that take nothing newer; takes a while to generate");
    case "ecdsa":
      return l10n.t("where a NIST curve is required");
  }
}

function describeFileNameProblem(problem: FileNameProblem): string {
  switch (problem.kind) {
    case "empty":
      return l10n.t("Type a file name.");
    case "badCharacter":
      return l10n.t(
        "Only letters, digits and . _ @ + - are allowed, not “{0}”.",
        plain(problem.character),
      );
    case "badStart":
      return l10n.t("The name must begin with a letter, a digit or _.");
    case "publicSuffix":
      return l10n.t("Leave .pub out: the public key gets it by itself.");
    case "reserved":
      return l10n.t("This name is taken by the system. Choose a different one.");
    case "tooLong":
      return l10n.t("The name is too long.");
  }
}

/** Why a passphrase cannot be taken, if it cannot. */
export function describePassphraseProblem(
  passphrase: string,
  version: OpenSshVersion | undefined,
): string | undefined {
  switch (checkPassphrase(passphrase, version)) {
    case undefined:
      return undefined;
    case "tooOld":
      return l10n.t(
        "OpenSSH {0} cannot be handed a passphrase safely; 8.4 and later can. Leave it empty, or update OpenSSH.",
        `${version?.major}.${version?.minor}`,
      );
    case "controlCharacter":
      return l10n.t("There is an invisible character in it.");
    case "tooShort":
      return l10n.t("At least {0} characters.", minPassphraseLength);
    case "tooLong":
      return l10n.t("At most {0} bytes.", maxPassphraseBytes);
  }
}
