import { l10n, QuickPickItemKind } from "vscode";
import type { AccessKeyRow, ApiKeyRow, LoadMoreRow, Row } from "../inventory/row.ts";
import { countText } from "./age.ts";
import { describeFailure, serviceTitle } from "./failureText.ts";
import { accessKeyLook, apiKeyLook } from "./keyLook.ts";
import { plainInPick } from "./plainText.ts";
import type { KeyPrompts, KeyPurpose } from "./prompts.ts";
import { askPicks, type IdentifiedItem } from "./quickInput.ts";

export const keyPrompts: KeyPrompts = {
  async chooseRows(purpose, source, what) {
    const many = what === undefined && !takesOne.has(purpose);
    const { loadMore } = source;
    const answer = await askPicks<Row>({
      title: titles[purpose](),
      placeholder: placeholder(many, what),
      many,
      fill: async (show) => {
        let count = 0;
        await source.read((rows) => {
          const items = rows.flatMap(rowItem);
          count = items.length;
          show(items);
        });
        if (count === 0) show([{ label: `$(info) ${l10n.t("There is nothing to choose from")}` }]);
      },
      ...(loadMore && { more: { title: l10n.t("Load More"), fetch: loadMore } }),
    });
    return answer.kind === "given" ? answer.value : undefined;
  },
};

const takesOne: ReadonlySet<KeyPurpose> = new Set([
  "edit",
  "regenerate",
  "createAccessKey",
  "copyPrimary",
  "copySecondary",
  "rotate",
]);

function placeholder(many: boolean, what: "subAccount" | undefined): string {
  if (what === "subAccount") return l10n.t("Which sub account?");
  return many ? l10n.t("Which keys? Check several, or press Enter on one") : l10n.t("Which key?");
}

const titles: Readonly<Record<KeyPurpose, () => string>> = {
  id: () => l10n.t("Copy Key ID"),
  name: () => l10n.t("Copy Name"),
  fingerprint: () => l10n.t("Copy Fingerprint"),
  json: () => l10n.t("Copy as JSON"),
  delete: () => l10n.t("Delete Keys"),
  switchOn: () => l10n.t("Switch Keys On"),
  switchOff: () => l10n.t("Switch Keys Off"),
  edit: () => l10n.t("Edit API Key"),
  regenerate: () => l10n.t("Regenerate API Key"),
  createAccessKey: () => l10n.t("Create Access Key"),
  copyPrimary: () => l10n.t("Copy Primary Key"),
  copySecondary: () => l10n.t("Copy Secondary Key"),
  rotate: () => l10n.t("Rotate Key"),
};

/** Keys to choose, and between them what keeps others from being here. */
function rowItem(row: Row): readonly IdentifiedItem<Row>[] {
  switch (row.kind) {
    case "authKey":
      return [item("key", row.authKey.title, row.authKey.fingerprint, row)];
    case "apiKey":
      return [apiKeyItem(row)];
    case "subAccount": {
      const { subAccount, subAccountId } = row;
      return [item("person", subAccount?.loginId ?? subAccountId, subAccountId, row)];
    }
    case "accessKey":
      return [accessKeyItem(row)];
    case "failure":
      return [note(failureNote(row.error))];
    case "loadMore":
      return [note(loadedNote(row))];
    case "loading":
      return [note(l10n.t("Loading access keys…"))];
    default:
      return [];
  }
}

function apiKeyItem(row: ApiKeyRow): IdentifiedItem<Row> {
  const { name, apiKeyId } = row.apiKey;
  const { icon, state } = apiKeyLook(row.apiKey);
  return item(icon, name, state === undefined ? apiKeyId : `${state} · ${apiKeyId}`, row);
}

function accessKeyItem(row: AccessKeyRow): IdentifiedItem<Row> {
  const { icon, state } = accessKeyLook(row.accessKey);
  return item(icon, row.accessKey.accessKeyId, `${l10n.t("access key")} · ${state}`, row);
}

function failureNote(error: Parameters<typeof describeFailure>[0]): string {
  return `${serviceTitle(error.facts.service)}: ${describeFailure(error).whatHappened}`;
}

function loadedNote({ loaded, total }: LoadMoreRow): string {
  return l10n.t("{0} of {1}", countText(loaded), countText(total));
}

function note(label: string): IdentifiedItem<Row> {
  return { label, kind: QuickPickItemKind.Separator };
}

function item(icon: string, label: string, description: string, value: Row): IdentifiedItem<Row> {
  return {
    label: `$(${icon}) ${plainInPick(label)}`,
    description: plainInPick(description),
    id: value.id,
    value,
  };
}
