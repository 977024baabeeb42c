import type { Gap, KeyRecord } from "../inventory/keyRecord.ts";
import type { NcloudErrorKind } from "../ncloud/ncloudError.ts";
import type { Zone } from "../ncloud/zone.ts";

/** Everything that could be learnt of one account's keys. It holds no secret. */
export interface AccountReport {
  readonly label: string;
  /** Unknown when the account's credentials could not be had. */
  readonly zone: Zone | undefined;
  readonly records: readonly KeyRecord[];
  readonly gaps: readonly ReportGap[];
}

/** What is missing from a report, so that nobody takes it for complete. */
export type ReportGap =
  | Gap
  /** The whole account, whose credentials could not be had. */
  | {
      readonly place: { readonly kind: "account" };
      readonly error: { readonly kind: "credentials" };
    }
  /** No API key was chosen that NSML could be asked with. */
  | {
      readonly place: { readonly kind: "authKeys" };
      readonly error: { readonly kind: "needsApiKey" };
    };

export interface InventoryReport {
  /** Milliseconds since the epoch. */
  readonly generatedAt: number;
  readonly accounts: readonly AccountReport[];
}

export type ReportFormat = "csv" | "json" | "markdown";

/** Why a part is missing, in a word for programs. */
export function reasonOf({
  place,
  error,
}: ReportGap): NcloudErrorKind | "credentials" | "needsApiKey" | "unreadable" {
  return place.kind === "localKeys" ? "unreadable" : error.kind;
}

/** The sub account whose access keys are missing. */
export function subAccountIdOf({ place }: ReportGap): string | undefined {
  return place.kind === "accessKeys" ? place.owner.subAccountId : undefined;
}

/** A zone in a word; a custom origin is its address. */
export function zoneWord(zone: Zone | undefined): string | undefined {
  return zone?.kind === "custom" ? zone.origin : zone?.kind;
}

/** ISO 8601 in UTC. */
export function isoTime(time: number | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString();
}

export type RecordOf<Kind extends KeyRecord["kind"]> = Extract<KeyRecord, { kind: Kind }>;

/** The access keys of an account by whose they are. */
export function accessKeysByOwner(
  account: AccountReport,
): ReadonlyMap<string, readonly RecordOf<"accessKey">[]> {
  const keys = new Map<string, RecordOf<"accessKey">[]>();
  for (const record of recordsOfKind(account, "accessKey")) {
    const { subAccountId } = record.owner;
    const others = keys.get(subAccountId);
    if (others) others.push(record);
    else keys.set(subAccountId, [record]);
  }
  return keys;
}

export function recordsOfKind<Kind extends KeyRecord["kind"]>(
  { records }: AccountReport,
  kind: Kind,
): readonly RecordOf<Kind>[] {
  return records.filter((record) => isOfKind(record, kind));
}

function isOfKind<Kind extends KeyRecord["kind"]>(
  record: KeyRecord,
  kind: Kind,
): record is RecordOf<Kind> {
  return record.kind === kind;
}
