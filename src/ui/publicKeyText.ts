import { l10n } from "vscode";
import type { TitleProblem } from "../ssh/authKeyTitle.ts";
import type { KeyFileProblem } from "../ssh/sshDirectory.ts";
import { plain } from "./plainText.ts";

type ProblemTexts = {
  readonly [K in KeyFileProblem["kind"]]: (
    problem: Extract<KeyFileProblem, { readonly kind: K }>,
  ) => string;
};

/** Why a file or a text cannot be uploaded, in a sentence or two that say what helps where something does. */
export function describeKeyProblem(problem: KeyFileProblem): string {
  // The table has each kind's own function, which the compiler cannot see through an index.
  const describe = problemTexts[problem.kind] as (problem: KeyFileProblem) => string;
  return describe(problem);
}

const damaged = () => l10n.t("The key is damaged: it was cut or changed. Copy it again.");

const problemTexts: ProblemTexts = {
  privateKey: () => l10n.t("This is a private key. Choose its .pub file."),
  certificate: () => l10n.t("This is an SSH certificate. NSML takes plain public keys only."),
  fido: () => l10n.t("This key is on a security key (FIDO). NSML does not take those."),
  dsa: () => l10n.t("This is a DSA key. NSML does not take those."),
  unknownType: ({ type, rightSpelling }) => {
    if (rightSpelling !== undefined) {
      return l10n.t("The key type is misspelled: it has to be {0}.", rightSpelling);
    }
    return type === undefined
      ? l10n.t("This is not an SSH public key of a type that NSML takes.")
      : l10n.t("NSML does not take keys of the type {0}.", type);
  },
  notAKey: () => l10n.t("This is not an SSH public key."),
  empty: () => l10n.t("There is nothing in it."),
  tooLarge: ({ maxBytes }) =>
    l10n.t("It is larger than {0} KB, so it is not a public key.", maxBytes / 1024),
  notText: ({ utf16 }) =>
    utf16
      ? l10n.t("The file is stored as UTF-16. Save it as UTF-8.")
      : l10n.t("This is not a text file."),
  pem: () => l10n.t("This is a PEM file. Convert it with: ssh-keygen -i -m PKCS8 -f FILE"),
  badRfc4716: () => l10n.t("This SSH2 public key file is damaged. Export the key again."),
  severalKeys: () => l10n.t("There are several keys in it. Keep one key a file."),
  extraLines: () => l10n.t("Other lines stand beside the key. Keep the key alone."),
  options: () => l10n.t("Options stand before the key, as in authorized_keys. Remove them."),
  leadingSpace: () => l10n.t("There is white space before the key. Remove it."),
  controlCharacter: ({ codePoint }) =>
    l10n.t("There is an invisible character in the key (U+{0}). Copy it again.", hex(codePoint)),
  wrappedBase64: () => l10n.t("The key is broken over several lines. Put it on one line."),
  badBase64: damaged,
  truncated: damaged,
  trailingBytes: damaged,
  curveMismatch: damaged,
  badPoint: damaged,
  badLength: damaged,
  badNumber: damaged,
  typeMismatch: ({ type }) => l10n.t("The key says it is {0}, but holds another type.", type),
  tooShort: ({ bits, minBits }) =>
    l10n.t("The key has {0} bits; at least {1} are needed.", bits, minBits),
  tooLong: ({ bits, maxBits }) =>
    l10n.t("The key has {0} bits; at most {1} are taken.", bits, maxBits),
  missing: () => l10n.t("The file is not there any more."),
  danglingLink: () => l10n.t("The link leads to a file that is not there."),
  notAFile: ({ what }) =>
    what === "folder" ? l10n.t("This is a folder.") : l10n.t("This is not a regular file."),
  unreadable: ({ code }) => l10n.t("Cannot be read ({0}).", code),
};

function hex(codePoint: number): string {
  return codePoint.toString(16).toUpperCase().padStart(4, "0");
}

/** Why a title cannot be used, as a hint while it is typed. */
export function describeTitleProblem(problem: TitleProblem): string {
  switch (problem.kind) {
    case "empty":
      return l10n.t("Type a title, e.g. my-laptop.");
    case "badCharacter":
      return l10n.t(
        "Only English letters, digits and - are allowed, not “{0}”.",
        plain(problem.character),
      );
    case "badStart":
      return l10n.t("The title must begin with an English letter.");
    case "doubleHyphen":
      return l10n.t("Two - in a row are not allowed.");
  }
}
