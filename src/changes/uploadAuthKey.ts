import type { NcloudClient } from "../ncloud/ncloudClient.ts";
import type { NcloudError } from "../ncloud/ncloudError.ts";
import { createAuthKey, listAuthKeys, type AuthKey } from "../ncloud/nsml.ts";
import { normalizeMd5 } from "../ssh/fingerprint.ts";
import { changeAndLook } from "./change.ts";

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
  /** The same key is on its way to the same account; nothing was sent. */
  | { readonly kind: "underWay" }
  /** NSML took the request, and does not list the key. */
  | { readonly kind: "unlisted" }
  /** NSML did not say whether it took the key, and could not be asked. */
  | { readonly kind: "unsettled"; readonly error: NcloudError };

/** Whose auth keys NSML lists to this client. */
export interface Uploader {
  readonly accountId: string;
  readonly client: NcloudClient;
}

/** Account and key of each upload under way: two of the same would both find the key not there yet. */
const underWay = new Set<string>();

/** Whether this key is on its way to this account. */
export function isUploading(
  { accountId }: Uploader,
  { fingerprint }: Pick<KeyToUpload, "fingerprint">,
): boolean {
  return underWay.has(lockOf(accountId, fingerprint));
}

function lockOf(accountId: string, fingerprint: string): string {
  return `${accountId} ${fingerprint}`;
}

/**
 * Registers a key, once. When the answer is lost, or the person cancels while NSML is at it, a
 * listing decides: a key that is there was created, one that is not can be tried again.
 *
 * @throws NcloudError when it is certain that nothing was created
 */
export async function uploadAuthKey(
  uploader: Uploader,
  key: KeyToUpload,
  signal: AbortSignal,
): Promise<UploadOutcome> {
  if (isUploading(uploader, key)) return { kind: "underWay" };
  const lock = lockOf(uploader.accountId, key.fingerprint);
  underWay.add(lock);
  try {
    return await uploadUnlessThere(uploader.client, key, signal);
  } finally {
    underWay.delete(lock);
  }
}

async function uploadUnlessThere(
  client: NcloudClient,
  key: KeyToUpload,
  signal: AbortSignal,
): Promise<UploadOutcome> {
  const before = await listAuthKeys(client, signal);
  const same = findKey(before, { fingerprint: key.fingerprint });
  if (same) return { kind: "alreadyThere", authKey: same };
  if (before.some(({ title }) => title === key.title)) {
    return { kind: "titleTaken", authKeys: before };
  }
  // NSML documents no body for its answer, so only the listing shows that it was NSML's.
  const outcome = await changeAndLook(
    {
      send: (sending) => createAuthKey(client, { title: key.title, key: key.line }, sending),
      look: (looking) => listAuthKeys(client, looking),
      isDone: (now) => findKey(now, key) !== undefined,
    },
    signal,
  );
  if (outcome.kind === "done") return { kind: "created", authKeys: outcome.now };
  return outcome.kind === "notSeen"
    ? { kind: "unlisted" }
    : { kind: "unsettled", error: outcome.error };
}

/**
 * The auth key that is this public key. How NSML makes a fingerprint is known for certain for RSA
 * keys only, so a title that was free before the upload stands for the key as well.
 */
export function findKey(
  authKeys: readonly AuthKey[],
  { fingerprint, title }: { readonly fingerprint: string; readonly title?: string },
): AuthKey | undefined {
  return (
    authKeys.find((authKey) => normalizeMd5(authKey.fingerprint) === fingerprint) ??
    authKeys.find((authKey) => authKey.title === title)
  );
}
