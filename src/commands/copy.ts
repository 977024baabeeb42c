import { isRecord } from "../ncloud/decode.ts";
import { AccessKeyLookup } from "../inventory/accessKeyLookup.ts";
import type { Inventory } from "../inventory/inventory.ts";
import type { Row } from "../inventory/row.ts";
import { childRows } from "../inventory/rows.ts";
import type { Copied } from "../ui/clipboard.ts";
import { requireSignedIn } from "./requireSignedIn.ts";
import type { Services } from "./services.ts";

type CopyServices = Pick<
  Services,
  "session" | "view" | "messages" | "signInPrompts" | "keyPrompts" | "copy"
>;

/** Copies something of the rows a command is about, one per line. */
export async function copyRows(
  services: CopyServices,
  what: Copied,
  args: readonly unknown[],
): Promise<void> {
  const rows = await rowsToCopy(services, what, args);
  if (rows === "cancelled") return;
  if (!rows) {
    services.messages.notARow();
    return;
  }
  const texts = rows.map((row) => textOf[what](row)).filter((text) => text !== undefined);
  if (texts.length === 0) {
    services.messages.nothingToCopy();
    return;
  }
  const isOfValues = what === "id" && rows.every(({ kind }) => kind === "apiKeyValue");
  await services.copy(
    what === "json" ? jsonText(texts) : texts.join("\n"),
    isOfValues ? "idOfValue" : what,
    texts.length,
  );
}

async function rowsToCopy(
  services: CopyServices,
  what: Copied,
  args: readonly unknown[],
): Promise<readonly Row[] | undefined | "cancelled"> {
  const [first] = args;
  // The manifest's key binding says so; a binding has no row to give.
  if (isRecord(first) && first["rows"] === "focused") return services.view.focusedRows();
  if (first !== undefined) return services.view.rowsOf(args);
  const signedIn = await requireSignedIn(services);
  if (!signedIn) return "cancelled";
  return (await chooseAmongAll(services, what, signedIn.inventory)) ?? "cancelled";
}

/** Lets some of all keys be chosen, those of the sub accounts that are closed in the tree among them. */
async function chooseAmongAll(
  { keyPrompts }: CopyServices,
  what: Copied,
  inventory: Inventory,
): Promise<readonly Row[] | undefined> {
  const accessKeys = new AccessKeyLookup(inventory);
  const read = async (show: (rows: readonly Row[]) => void) => {
    await Promise.all([
      inventory.nsml === "ready" ? inventory.authKeys.load() : undefined,
      inventory.apiKeys.load(),
      inventory.subAccounts.load(),
    ]);
    const rows = childRows(inventory, undefined).flatMap((group) => childRows(inventory, group));
    const showKnown = () =>
      show(
        (hasAccessKeys[what] ? withAccessKeys(rows, accessKeys) : rows).filter(
          (row) => textOf[what](row) !== undefined || isExplanation(row),
        ),
      );
    if (hasAccessKeys[what]) {
      const reading = accessKeys.load(rows.filter((row) => row.kind === "subAccount"));
      showKnown();
      await reading;
    }
    showKnown();
  };
  const loadMore = async () => {
    await Promise.all([inventory.apiKeys.loadMore(), inventory.subAccounts.loadMore()]);
  };
  try {
    return await keyPrompts.chooseRows(what, { read, loadMore });
  } finally {
    accessKeys.dispose();
  }
}

/** Whether an access key has what is to be copied. */
const hasAccessKeys: Readonly<Record<Copied, boolean>> = {
  id: true,
  json: true,
  name: false,
  fingerprint: false,
};

/**
 * Puts the access keys below their sub accounts. What says why there are none stands above, since a
 * pick shows it as the heading of what follows; that they are being read is said once for all.
 */
function withAccessKeys(rows: readonly Row[], accessKeys: AccessKeyLookup): readonly Row[] {
  let isLoadingSaid = false;
  return rows.flatMap((row) => {
    if (row.kind !== "subAccount") return [row];
    const below = accessKeys.rowsBelow(row);
    const isLoading = below.some(({ kind }) => kind === "loading");
    if (isLoading && isLoadingSaid) return [row];
    isLoadingSaid ||= isLoading;
    const isKey = ({ kind }: Row) => kind === "accessKey";
    return [...below.filter((one) => !isKey(one)), row, ...below.filter(isKey)];
  });
}

function isExplanation({ kind }: Row): boolean {
  return kind === "failure" || kind === "loadMore" || kind === "loading";
}

const textOf: Readonly<Record<Copied, (row: Row) => string | undefined>> = {
  id: idOf,
  name: nameOf,
  fingerprint: (row) => (row.kind === "authKey" ? row.authKey.fingerprint : undefined),
  json: (row) => {
    const record = recordOf(row);
    return record && JSON.stringify(record);
  },
};

/** What a key is called by in requests: an auth key's title, an API key's ID, an access key's ID. */
export function idOf(row: Row): string | undefined {
  switch (row.kind) {
    case "authKey":
      return row.authKey.title;
    case "apiKey":
    case "apiKeyValue":
      return row.apiKey.apiKeyId;
    case "subAccount":
      return row.subAccountId;
    case "accessKey":
      return row.accessKey.accessKeyId;
    default:
      return undefined;
  }
}

function nameOf(row: Row): string | undefined {
  switch (row.kind) {
    case "authKey":
      return row.authKey.name;
    case "apiKey":
    case "apiKeyValue":
      return row.apiKey.name;
    case "subAccount":
      return row.subAccount?.name ?? row.subAccount?.loginId;
    default:
      return undefined;
  }
}

/** What is known of a key, in the API's own field names. Secret values are not known here. */
function recordOf(row: Row): object | undefined {
  switch (row.kind) {
    case "authKey":
      return row.authKey;
    case "apiKey":
    case "apiKeyValue": {
      const { apiKeyId, name, description, isEnabled, modifiedAt } = row.apiKey;
      return {
        apiKeyId,
        apiKeyName: name,
        apiKeyDescription: description,
        isEnabled,
        modTime: isoTime(modifiedAt),
      };
    }
    case "subAccount":
      return {
        subAccountId: row.subAccountId,
        loginId: row.subAccount?.loginId,
        name: row.subAccount?.name,
        active: row.subAccount?.active,
        canAPIGatewayAccess: row.subAccount?.canUseApi,
      };
    case "accessKey": {
      const { accessKeyId, active, createdAt } = row.accessKey;
      return {
        subAccountId: row.subAccountId,
        accessKey: accessKeyId,
        active,
        createTime: isoTime(createdAt),
      };
    }
    default:
      return undefined;
  }
}

function isoTime(time: number | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString();
}

/** One key as an object, several as an array. */
function jsonText(texts: readonly string[]): string {
  const records = texts.map((text) => JSON.parse(text) as unknown);
  return JSON.stringify(records.length === 1 ? records[0] : records, undefined, 2);
}
