import type { NcloudClient } from "../ncloud/ncloudClient.ts";
import { deleteAuthKey, listAuthKeys, type AuthKey } from "../ncloud/nsml.ts";
import { changeAndLook, type ChangeOutcome } from "./change.ts";

/**
 * Removes an auth key. `now` is what NSML lists after it.
 *
 * @throws NcloudError when it is certain that the key is still there
 */
export function removeAuthKey(
  client: NcloudClient,
  authKey: Pick<AuthKey, "title" | "name">,
  signal: AbortSignal,
): Promise<ChangeOutcome<readonly AuthKey[]>> {
  return changeAndLook(
    {
      send: (sending) => deleteAuthKey(client, authKey, sending),
      look: (looking) => listAuthKeys(client, looking),
      isDone: (now) =>
        !now.some(({ title, name }) => title === authKey.title && name === authKey.name),
    },
    signal,
  );
}
