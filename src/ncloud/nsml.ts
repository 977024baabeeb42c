import { decodeArray, decodeField, decodeRecord, optionalText, requireText } from "./decode.ts";
import type { NcloudClient } from "./ncloudClient.ts";

/** A registered SSH public key. */
export interface AuthKey {
  /** The authentication key ID, chosen at upload. */
  readonly title: string;
  /** NCP's own name for it: the fingerprint's digits without colons. */
  readonly name: string;
  /** MD5 of the key blob as lower-case pairs joined by colons. */
  readonly fingerprint: string;
  /** `YYYY-MM-DD HH:mm:ss` in an undocumented zone: to be shown as given. */
  readonly createTime: string | undefined;
}

/**
 * All auth keys of the account; the service knows no paging.
 *
 * @see https://api.ncloud-docs.com/docs/en/ai-application-service-clovansml-authkey-list
 */
export function listAuthKeys(
  client: NcloudClient,
  signal: AbortSignal,
): Promise<readonly AuthKey[]> {
  return client.read(
    {
      service: "nsml",
      method: "GET",
      segments: ["auth-keys"],
      decode: (json) =>
        decodeField(decodeRecord(json), "keyList", (list) => decodeArray(list, decodeAuthKey)),
    },
    signal,
  );
}

/**
 * Registers a public key. The answer's body is not documented and not read: the key is seen by
 * listing.
 *
 * @param key the public key line as OpenSSH writes it
 * @see https://api.ncloud-docs.com/docs/en/ai-application-service-clovansml-authkey-create
 */
export function createAuthKey(
  client: NcloudClient,
  { title, key }: { readonly title: string; readonly key: string },
  signal: AbortSignal,
): Promise<true | undefined> {
  return client.write(
    { service: "nsml", method: "POST", segments: ["auth-keys"], body: { title, key } },
    signal,
  );
}

/**
 * Removes a registered public key.
 *
 * @see "Delete authentication key" in the CLOVA NSML part of NCP's API reference
 */
export function deleteAuthKey(
  client: NcloudClient,
  { title, name }: Pick<AuthKey, "title" | "name">,
  signal: AbortSignal,
): Promise<true | undefined> {
  const segments = ["auth-keys", "title", title, "name", name];
  return client.write({ service: "nsml", method: "DELETE", segments }, signal);
}

function decodeAuthKey(value: unknown): AuthKey {
  const record = decodeRecord(value);
  return {
    title: requireText(record, "title"),
    name: requireText(record, "name"),
    fingerprint: requireText(record, "fingerprint"),
    createTime: optionalText(record, "createTime"),
  };
}
