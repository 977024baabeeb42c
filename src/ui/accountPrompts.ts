import { l10n, QuickPickItemKind } from "vscode";
import {
  sectionName,
  type AccountSource,
  type SourcePlace,
  type SourceProblem,
} from "../accounts/accountSources.ts";
import { confirmed } from "./ask.ts";
import { plainInPick } from "./plainText.ts";
import { shownPath } from "./shownPath.ts";
import type { AccountPrompts } from "./prompts.ts";
import { askPick, askText, type PickItem } from "./quickInput.ts";
import { describeOriginProblem, zoneTitle } from "./signInPrompts.ts";

export const accountPrompts: AccountPrompts = {
  nameOfSource: sourceLabel,

  async chooseSource({ sources, problems }) {
    const items: PickItem<AccountSource>[] = sources.map((source) => ({
      label: `$(account) ${plainInPick(sourceLabel(source.place))}`,
      description: plainInPick(source.accessKeyId),
      detail: l10n.t("{0} · from {1}", zoneLine(source), plainInPick(placeTitle(source.place))),
      value: source,
    }));
    if (problems.length > 0) {
      items.push({ label: l10n.t("Cannot be used"), kind: QuickPickItemKind.Separator });
      items.push(...problems.map(problemItem));
    }
    const answer = await askPick({
      title: l10n.t("Import Account"),
      placeholder: l10n.t(
        "The credentials are copied once into the keychain. The source stays as it is.",
      ),
      items,
    });
    return answer.kind === "given" ? answer.value : undefined;
  },

  confirmOrigin: (origin) =>
    confirmed(
      l10n.t("Sign requests for {0}?", origin),
      l10n.t(
        "This is not an address of NAVER Cloud. Whoever runs it receives every request of this account, and the API key for NSML in clear.",
      ),
      l10n.t("Use This Origin"),
    ),

  async chooseAccount(purpose, accounts, active) {
    const answer = await askPick({
      title: accountTitles[purpose](),
      placeholder: l10n.t("Which account?"),
      active: (account) => account.id === active?.id,
      items: accounts.map((account) => ({
        label: `$(account) ${plainInPick(account.label)}`,
        ...(account.id === active?.id && { description: l10n.t("in use") }),
        value: account,
      })),
    });
    return answer.kind === "given" ? answer.value : undefined;
  },

  async askLabel(account, taken) {
    const answer = await askText({
      title: l10n.t("Rename Account"),
      prompt: l10n.t("How this account is called in VS Code"),
      initial: account.label,
      validate: (text) => {
        const label = text.trim();
        if (label === "" || label.length > 60) return l10n.t("A name has 1 to 60 characters.");
        return taken.has(label) ? l10n.t("Another account has this name.") : undefined;
      },
    });
    return answer.kind === "given" ? answer.value.trim() : undefined;
  },

  confirmSignOut: (account) =>
    confirmed(
      l10n.t("Sign out of “{0}”?", account.label),
      l10n.t(
        "Its credentials are removed from the keychain of this computer. Nothing changes at NAVER Cloud.",
      ),
      l10n.t("Sign Out"),
    ),

  confirmRemoveAll: (accounts) =>
    confirmed(
      l10n.t("Remove all stored credentials?"),
      [
        ...accounts.map(({ label }) => `• ${label}`),
        "",
        l10n.t(
          "They are removed from the keychain of this computer. Nothing changes at NAVER Cloud.",
        ),
      ].join("\n"),
      l10n.t("Remove All"),
    ),

  async askSubAccountId(known) {
    const answer = await askText({
      title: l10n.t("Add Sub Account ID"),
      prompt: l10n.t("ID of a sub account whose access keys you may see"),
      placeholder: "2b141960-…",
      validate: (text) => {
        const id = text.trim();
        if (!/^[A-Za-z0-9-]{1,64}$/.test(id))
          return l10n.t("An ID has letters, digits and - only.");
        return known.has(id) ? l10n.t("This ID is in the list already.") : undefined;
      },
    });
    return answer.kind === "given" ? answer.value.trim() : undefined;
  },
};

const accountTitles = {
  switch: () => l10n.t("Switch Account"),
  rename: () => l10n.t("Rename Account"),
  signOut: () => l10n.t("Sign Out"),
};

function sourceLabel(place: SourcePlace): string {
  return place.kind === "environment" ? l10n.t("Environment") : sectionName(place.section);
}

function placeTitle(place: SourcePlace): string {
  return place.kind === "environment" ? l10n.t("the environment variables") : shownPath(place.path);
}

function zoneLine({ zone }: AccountSource): string {
  return zone.kind === "custom"
    ? l10n.t("Custom origin {0}", plainInPick(zone.origin))
    : l10n.t("{0} zone", zoneTitle(zone));
}

function problemItem({ place, problem }: SourceProblem): PickItem<never> {
  const name = place.kind === "file" && place.section !== undefined ? `[${place.section}] ` : "";
  return {
    label: `$(warning) ${plainInPick(name + placeTitle(place))}`,
    detail: describeSourceProblem(problem),
  };
}

/** Why a place that names credentials cannot be imported. */
function describeSourceProblem(problem: SourceProblem["problem"]): string {
  switch (problem) {
    case "unreadable":
      return l10n.t("The file cannot be read.");
    case "noAccessKeyId":
      return l10n.t("There is a secret key but no access key ID.");
    case "noSecretKey":
      return l10n.t("There is an access key ID but no secret key.");
    default:
      return l10n.t("Its API address cannot be used. {0}", describeOriginProblem(problem));
  }
}
