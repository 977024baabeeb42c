import { collectKeys } from "../inventory/collectKeys.ts";
import type { KeyRecord } from "../inventory/keyRecord.ts";
import { bringIntoRows, rowIdOfRecord } from "../inventory/rowOfRecord.ts";
import { requireSignedIn } from "./requireSignedIn.ts";
import type { Services } from "./services.ts";

/** Looks through every key of the account, and shows the row of the one that is chosen. */
export async function findKey(
  services: Pick<
    Services,
    "session" | "view" | "messages" | "signInPrompts" | "findPrompts" | "copy"
  >,
): Promise<void> {
  const { view, findPrompts, copy } = services;
  const signedIn = await requireSignedIn(services);
  if (!signedIn) return;
  const { inventory } = signedIn;
  const record = await findPrompts.chooseKey(
    (sink, signal) => {
      if (inventory.nsml === "needsApiKey") {
        sink.miss({ place: { kind: "authKeys" }, error: { kind: "needsApiKey" } });
      }
      return collectKeys(inventory, sink, signal);
    },
    (found) => copy(idOfRecord(found), "id", 1),
  );
  if (!record) return;
  const bringing = bringIntoRows(inventory, record);
  await view.whileBusy(async () => {
    await bringing;
  });
  if (await bringing) await view.reveal(rowIdOfRecord(inventory.accountId, record));
  else findPrompts.notInView();
}

/** What a key is called by in requests. */
function idOfRecord(record: KeyRecord): string {
  switch (record.kind) {
    case "authKey":
      return record.authKey.title;
    case "apiKey":
      return record.apiKey.apiKeyId;
    case "subAccount":
      return record.subAccountId;
    case "accessKey":
      return record.accessKey.accessKeyId;
  }
}
