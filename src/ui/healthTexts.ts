import { l10n } from "vscode";
import type { KeyKind, PageTexts } from "../healthPage/protocol.ts";
import type { KeyOnly } from "../report/keyHealth.ts";
import { countText } from "./age.ts";
import { plain } from "./plainText.ts";

/** The words of the page that are the same for every account. */
export function pageTexts(): PageTexts {
  return {
    title: l10n.t("Key Health"),
    cancel: l10n.t("Cancel"),
    readAgain: l10n.t("Read Again"),
    plotTitle: l10n.t("Ages of the keys"),
    plotHint: l10n.t(
      "The arrow keys go from mark to mark, Enter goes to the key in the table. The further back, the closer together the days are.",
    ),
    plotWithoutAge: l10n.t("Keys of unknown age, which are in the table only: {0}", "{0}"),
    needsCare: l10n.t("Needs care"),
    well: l10n.t("Well"),
    off: l10n.t("Off"),
    group: l10n.t("{0} keys, from {1} to {2}.", "{0}", "{1}", "{2}"),
    groupNeedsCare: l10n.t("{0} of them need care.", "{0}"),
    groupChip: l10n.t("Chosen in the Plot"),
    tableTitle: l10n.t("All keys"),
    columns: {
      name: l10n.t("Name"),
      kind: l10n.t("Kind"),
      owner: l10n.t("Sub account"),
      age: l10n.t("Age"),
      state: l10n.t("State"),
      findings: l10n.t("Findings"),
    },
    action: l10n.t("Next Step"),
    reveal: l10n.t("Show {0} in the sidebar", "{0}"),
    filters: l10n.t("Which keys are shown"),
    all: l10n.t("All"),
    shown: l10n.t("{0} of {1} keys", "{0}", "{1}"),
    showMore: l10n.t("Show More ({0} of {1})", "{0}", "{1}"),
    noneShown: l10n.t("No key of this kind."),
    gapsTitle: l10n.t("Not all could be read"),
  };
}

export function progressText(answered: number, known: number): string {
  return known === 0
    ? l10n.t("Reading the keys…")
    : l10n.t("Reading the keys: {0} of {1} requests", countText(answered), countText(known));
}

export function kindTitles(): Readonly<Record<KeyKind, string>> {
  return {
    authKey: l10n.t("NSML auth key"),
    apiKey: l10n.t("API key"),
    accessKey: l10n.t("Access key"),
  };
}

/** What a person knows a key by. */
export function keyName(key: KeyOnly): string {
  switch (key.kind) {
    case "authKey":
      return plain(key.authKey.title);
    case "apiKey":
      return plain(key.apiKey.name);
    case "accessKey":
      return plain(key.accessKey.accessKeyId);
  }
}
