import {
  DecodeError,
  decodeArray,
  decodeField,
  decodeRecord,
  isRecord,
  optionalText,
  requireText,
} from "../ncloud/decode.ts";
import type { Credentials } from "../ncloud/ncloudClient.ts";
import { Secret } from "../ncloud/secret.ts";
import { parseOrigin, type Zone } from "../ncloud/zone.ts";

/** What is known of an account without asking the keychain. */
export interface AccountSummary {
  readonly id: string;
  readonly label: string;
}

export interface Account extends AccountSummary, Credentials {
  /** The API key whose value NSML requests carry, when it was picked from the account's own. */
  readonly nsmlApiKeyId?: string | undefined;
  /** Sub accounts the user named by ID, for accounts that may not list them. */
  readonly subAccountIds: readonly string[];
  /** New with each sign-in and not with other changes; the store gives it. */
  readonly signInId?: string | undefined;
  /** The revisions this record comes from, itself the last; the store gives them. */
  readonly revisions?: readonly string[] | undefined;
}

/** The credentials of an account as they were found in the keychain. */
export type StoredAccount =
  | { readonly status: "present"; readonly account: Account }
  | { readonly status: "missing" }
  | { readonly status: "unreadable" }
  /** Written by a later version of the extension, which can still read it. */
  | { readonly status: "newerVersion" };

const recordVersion = 1;

/** The text kept in SecretStorage, the only place where the secret key and the API key value are. */
export function encodeAccount(account: Account): string {
  const { label, zone, accessKeyId, secretKey, subAccountIds } = account;
  const { nsmlApiKey, nsmlApiKeyId, signInId, revisions } = account;
  return JSON.stringify({
    version: recordVersion,
    label,
    zone: zone.kind,
    ...(zone.kind === "custom" && { origin: zone.origin }),
    accessKeyId,
    secretKey: secretKey.reveal(),
    ...(nsmlApiKey && { nsmlApiKey: nsmlApiKey.reveal() }),
    ...(nsmlApiKeyId !== undefined && { nsmlApiKeyId }),
    ...(subAccountIds.length > 0 && { subAccountIds }),
    ...(signInId !== undefined && { signInId }),
    ...(revisions && { revisions }),
  });
}

export function decodeAccount(id: string, text: string | undefined): StoredAccount {
  if (text === undefined) return { status: "missing" };
  try {
    const json = JSON.parse(text) as unknown;
    if (isRecord(json) && typeof json["version"] === "number" && json["version"] > recordVersion) {
      return { status: "newerVersion" };
    }
    return { status: "present", account: readRecord(id, json) };
  } catch (error) {
    if (error instanceof DecodeError || error instanceof SyntaxError) {
      return { status: "unreadable" };
    }
    throw error;
  }
}

function readRecord(id: string, json: unknown): Account {
  const record = decodeRecord(json);
  if (record["version"] !== recordVersion) throw new DecodeError("version");
  const nsmlApiKey = optionalText(record, "nsmlApiKey");
  const ids = record["subAccountIds"];
  const isRevised = record["revisions"] !== undefined;
  return {
    id,
    label: requireText(record, "label"),
    zone: readZone(requireText(record, "zone"), optionalText(record, "origin")),
    accessKeyId: requireText(record, "accessKeyId"),
    secretKey: new Secret(requireText(record, "secretKey")),
    nsmlApiKey: nsmlApiKey === undefined ? undefined : new Secret(nsmlApiKey),
    nsmlApiKeyId: optionalText(record, "nsmlApiKeyId"),
    subAccountIds:
      ids === undefined ? [] : decodeField(record, "subAccountIds", (v) => decodeArray(v, readId)),
    signInId: optionalText(record, "signInId"),
    ...(isRevised && {
      revisions: decodeField(record, "revisions", (v) => decodeArray(v, readId)),
    }),
  };
}

function readId(value: unknown): string {
  if (typeof value !== "string" || value === "") throw new DecodeError("");
  return value;
}

function readZone(kind: string, origin: string | undefined): Zone {
  switch (kind) {
    case "public":
    case "government":
    case "financial":
      return { kind };
    case "custom": {
      const parsed = parseOrigin(origin ?? "");
      if ("problem" in parsed) throw new DecodeError("origin");
      return { kind, origin: parsed.origin };
    }
    default:
      throw new DecodeError("zone");
  }
}
