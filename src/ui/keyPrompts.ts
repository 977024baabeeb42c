import { l10n } from "vscode";
import type { Row } from "../inventory/row.ts";
import type { Copied } from "./clipboard.ts";
import { plainInPick } from "./plainText.ts";
import type { KeyPrompts } from "./prompts.ts";
import { askPick, type PickItem } from "./quickInput.ts";

export const keyPrompts: KeyPrompts = {
  async chooseRow(what, rows) {
    const answer = await askPick({
      title: titles[what](),
      placeholder: l10n.t("Which key?"),
      items: rows.then((all) => all.flatMap(rowItem)),
    });
    return answer.kind === "given" ? answer.value : undefined;
  },
};

const titles: Readonly<Record<Copied, () => string>> = {
  id: () => l10n.t("Copy Key ID"),
  name: () => l10n.t("Copy Name"),
  fingerprint: () => l10n.t("Copy Fingerprint"),
  json: () => l10n.t("Copy as JSON"),
};

function rowItem(row: Row): readonly PickItem<Row>[] {
  switch (row.kind) {
    case "authKey":
      return [item("key", row.authKey.title, row.authKey.fingerprint, row)];
    case "apiKey":
      return [item("plug", row.apiKey.name, row.apiKey.apiKeyId, row)];
    case "subAccount": {
      const { subAccount, subAccountId } = row;
      return [item("person", subAccount?.loginId ?? subAccountId, subAccountId, row)];
    }
    default:
      return [];
  }
}

function item(icon: string, label: string, description: string, value: Row): PickItem<Row> {
  return {
    label: `$(${icon}) ${plainInPick(label)}`,
    description: plainInPick(description),
    value,
  };
}
