import type { NcloudClient } from "../ncloud/ncloudClient.ts";
import { mayHaveHappened, NcloudError } from "../ncloud/ncloudError.ts";
import { createAuthKey, listAuthKeys, type AuthKey } from "../ncloud/nsml.ts";

export interface KeyToUpload {
  readonly title: string;
  /** Type, base64 and comment, as OpenSSH writes them. */
  readonly line: string;
  /** MD5 of the key blob as lower-case pairs joined by colons. */
  readonly fingerprint: string;
}

/** How an upload ended; `authKeys` is what NSML listed last. */
export type UploadOutcome =
  | { readonly kind: "created"; readonly authKeys: readonly AuthKey[] }
  | { readonly kind: "alreadyThere"; readonly authKey: AuthKey }
  | { readonly kind: "titleTaken"; readonly authKeys: readonly AuthKey[] }
  /** NSML did not say whether it took the key, and could not be asked. */
  | { readonly kind: "unsettled"; readonly error: NcloudError };

/**
 * Registers a key, once. When the answer is lost, or the person cancels while NSML is at it, a
 * listing decides: a key that is there was created, one that is not can be tried again.
 *
 * @throws NcloudError when it is certain that nothing was created
 */
export async function uploadAuthKey(
  client: NcloudClient,
  key: KeyToUpload,
  signal: AbortSignal,
): Promise<UploadOutcome> {
  const before = await listAuthKeys(client, signal);
  const same = findKey(before, key);
  if (same) return { kind: "alreadyThere", authKey: same };
  if (before.some(({ title }) => title === key.title)) {
    return { kind: "titleTaken", authKeys: before };
  }
  try {
    await createAuthKey(client, { title: key.title, key: key.line }, signal);
  } catch (error) {
    if (!(error instanceof NcloudError) || !mayHaveHappened(error)) throw error;
    return settle(client, key, error);
  }
  // NSML documents no body for its answer, so only the listing shows that it was NSML's.
  return settle(client, key, new NcloudError("badAnswer", { service: "nsml" }));
}

async function settle(
  client: NcloudClient,
  key: KeyToUpload,
  error: NcloudError,
): Promise<UploadOutcome> {
  let after: readonly AuthKey[];
  try {
    after = await listAgain(client);
  } catch (listingError) {
    const isKnown = listingError instanceof NcloudError;
    return { kind: "unsettled", error: isKnown ? listingError : error };
  }
  if (!findKey(after, key)) throw error;
  return { kind: "created", authKeys: after };
}

/** Without the signal of the upload: having cancelled, a person still wants to know what is there. */
function listAgain(client: NcloudClient): Promise<readonly AuthKey[]> {
  return listAuthKeys(client, new AbortController().signal);
}

export function findKey(
  authKeys: readonly AuthKey[],
  { fingerprint }: Pick<KeyToUpload, "fingerprint">,
): AuthKey | undefined {
  return authKeys.find((authKey) => authKey.fingerprint === fingerprint);
}
