import { l10n, window, type MessageItem } from "vscode";
import type { ApiKeyValueName } from "../ncloud/apiGateway.ts";
import type { NewAccessKey } from "../ncloud/subAccount.ts";
import { clipboardClearSeconds } from "./clipboardSetting.ts";
import { ask, confirmed } from "./ask.ts";
import { plain, plainInMessage } from "./plainText.ts";

/** What a person does with a new access key, whose secret key is never to be had again. */
type AccessKeyChoice = "copySecret" | "signIn" | "close";

/** What has become of a new secret key so far; `partlyInUse`: not all accounts here could get it. */
export type SecretState = "untaken" | "partlyInUse" | "copied" | "inUse";

/** What is said and asked of new secrets. None of them is ever shown. */
export interface SecretDialogs {
  confirmCreation(subAccount: string): Promise<boolean>;
  /** @param canSignIn whether signing in with the new key is one of the choices */
  offerAccessKey(
    key: Pick<NewAccessKey, "accessKeyId">,
    state: SecretState,
    canSignIn: boolean,
  ): Promise<AccessKeyChoice>;
  /** True when the secret key may be lost. */
  confirmLoss(
    key: Pick<NewAccessKey, "accessKeyId">,
    state: "untaken" | "partlyInUse",
  ): Promise<boolean>;
  /** A key was made whose secret nobody knows; true when it is to be deleted. */
  secretLost(accessKeyId: string): Promise<boolean>;
  /** One value of an API key is new, or both are; which is to be copied. */
  offerValues(
    name: string,
    values: readonly ApiKeyValueName[],
  ): Promise<ApiKeyValueName | undefined>;
}

export const secretDialogs: SecretDialogs = {
  confirmCreation: (subAccount) =>
    confirmed(
      l10n.t("Create an access key for {0}?", plain(subAccount)),
      l10n.t(
        "NAVER Cloud tells its secret key this once. It is handed over next, and never shown.",
      ),
      l10n.t("Create"),
    ),

  async offerAccessKey({ accessKeyId }, state, canSignIn): Promise<AccessKeyChoice> {
    const copy: MessageItem = { title: l10n.t("Copy Secret Key") };
    const signIn: MessageItem = { title: l10n.t("Sign In With It") };
    const close: MessageItem = { title: l10n.t("Close"), isCloseAffordance: true };
    const answer = await window.showInformationMessage(
      l10n.t("The access key {0} was created.", plain(accessKeyId)),
      { modal: true, detail: [stateTexts[state](), ...clearingLines()].join("\n\n") },
      ...[copy, ...(canSignIn ? [signIn] : []), close],
    );
    if (answer === copy) return "copySecret";
    return answer === signIn ? "signIn" : "close";
  },

  confirmLoss: ({ accessKeyId }, state) =>
    confirmed(
      l10n.t("Close without the secret key of {0}?", plain(accessKeyId)),
      state === "untaken"
        ? l10n.t("Nobody can use the access key then. You can delete it and create another one.")
        : l10n.t("Only the accounts here that sign in with it can use the access key then."),
      l10n.t("Close Anyway"),
    ),

  secretLost: (accessKeyId) =>
    ask(
      "error",
      l10n.t(
        "The access key {0} was created, but its secret key was lost on the way. Nobody can use it.",
        plainInMessage(accessKeyId),
      ),
      l10n.t("Delete It"),
    ),

  async offerValues(name, values) {
    const buttons = new Map<string, ApiKeyValueName>(
      values.map((which) => [
        which === "primary" ? l10n.t("Copy Primary Key") : l10n.t("Copy Secondary Key"),
        which,
      ]),
    );
    const text =
      values.length > 1
        ? l10n.t("The API key {0} was created.", plainInMessage(name))
        : l10n.t("{0} has a new value.", plainInMessage(name));
    const answer = await window.showInformationMessage(text, ...buttons.keys());
    return answer === undefined ? undefined : buttons.get(answer);
  },
};

function clearingLines(): readonly string[] {
  const seconds = clipboardClearSeconds();
  if (seconds === 0) return [];
  return [l10n.t("The clipboard is cleared {0} s after the secret key is copied.", seconds)];
}

const takeNow = () =>
  l10n.t("Take its secret key now: it cannot be had again once this is closed.");

const stateTexts: Readonly<Record<SecretState, () => string>> = {
  untaken: takeNow,
  partlyInUse: takeNow,
  copied: () =>
    l10n.t("Its secret key is on the clipboard. It cannot be had again once this is closed."),
  inUse: () =>
    l10n.t(
      "VS Code signs in with it now. Copy its secret key if anything else needs it: it cannot be had again once this is closed.",
    ),
};
