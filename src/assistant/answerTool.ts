import type { AccountSummary } from "../accounts/account.ts";
import { isRecord, type JsonRecord } from "../ncloud/decode.ts";
import { KeySearch } from "../inventory/keySearch.ts";
import type { KeyRecord } from "../inventory/keyRecord.ts";
import { reasonOf, subAccountIdOf, zoneWord } from "../report/inventoryReport.ts";
import { rowOfRecord } from "../report/reportTable.ts";
import { readAccount } from "../session/readAccount.ts";
import type { Session } from "../session/session.ts";
import type { ToolName } from "./toolNames.ts";

type Answer = (session: Session, input: JsonRecord, signal: AbortSignal) => Promise<object>;

const answers: Readonly<Record<ToolName, Answer>> = {
  ncloudKeys_listAccounts: (session) => listAccounts(session),
  ncloudKeys_listKeys: listKeys,
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
): Promise<string> {
  const answer = await answers[name](session, isRecord(input) ? input : {}, signal);
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

async function listKeys(session: Session, input: JsonRecord, signal: AbortSignal): Promise<object> {
  const account = await accountOf(session, input["account"]);
  if (!account) return { error: "There is no such account. List the accounts first." };
  const { label, records, gaps } = await readAccount(session, account, signal);
  const search = new KeySearch();
  search.add(records.filter(isWanted(input["kind"])));
  const offset = countOf(input["offset"]);
  const query = typeof input["query"] === "string" ? input["query"] : "";
  const hits = search.find(query, offset + mostKeys);
  const keys = hits.records.slice(offset).map(keyFacts);
  const next = offset + keys.length;
  return {
    account: label,
    total: hits.total,
    keys,
    ...(keys.length > 0 && next < hits.total && { nextOffset: next }),
    ...(gaps.length > 0 && {
      notRead: gaps.slice(0, mostGaps).map((gap) => ({
        part: gap.place.kind,
        subAccountId: subAccountIdOf(gap),
        reason: reasonOf(gap),
      })),
    }),
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

const day = 24 * 60 * 60 * 1000;

/** The facts of a table's row, and how old the key is where a time says so without doubt. */
function keyFacts(record: KeyRecord): object {
  const time =
    record.kind === "accessKey"
      ? record.accessKey.createdAt
      : record.kind === "apiKey"
        ? record.apiKey.modifiedAt
        : undefined;
  return {
    ...rowOfRecord(record),
    ...(time !== undefined && {
      [record.kind === "accessKey" ? "ageDays" : "daysSinceChange"]: Math.max(
        0,
        Math.floor((Date.now() - time) / day),
      ),
    }),
  };
}
