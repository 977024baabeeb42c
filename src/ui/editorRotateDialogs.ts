import { l10n, window } from "vscode";
import { ageText } from "./age.ts";
import { ask, confirmed, say } from "./ask.ts";
import { useText } from "./keyTexts.ts";
import { plain, plainInMessage, plainInPick } from "./plainText.ts";
import { askPick } from "./quickInput.ts";
import type { AccessKeyReplacement, RotateDialogs, Signers } from "./rotateDialogs.ts";
import { status } from "./status.ts";

/** What is asked and said while a key is rotated, in the editor. */
export const editorRotateDialogs: RotateDialogs = {
  async chooseToDeactivate(accessKeys, toBeRotated) {
    const answer = await askPick({
      title: l10n.t("Rotate Access Key"),
      placeholder: l10n.t("The limit of active access keys is reached. Which one makes room?"),
      items: accessKeys.map(({ accessKeyId, active, createdAt }) => ({
        label: `$(key) ${plainInPick(accessKeyId)}`,
        description: [
          active ? l10n.t("active") : l10n.t("inactive"),
          ...(createdAt === undefined ? [] : [ageText(createdAt)]),
          ...(accessKeyId === toBeRotated ? [l10n.t("the one to be rotated")] : []),
        ].join(" · "),
        value: accessKeyId,
      })),
    });
    return answer.kind === "given" ? answer.value : undefined;
  },

  confirmDeactivation: (accessKeyId, signers) =>
    confirmed(
      l10n.t("Deactivate the access key {0} to make room?", plain(accessKeyId)),
      [
        l10n.t(
          "Requests signed with an inactive access key are refused until the key is activated again.",
        ),
        ...signingLines(signers),
      ].join("\n\n"),
      l10n.t("Deactivate"),
    ),

  noRoom() {
    say(
      "warning",
      l10n.t(
        "The only active access key would have to be deactivated before there is a new one, so nothing was changed. Activate another access key of the sub account first, or rotate it in the console.",
      ),
    );
  },

  confirmReplacement: ({ newKey, oldKey }, accounts) =>
    confirmed(
      l10n.t("Use the new access key {0} here?", plain(newKey)),
      l10n.t(
        "{0} signs in with {1}. The new one is checked before it takes its place.",
        accounts.map((label) => `“${plain(label)}”`).join(", "),
        plain(oldKey),
      ),
      l10n.t("Use the New One"),
    ),

  notReplaced(oldKey, accounts) {
    say(
      "warning",
      l10n.t(
        "The new access key could not be stored for {0}, which still signs in with {1}.",
        plainInMessage(accounts.map((label) => `“${label}”`).join(", ")),
        plainInMessage(oldKey),
      ),
    );
  },

  confirmOldOff: ({ newKey, oldKey }, signers) =>
    confirmed(
      l10n.t("Deactivate the old access key {0} now?", plain(oldKey)),
      [
        l10n.t(
          "{0} is active and takes its place. Whatever still signs with the old one is refused until you activate it again.",
          plain(newKey),
        ),
        ...signingLines(signers),
      ].join("\n\n"),
      l10n.t("Deactivate"),
    ),

  offerToDeleteOld: (replacement) =>
    ask("information", oldIsOffText(replacement), l10n.t("Delete…")),

  oldIsOff: (replacement) => say("information", oldIsOffText(replacement)),

  bothActive(replacement) {
    const text = l10n.t(
      "Stopped. Both {0} (new) and {1} (old) are active now.",
      plainInMessage(replacement.newKey),
      plainInMessage(replacement.oldKey),
    );
    say("information", [text, ...roomLines(replacement)].join(" "));
  },

  offerToDeleteUnused: (replacement) =>
    ask("warning", unusedText(replacement), l10n.t("Delete It")),

  unusedLeft: (replacement) => say("warning", unusedText(replacement)),

  offerToSwitchBack: (accessKeyId) =>
    ask(
      "warning",
      l10n.t(
        "{0} is inactive: it was deactivated to make room for a new access key.",
        plainInMessage(accessKeyId),
      ),
      l10n.t("Activate It Again"),
    ),

  oldAuthKeyUntouched(authKey) {
    status(l10n.t("Stopped; the auth key {0} was not touched", plain(authKey)));
  },

  confirmDeletingOldAuthKey: ({ newKey, oldKey }) =>
    confirmed(
      l10n.t("Delete the old auth key {0} now?", plain(oldKey)),
      l10n.t(
        "{0} is in NSML. Log in with it once before you delete the old one: nobody can log in with that any more.",
        plain(newKey),
      ),
      l10n.t("Delete"),
    ),

  bothInNsml({ newKey, oldKey }) {
    say(
      "information",
      l10n.t(
        "Stopped. Both {0} (new) and {1} (old) work now.",
        plainInMessage(newKey),
        plainInMessage(oldKey),
      ),
    );
  },

  async afterSecondary({ name, isEnabled }): Promise<"copySecondary" | "goOn" | "later"> {
    const copy = l10n.t("Copy Secondary Key");
    const goOn = l10n.t("Regenerate Primary Key");
    // Not modal: moving over is work, and some of it is done in this very window.
    const answer = await window.showInformationMessage(
      isEnabled
        ? l10n.t(
            "The secondary key of {0} is new. Move everything to it; go on when nothing sends the primary key any more.",
            plainInMessage(name),
          )
        : l10n.t(
            "The secondary key of {0} is new. The API key is disabled: neither value is accepted until it is enabled.",
            plainInMessage(name),
          ),
      copy,
      goOn,
    );
    if (answer === copy) return "copySecondary";
    return answer === goOn ? "goOn" : "later";
  },

  secondaryOnly(apiKey) {
    say(
      "information",
      l10n.t(
        "Stopped. The secondary key of {0} is new; the primary key is what it was.",
        plainInMessage(apiKey),
      ),
    );
  },

  bothRenewed: (apiKey) =>
    ask(
      "information",
      l10n.t("Both values of {0} are new.", plainInMessage(apiKey)),
      l10n.t("Copy Primary Key"),
    ),
};

function oldIsOffText(replacement: AccessKeyReplacement): string {
  const text = l10n.t(
    "{0} is inactive and {1} takes its place. Delete the old one once nothing misses it.",
    plainInMessage(replacement.oldKey),
    plainInMessage(replacement.newKey),
  );
  return [text, ...roomLines(replacement)].join(" ");
}

function unusedText(replacement: AccessKeyReplacement): string {
  const { newKey, oldKey, madeRoom } = replacement;
  const name = plainInMessage(newKey);
  if (madeRoom === oldKey) {
    return l10n.t(
      "Stopped. Nobody can use the new access key, {0}; the old one, {1}, was deactivated to make room for it.",
      name,
      plainInMessage(oldKey),
    );
  }
  const text = l10n.t(
    "Stopped. The old access key was not touched; nobody can use the new one, {0}.",
    name,
  );
  return [text, ...roomLines(replacement)].join(" ");
}

/** Another access key than the two that is not what it was before. */
function roomLines({ oldKey, madeRoom }: AccessKeyReplacement): readonly string[] {
  if (madeRoom === undefined || madeRoom === oldKey) return [];
  return [
    l10n.t("{0} is inactive, too: it was deactivated to make room.", plainInMessage(madeRoom)),
  ];
}

function signingLines({ labels, isComplete }: Signers): readonly string[] {
  return [
    ...labels.map((account) => useText({ account, as: "signing" })),
    ...(isComplete
      ? []
      : [l10n.t("The keychain failed: other accounts here may sign in with it.")]),
  ];
}
