import type { AccountSummary } from "../accounts/account.ts";
import { isRecord, type JsonRecord } from "../ncloud/decode.ts";
import { KeySearch } from "../inventory/keySearch.ts";
import type { KeyRecord } from "../inventory/keyRecord.ts";
import { reasonOf, subAccountIdOf, zoneWord, type ReportGap } from "../report/inventoryReport.ts";
import { daysSince, sinceWhen } from "../report/keyAge.ts";
import { healthOf, type KeyHealth } from "../report/keyHealth.ts";
import { rowOfRecord } from "../report/reportTable.ts";
import { slicesOf } from "../report/slicesOf.ts";
import { readAccount } from "../session/readAccount.ts";
import type { Session } from "../session/session.ts";
import type { ToolName } from "./toolNames.ts";

/** What an answer depends on beside the accounts. */
export interface ToolOptions {
  /** A key is old when it is older than this many days. 0: no key is. */
  readonly warningDays: number;
}

type Answer = (
  session: Session,
  input: JsonRecord,
  signal: AbortSignal,
  options: ToolOptions,
) => Promise<object>;

const answers: Readonly<Record<ToolName, Answer>> = {
  ncloudKeys_listAccounts: (session) => listAccounts(session),
  ncloudKeys_listKeys: ofAccount(listKeys),
  ncloudKeys_keyHealth: ofAccount(listHealth),
};

/** Keys in one answer, and characters of one value: an assistant's memory is short and costs. */
const mostKeys = 100;
const longestValue = 200;
const mostGaps = 20;

/**
 * What a tool answers: JSON with IDs, names, times and states, and never a secret value.
 *
 * @param input what the assistant sent; nothing of it is trusted
 * @throws NcloudError `cancelled`; KeychainError when the accounts cannot be listed
 */
export async function answerTool(
  session: Session,
  name: ToolName,
  input: unknown,
  signal: AbortSignal,
  options: ToolOptions,
): Promise<string> {
  const answer = await answers[name](session, isRecord(input) ? input : {}, signal, options);
  return JSON.stringify(answer, (_, value: unknown) =>
    typeof value === "string" && value.length > longestValue
      ? `${value.slice(0, longestValue)}…`
      : value,
  );
}

async function listAccounts({ store }: Session): Promise<object> {
  const { accounts, active } = await store.list();
  const listed: object[] = [];
  for (const { id, label } of accounts) {
    const stored = await store.read(id).catch(() => undefined);
    const isPresent = stored?.status === "present";
    listed.push({
      label,
      active: id === active?.id,
      ...(isPresent ? { zone: zoneWord(stored.account.zone) } : { credentials: "missing" }),
    });
  }
  return { accounts: listed };
}

/** What is made of the keys of an account, in turns: there may be a hundred thousand. */
type KeysAnswer = (
  records: readonly KeyRecord[],
  input: JsonRecord,
  signal: AbortSignal,
  options: ToolOptions,
) => Promise<object>;

/** Answers for the account that is wanted, once it was read. */
function ofAccount(answer: KeysAnswer): Answer {
  return async (session, input, signal, options) => {
    const account = await accountOf(session, input["account"]);
    if (!account) return { error: "There is no such account. List the accounts first." };
    const { label, records, gaps } = await readAccount(session, account, signal);
    return {
      account: label,
      ...(await answer(records, input, signal, options)),
      ...notRead(gaps),
    };
  };
}

async function listKeys(
  records: readonly KeyRecord[],
  input: JsonRecord,
  signal: AbortSignal,
): Promise<object> {
  const search = new KeySearch();
  const isInAnswer = isWanted(input["kind"]);
  for await (const slice of slicesOf(records, signal)) search.add(slice.filter(isInAnswer));
  const offset = countOf(input["offset"]);
  const now = Date.now();
  const query = typeof input["query"] === "string" ? input["query"] : "";
  const hits = search.find(query, offset + mostKeys);
  const keys = hits.records.slice(offset).map((record) => keyFacts(record, now));
  return pageOf(keys, offset, hits.total);
}

/** The keys of which there is something to say, the most pressing first. */
async function listHealth(
  records: readonly KeyRecord[],
  input: JsonRecord,
  signal: AbortSignal,
  { warningDays }: ToolOptions,
): Promise<object> {
  const now = Date.now();
  const offset = countOf(input["offset"]);
  let keysRead = 0;
  const needCare: KeyHealth[] = [];
  const others: KeyHealth[] = [];
  const elsewhere: KeyHealth[] = [];
  for await (const slice of slicesOf(records, signal)) {
    for (const health of healthOf(slice, { now, warningDays })) {
      keysRead++;
      const { needsCare, findings } = health;
      if (needsCare) needCare.push(health);
      else if (findings.some(({ kind }) => kind !== "noLocalMatch")) others.push(health);
      // A key that is merely not on this computer is most likely on somebody else's.
      else if (findings.length > 0) elsewhere.push(health);
    }
  }
  const found = [...needCare, ...others, ...elsewhere];
  const keys = found.slice(offset, offset + mostKeys).map(({ key, needsCare, findings }) => ({
    ...keyFacts(key, now),
    needsCare,
    findings,
  }));
  return {
    warningDays,
    keysRead,
    needCare: needCare.length,
    ...pageOf(keys, offset, found.length),
  };
}

function pageOf(keys: readonly object[], offset: number, total: number): object {
  const next = offset + keys.length;
  return { total, keys, ...(keys.length > 0 && next < total && { nextOffset: next }) };
}

function notRead(gaps: readonly ReportGap[]): object {
  if (gaps.length === 0) return {};
  return {
    notRead: gaps.slice(0, mostGaps).map((gap) => ({
      part: gap.place.kind,
      subAccountId: subAccountIdOf(gap),
      reason: reasonOf(gap),
    })),
  };
}

/** The one with this label; without one the account in view. */
async function accountOf({ store }: Session, wanted: unknown): Promise<AccountSummary | undefined> {
  const { accounts, active } = await store.list();
  if (wanted === undefined || wanted === "") return active;
  return accounts.find(({ label }) => label === wanted);
}

function isWanted(kind: unknown): (record: KeyRecord) => boolean {
  return (record) => kind === undefined || kind === "" || record.kind === kind;
}

function countOf(value: unknown): number {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : 0;
}

/** What a person agrees to hand over of every key: IDs, times and states. */
const agreed = [
  "kind",
  "id",
  "state",
  "created",
  "changed",
  "sub_account_id",
  "api_access",
] as const;

/** A key in the facts that were agreed to, and how old it is. */
function keyFacts(record: KeyRecord, now: number): object {
  const row = rowOfRecord(record);
  const since = record.kind === "subAccount" ? undefined : sinceWhen(record);
  const days = record.kind === "apiKey" ? "daysSinceChange" : "ageDays";
  return {
    ...Object.fromEntries(agreed.map((column) => [column, row[column]])),
    // What NSML calls an auth key by is its fingerprint, and the ID is the name that a person gave it.
    ...(record.kind !== "authKey" && { name: row.name }),
    ...(since !== undefined && { [days]: daysSince(since, now) }),
  };
}
