import { l10n, ThemeIcon, type QuickPickItem } from "vscode";
import type { KeyRecord, SubAccountRef } from "../inventory/keyRecord.ts";
import { accessKeyLook, apiKeyLook } from "./keyLook.ts";
import { plainInPick } from "./plainText.ts";

export interface HitItem extends QuickPickItem {
  /** Absent on items that only say something. */
  readonly record?: KeyRecord;
}

/** A key that was found, as an item to choose. */
export function hitItem(record: KeyRecord): HitItem {
  const { icon, label, facts, detail } = partsOf(record);
  return {
    label: `$(${icon}) ${plainInPick(label)}`,
    description: facts
      .filter((fact) => fact !== undefined)
      .filter((fact) => fact !== "")
      .map(plainInPick)
      .join(" · "),
    ...(detail !== undefined && { detail }),
    // The editor would hide what it does not find by itself.
    alwaysShow: true,
    buttons: [{ iconPath: new ThemeIcon("copy"), tooltip: l10n.t("Copy Key ID") }],
    record,
  };
}

interface HitParts {
  readonly icon: string;
  readonly label: string;
  readonly facts: readonly (string | undefined)[];
  readonly detail?: string | undefined;
}

function partsOf(record: KeyRecord): HitParts {
  switch (record.kind) {
    case "authKey":
      return partsOfAuthKey(record);
    case "apiKey":
      return partsOfApiKey(record);
    case "subAccount":
      return partsOfSubAccount(record);
    case "accessKey":
      return partsOfAccessKey(record);
  }
}

type RecordOf<Kind extends KeyRecord["kind"]> = Extract<KeyRecord, { kind: Kind }>;

function partsOfAuthKey({ authKey, localKey }: RecordOf<"authKey">): HitParts {
  return {
    icon: localKey ? "vm" : "key",
    label: authKey.title,
    facts: [l10n.t("auth key"), localKey?.fileName, authKey.fingerprint],
    detail: localKey?.sha256Fingerprint,
  };
}

function partsOfApiKey({ apiKey }: RecordOf<"apiKey">): HitParts {
  const { name, apiKeyId } = apiKey;
  const { icon, state } = apiKeyLook(apiKey);
  return { icon, label: name, facts: [l10n.t("API key"), apiKeyId, state] };
}

function partsOfSubAccount({ subAccount, subAccountId }: RecordOf<"subAccount">): HitParts {
  const [label = subAccountId, ...others] = namesOf({ subAccount });
  return {
    icon: "person",
    label,
    facts: [
      l10n.t("sub account"),
      ...others,
      label === subAccountId ? undefined : subAccountId,
      subAccount?.active === false ? l10n.t("switched off") : undefined,
    ],
  };
}

function partsOfAccessKey({ accessKey, owner }: RecordOf<"accessKey">): HitParts {
  const { icon, state } = accessKeyLook(accessKey);
  return {
    icon,
    label: accessKey.accessKeyId,
    facts: [
      l10n.t("access key"),
      ...(owner.subAccount ? namesOf(owner) : [owner.subAccountId]),
      state,
    ],
  };
}

/** The name people call a sub account by, and the one it signs in with. */
function namesOf({ subAccount }: Pick<SubAccountRef, "subAccount">): readonly string[] {
  const { name = "", loginId = "" } = subAccount ?? {};
  return [name, loginId].filter((text) => text !== "");
}
