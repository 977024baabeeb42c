import type { NcloudClient } from "../ncloud/ncloudClient.ts";
import { mayHaveHappened, NcloudError } from "../ncloud/ncloudError.ts";
import {
  createAccessKey,
  deleteAccessKey,
  listAccessKeys,
  setAccessKeyActive,
  type AccessKey,
  type NewAccessKey,
} from "../ncloud/subAccount.ts";
import { afterwards, changeAndLook, type ChangeOutcome } from "./change.ts";

/** How the making of an access key ended; `accessKeys` is what the sub account has after it. */
export type MadeAccessKey =
  | {
      readonly kind: "created";
      readonly newKey: NewAccessKey;
      /** Being read. Undefined when that fails, which does not spoil the new key. */
      readonly accessKeys: Promise<readonly AccessKey[] | undefined>;
    }
  /** A key was made, and its secret was lost with the answer: nobody can ever use it. */
  | {
      readonly kind: "secretLost";
      readonly accessKeyId: string;
      readonly accessKeys: readonly AccessKey[];
    }
  | { readonly kind: "unsettled"; readonly error: NcloudError };

/**
 * Makes an access key for a sub account.
 *
 * @throws NcloudError when it is certain that none was made
 */
export async function makeAccessKey(
  client: NcloudClient,
  subAccountId: string,
  signal: AbortSignal,
): Promise<MadeAccessKey> {
  const list = (listing: AbortSignal) => listAccessKeys(client, subAccountId, listing);
  const before = new Set((await list(signal)).map(({ accessKeyId }) => accessKeyId));
  let newKey: NewAccessKey;
  try {
    newKey = await createAccessKey(client, subAccountId, signal);
  } catch (error) {
    if (!(error instanceof NcloudError) || !mayHaveHappened(error)) throw error;
    return settle(list, before, error);
  }
  // The secret is in hand: it waits for nothing, and no failure from here on may lose it.
  return { kind: "created", newKey, accessKeys: list(afterwards()).catch(() => undefined) };
}

async function settle(
  list: (signal: AbortSignal) => Promise<readonly AccessKey[]>,
  before: ReadonlySet<string>,
  error: NcloudError,
): Promise<MadeAccessKey> {
  let accessKeys: readonly AccessKey[];
  try {
    accessKeys = await list(afterwards());
  } catch (listingError) {
    if (!(listingError instanceof NcloudError)) throw listingError;
    return { kind: "unsettled", error: listingError };
  }
  const ids = accessKeys.map(({ accessKeyId }) => accessKeyId).filter((id) => !before.has(id));
  const [accessKeyId, another] = ids;
  if (accessKeyId === undefined) throw error;
  // Somebody else made one at the same time: nobody can say which is of no use.
  if (another !== undefined) return { kind: "unsettled", error };
  return { kind: "secretLost", accessKeyId, accessKeys };
}

/** `now` is undefined where the access key that signs our requests has just been put out of use. */
export type AccessKeyOutcome = ChangeOutcome<readonly AccessKey[] | undefined>;

/**
 * Switches an access key on or off.
 *
 * @throws NcloudError when it is certain that it is as it was
 */
export function switchAccessKey(
  client: NcloudClient,
  subAccountId: string,
  wanted: Pick<AccessKey, "accessKeyId" | "active">,
  signal: AbortSignal,
): Promise<AccessKeyOutcome> {
  return changeAccessKey(
    client,
    { subAccountId, accessKeyId: wanted.accessKeyId, endsIt: !wanted.active },
    (sending) => setAccessKeyActive(client, subAccountId, wanted, sending),
    (found) => found?.active === wanted.active,
    signal,
  );
}

/** @throws NcloudError when it is certain that the access key is still there */
export function removeAccessKey(
  client: NcloudClient,
  subAccountId: string,
  accessKeyId: string,
  signal: AbortSignal,
): Promise<AccessKeyOutcome> {
  return changeAccessKey(
    client,
    { subAccountId, accessKeyId, endsIt: true },
    (sending) => deleteAccessKey(client, subAccountId, accessKeyId, sending),
    (found) => found === undefined,
    signal,
  );
}

interface ChangedKey {
  readonly subAccountId: string;
  readonly accessKeyId: string;
  /** Whether NCP takes no signature of this key after the change. */
  readonly endsIt: boolean;
}

async function changeAccessKey(
  client: NcloudClient,
  { subAccountId, accessKeyId, endsIt }: ChangedKey,
  send: (signal: AbortSignal) => Promise<true>,
  isDone: (found: AccessKey | undefined) => boolean,
  signal: AbortSignal,
): Promise<AccessKeyOutcome> {
  const outcome = await changeAndLook(
    {
      send,
      look: (looking) => listAccessKeys(client, subAccountId, looking),
      isDone: (now) => isDone(now.find((key) => key.accessKeyId === accessKeyId)),
    },
    signal,
  );
  // A key that was put out of use cannot look; that it is refused is what shows the change.
  const isShut = "error" in outcome && outcome.error.kind === "wrongCredentials";
  return isShut && client.signsWith(accessKeyId) && endsIt
    ? { kind: "done", now: undefined }
    : outcome;
}
