import type { KeyRecord } from "../inventory/keyRecord.ts";
import { daysSince, sinceWhen } from "./keyAge.ts";

/** A record that is a key, and not a sub account. */
export type KeyOnly = Exclude<KeyRecord, { readonly kind: "subAccount" }>;

/** Something to know of a key. Whether it asks for anything is its severity. */
export type Finding = {
  /** `care`: somebody should do something. `note`: a fact, and no more. */
  readonly severity: "care" | "note";
} & (
  | {
      readonly kind: "old";
      /** Of an API key only its last change is known, not its creation. */
      readonly since: "created" | "changed";
      readonly days: number;
      readonly warningDays: number;
    }
  | { readonly kind: "weakRsa"; readonly bits: number }
  | { readonly kind: "ownerOff" | "ownerMayNotUseApi" }
  | { readonly kind: "disabled" | "inactive" }
  | { readonly kind: "noLocalMatch" }
);

export interface KeyHealth {
  readonly key: KeyOnly;
  /** Milliseconds since the epoch: see `sinceWhen`. */
  readonly since: number | undefined;
  /** Whole days since then. */
  readonly days: number | undefined;
  /** Whether NCP would take it now, as far as the key itself goes. */
  readonly isOn: boolean;
  /** The most pressing first. */
  readonly findings: readonly Finding[];
  readonly needsCare: boolean;
}

export interface HealthOptions {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** A key is old when it is older than this many days. 0: no key is. */
  readonly warningDays: number;
}

/** NIST SP 800-131A allows no RSA key below this size. */
const leastRsaBits = 2048;

/** What is to be said of each key. Sub accounts among the records are no keys and are left out. */
export function healthOf(
  records: readonly KeyRecord[],
  options: HealthOptions,
): readonly KeyHealth[] {
  return records.flatMap((record) =>
    record.kind === "subAccount" ? [] : [healthOfKey(record, options)],
  );
}

export function healthOfKey(key: KeyOnly, { now, warningDays }: HealthOptions): KeyHealth {
  const since = sinceWhen(key);
  const days = since === undefined ? undefined : daysSince(since, now);
  const isOn = isKeyOn(key);
  const findings = [
    ...ageFindings(key, days, isOn, warningDays),
    ...strengthFindings(key),
    ...ownerFindings(key, isOn),
    ...stateFindings(key),
  ].sort((a, b) => rank(a) - rank(b));
  return { key, since, days, isOn, findings, needsCare: findings.some(isCare) };
}

function isKeyOn(key: KeyOnly): boolean {
  switch (key.kind) {
    case "authKey":
      return true;
    case "apiKey":
      return key.apiKey.isEnabled;
    case "accessKey":
      return key.accessKey.active;
  }
}

/** A key that is off opens nothing however old it is, and needs no rotation. */
function ageFindings(
  { kind }: KeyOnly,
  days: number | undefined,
  isOn: boolean,
  warningDays: number,
): readonly Finding[] {
  if (warningDays === 0 || days === undefined || days <= warningDays) return [];
  const since = kind === "apiKey" ? "changed" : "created";
  return [{ severity: isOn ? "care" : "note", kind: "old", since, days, warningDays }];
}

function strengthFindings(key: KeyOnly): readonly Finding[] {
  if (key.kind !== "authKey" || key.localKey?.type !== "ssh-rsa") return [];
  const { bits } = key.localKey;
  return bits < leastRsaBits ? [{ severity: "care", kind: "weakRsa", bits }] : [];
}

/** An active key that is refused for its owner's sake comes back to life with the owner. */
function ownerFindings(key: KeyOnly, isOn: boolean): readonly Finding[] {
  const owner = key.kind === "accessKey" ? key.owner.subAccount : undefined;
  const severity = isOn ? "care" : "note";
  if (owner?.active === false) return [{ severity, kind: "ownerOff" }];
  return owner?.canUseApi === false ? [{ severity, kind: "ownerMayNotUseApi" }] : [];
}

function stateFindings(key: KeyOnly): readonly Finding[] {
  switch (key.kind) {
    case "authKey":
      return key.localKey === null ? [{ severity: "note", kind: "noLocalMatch" }] : [];
    case "apiKey":
      return key.apiKey.isEnabled ? [] : [{ severity: "note", kind: "disabled" }];
    case "accessKey":
      return key.accessKey.active ? [] : [{ severity: "note", kind: "inactive" }];
  }
}

function isCare({ severity }: Finding): boolean {
  return severity === "care";
}

function rank(finding: Finding): number {
  return isCare(finding) ? 0 : 1;
}
