import {
  createApiKey,
  deleteApiKey,
  getApiKey,
  listApiKeys,
  regenerateApiKey,
  updateApiKey,
  type ApiKey,
  type ApiKeyDetail,
  type ApiKeyValueName,
  type ApiKeyWords,
} from "../ncloud/apiGateway.ts";
import type { NcloudClient } from "../ncloud/ncloudClient.ts";
import { mayHaveHappened, NcloudError } from "../ncloud/ncloudError.ts";
import type { Secret } from "../ncloud/secret.ts";
import { afterwards, changeAndLook, type ChangeOutcome } from "./change.ts";

/** Names may repeat, and NCP's filter finds parts of names: how many are read at a time. */
const pageSize = 1000;

/**
 * Makes an API key. Names may repeat, so when the answer is lost the IDs of before tell which one
 * is new.
 *
 * @throws NcloudError when it is certain that none was made
 */
export async function makeApiKey(
  client: NcloudClient,
  words: ApiKeyWords,
  signal: AbortSignal,
): Promise<ChangeOutcome<ApiKeyDetail>> {
  const before = new Set(await idsOfName(client, words.name, signal));
  try {
    return { kind: "done", now: await createApiKey(client, words, signal) };
  } catch (error) {
    if (!(error instanceof NcloudError) || !mayHaveHappened(error)) throw error;
    try {
      const made = await idsOfName(client, words.name, afterwards());
      const [first, second] = made.filter((id) => !before.has(id));
      if (first === undefined) throw error;
      // Somebody else made one of that name at the same time: nobody can say which is ours.
      if (second !== undefined) return { kind: "unsettled", error };
      return { kind: "done", now: await getApiKey(client, first, afterwards()) };
    } catch (later) {
      if (later === error || !(later instanceof NcloudError)) throw later;
      return { kind: "unsettled", error: later };
    }
  }
}

async function idsOfName(
  client: NcloudClient,
  name: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let offset = 0; ;) {
    const { apiKeys, total } = await listApiKeys(client, { offset, limit: pageSize, name }, signal);
    for (const key of apiKeys) if (key.name === name) ids.push(key.apiKeyId);
    offset += apiKeys.length;
    if (apiKeys.length === 0 || offset >= total) return ids;
  }
}

/**
 * Changes name, description or state of an API key. The other fields are sent as they are at NCP
 * now, because it replaces all three.
 *
 * @throws NcloudError when it is certain that nothing was changed
 */
export async function changeApiKey(
  client: NcloudClient,
  apiKeyId: string,
  changes: Partial<ApiKeyWords & Pick<ApiKey, "isEnabled">>,
  signal: AbortSignal,
): Promise<ChangeOutcome<ApiKey>> {
  const read = async (reading: AbortSignal) =>
    withoutValues(await getApiKey(client, apiKeyId, reading));
  const wanted = { ...(await read(signal)), ...changes };
  return changeAndLook(
    {
      send: (sending) => updateApiKey(client, wanted, sending),
      look: read,
      isDone: (now) =>
        now.name === wanted.name &&
        now.description === wanted.description &&
        now.isEnabled === wanted.isEnabled,
    },
    signal,
  );
}

/**
 * Replaces one value of an API key by a new one.
 *
 * @throws NcloudError when it is certain that the value is what it was
 */
export async function renewApiKeyValue(
  client: NcloudClient,
  apiKeyId: string,
  which: ApiKeyValueName,
  signal: AbortSignal,
): Promise<ChangeOutcome<ApiKeyDetail>> {
  const before = valueOf(await getApiKey(client, apiKeyId, signal), which);
  return changeAndLook(
    {
      send: (sending) => regenerateApiKey(client, apiKeyId, which, sending),
      look: (looking) => getApiKey(client, apiKeyId, looking),
      isDone: (now) => !valueOf(now, which).equals(before),
    },
    signal,
  );
}

/** @throws NcloudError when it is certain that the API key is still there */
export function removeApiKey(
  client: NcloudClient,
  apiKeyId: string,
  signal: AbortSignal,
): Promise<ChangeOutcome<ApiKey | undefined>> {
  return changeAndLook(
    {
      send: (sending) => deleteApiKey(client, apiKeyId, sending),
      look: (looking) => findApiKey(client, apiKeyId, looking),
      isDone: (now) => now === undefined,
    },
    signal,
  );
}

async function findApiKey(
  client: NcloudClient,
  apiKeyId: string,
  signal: AbortSignal,
): Promise<ApiKey | undefined> {
  try {
    return withoutValues(await getApiKey(client, apiKeyId, signal));
  } catch (error) {
    if (error instanceof NcloudError && error.kind === "notFound") return undefined;
    throw error;
  }
}

export function valueOf(detail: ApiKeyDetail, which: ApiKeyValueName): Secret {
  return which === "primary" ? detail.primaryKey : detail.secondaryKey;
}

/** What may be kept of an API key. */
export function withoutValues(detail: ApiKeyDetail): ApiKey {
  const { apiKeyId, name, description, isEnabled, modifiedAt } = detail;
  return { apiKeyId, name, description, isEnabled, modifiedAt };
}
