import { env, l10n, QuickPickItemKind, UIKind, Uri, window } from "vscode";
import type { AuthKey } from "../ncloud/nsml.ts";
import type { PublicKey } from "../ssh/publicKey.ts";
import type { LocalKeyFile } from "../ssh/sshDirectory.ts";
import { ageText } from "./age.ts";
import { plainInPick } from "./plainText.ts";
import type { UploadChoices, UploadPrompts, UploadSource } from "./prompts.ts";
import { describeKeyProblem, describeTitleProblem } from "./publicKeyText.ts";
import { askPick, askText, type PickItem } from "./quickInput.ts";

const title = () => l10n.t("Upload SSH Public Key to NSML");

/** @param remoteName the remote connection the extension runs at the other end of */
export function createUploadPrompts(remoteName: string | undefined): UploadPrompts {
  return { ...prompts, chooseSource: (choices) => chooseSource(choices, remoteName) };
}

const prompts: Omit<UploadPrompts, "chooseSource"> = {
  async browse(directory) {
    const [uri] =
      (await window.showOpenDialog({
        title: title(),
        defaultUri: Uri.file(directory),
        openLabel: l10n.t("Upload"),
        filters: { [l10n.t("SSH Public Keys")]: ["pub"], [l10n.t("All Files")]: ["*"] },
      })) ?? [];
    return uri?.fsPath;
  },

  async askPublicKey(parse) {
    // Who pastes has mostly just copied; anything but a public key stays where it is.
    const held = await env.clipboard.readText();
    const answer = await askText({
      title: title(),
      initial: parse(held) ? "" : held.trim(),
      prompt: l10n.t("Paste the public key, one line that begins with its type"),
      placeholder: "ssh-ed25519 AAAA…",
      validate: (text) => {
        const problem = parse(text);
        return problem && describeKeyProblem(problem);
      },
      remove: (text) =>
        parse(text)?.kind === "privateKey"
          ? l10n.t("This is a private key, so it was removed from this box. Paste its .pub file.")
          : undefined,
    });
    return answer.kind === "given" ? answer.value : undefined;
  },

  async askTitle(key, suggestion, problemOf) {
    const answer = await askText({
      title: title(),
      prompt: l10n.t("Title of the {0} key in NSML; it is the key's ID there", keyName(key)),
      placeholder: "my-laptop",
      initial: suggestion,
      validate: (text) => {
        const problem = problemOf(text);
        if (problem === "taken")
          return l10n.t("Another key has this title. Choose a different one.");
        return problem && describeTitleProblem(problem);
      },
    });
    return answer.kind === "given" ? answer.value : undefined;
  },

  async confirmConversion(key) {
    const use = l10n.t("Use It");
    const answer = await window.showInformationMessage(
      l10n.t("This file is in the SSH2 format (RFC 4716), which PuTTY writes."),
      {
        modal: true,
        detail: l10n.t(
          "NSML takes the OpenSSH format. The same key in that format:\n\n{0}",
          key.line,
        ),
      },
      use,
    );
    return answer === use;
  },
};

async function chooseSource(
  choices: Promise<UploadChoices>,
  remoteName: string | undefined,
): Promise<UploadSource | undefined> {
  const answer = await askPick<UploadSource>({
    title: title(),
    placeholder: whichComputer(remoteName),
    items: choices.then(sourceItems),
  });
  return answer.kind === "given" ? answer.value : undefined;
}

/** Whose keys these are, where that is not plain. */
function whichComputer(remoteName: string | undefined): string {
  if (env.uiKind === UIKind.Web)
    return l10n.t("Choose a public key of the computer VS Code runs on");
  return remoteName === undefined
    ? l10n.t("Choose a public key of this computer")
    : l10n.t("Choose a public key of the remote computer ({0})", remoteName);
}

/** A key's type and size in the words people use for them. */
export function keyName({ type, bits }: Pick<PublicKey, "type" | "bits">): string {
  if (type === "ssh-rsa") return `RSA ${bits}`;
  return type === "ssh-ed25519" ? "Ed25519" : `ECDSA ${bits}`;
}

/** Not yet uploaded first, then those on the account, then those NSML does not take, then other ways. */
function sourceItems(choices: UploadChoices): readonly PickItem<UploadSource>[] {
  const uploaded = new Map(choices.authKeys.map((authKey) => [authKey.fingerprint, authKey]));
  const fresh: PickItem<UploadSource>[] = [];
  const there: PickItem<UploadSource>[] = [];
  const refused: PickItem<UploadSource>[] = [];
  for (const file of choices.files) {
    if (file.result.kind === "problem") {
      refused.push({
        label: `$(circle-slash) ${plainInPick(file.fileName)}`,
        detail: describeKeyProblem(file.result.problem),
        // Whoever takes it all the same is told why it cannot be, and asked for another.
        value: { kind: "file", file },
      });
      continue;
    }
    const authKey = uploaded.get(file.result.md5Fingerprint);
    (authKey ? there : fresh).push(fileItem(file, file.result, authKey));
  }
  return [
    ...section(l10n.t("In {0}", choices.directory), fresh),
    ...section(l10n.t("Already in NSML"), there),
    ...section(l10n.t("Not accepted by NSML"), refused),
    ...section("", [emptyItem(choices, fresh.length + there.length + refused.length)].flat()),
    { label: l10n.t("Other ways"), kind: QuickPickItemKind.Separator },
    { label: `$(folder-opened) ${l10n.t("Browse…")}`, value: { kind: "browse" } },
    { label: `$(clippy) ${l10n.t("Paste…")}`, value: { kind: "paste" } },
    { label: `$(add) ${l10n.t("Generate a Key Pair…")}`, value: { kind: "generate" } },
  ];
}

function section<T>(label: string, items: readonly PickItem<T>[]): readonly PickItem<T>[] {
  if (items.length === 0) return [];
  return label === "" ? items : [{ label, kind: QuickPickItemKind.Separator }, ...items];
}

function emptyItem(choices: UploadChoices, count: number): PickItem<UploadSource>[] {
  if (choices.directoryProblem !== undefined) {
    return [
      {
        label: `$(warning) ${choices.directory}`,
        detail: describeKeyProblem(choices.directoryProblem),
      },
    ];
  }
  if (count > 0) return [];
  return [{ label: `$(info) ${l10n.t("No public key in {0}", choices.directory)}` }];
}

function fileItem(
  file: LocalKeyFile,
  { key, sha256Fingerprint }: LocalKeyFile["result"] & { kind: "key" },
  authKey: AuthKey | undefined,
): PickItem<UploadSource> {
  const facts = [keyName(key), plainInPick(key.comment)];
  if (file.modifiedAt !== undefined) facts.push(ageText(file.modifiedAt));
  if (authKey) facts.unshift(l10n.t("as “{0}”", plainInPick(authKey.title)));
  return {
    label: `${authKey ? "$(check)" : "$(key)"} ${plainInPick(file.fileName)}`,
    description: facts.filter((fact) => fact !== "").join(" · "),
    detail: sha256Fingerprint,
    value: { kind: "file", file },
  };
}
