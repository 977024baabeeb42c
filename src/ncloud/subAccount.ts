import {
  DecodeError,
  decodeArray,
  decodeField,
  decodeRecord,
  optionalBoolean,
  optionalText,
  optionalTime,
  requireBoolean,
  requireCount,
  requireText,
} from "./decode.ts";
import type { NcloudClient } from "./ncloudClient.ts";
import { Secret } from "./secret.ts";

export interface SubAccount {
  readonly subAccountId: string;
  readonly loginId: string;
  readonly name: string | undefined;
  readonly active: boolean | undefined;
  /** Whether its access keys are accepted by the API at all. */
  readonly canUseApi: boolean | undefined;
}

export interface SubAccountPage {
  readonly subAccounts: readonly SubAccount[];
  readonly total: number;
  readonly hasNext: boolean;
}

/** The ID of an access key and its state; the secret key is known only to who created it. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly active: boolean;
  /** Milliseconds since the epoch. */
  readonly createdAt: number | undefined;
}

/** An access key as it is made. NCP says its secret key this once and never again. */
export interface NewAccessKey {
  readonly accessKeyId: string;
  readonly secretKey: Secret;
}

/**
 * A page of the account's sub accounts; an account has at most 500.
 *
 * @param page from 0
 * @see https://api.ncloud-docs.com/docs/en/management-subaccount-getsubaccounts
 */
export function listSubAccounts(
  client: NcloudClient,
  { page, size }: { readonly page: number; readonly size: number },
  signal: AbortSignal,
): Promise<SubAccountPage> {
  return client.read(
    {
      service: "subAccount",
      method: "GET",
      segments: ["sub-accounts"],
      query: { page, size },
      decode: decodePage,
    },
    signal,
  );
}

/**
 * The access keys of a sub account, in the order the server sends them.
 *
 * @see https://api.ncloud-docs.com/docs/en/management-subaccount-getaccesskey
 */
export function listAccessKeys(
  client: NcloudClient,
  subAccountId: string,
  signal: AbortSignal,
): Promise<readonly AccessKey[]> {
  return client.read(
    {
      service: "subAccount",
      method: "GET",
      segments: accessKeysOf(subAccountId),
      decode: (json) => decodeArray(json, decodeAccessKey),
    },
    signal,
  );
}

const accessKeysOf = (subAccountId: string) => ["sub-accounts", subAccountId, "access-keys"];

/**
 * Makes an access key for a sub account. The limit of active ones is reached: `limitReached`.
 *
 * @see "Create access key" in the Sub Account part of NCP's API reference
 */
export async function createAccessKey(
  client: NcloudClient,
  subAccountId: string,
  signal: AbortSignal,
): Promise<NewAccessKey> {
  return client.write(
    {
      service: "subAccount",
      method: "POST",
      segments: accessKeysOf(subAccountId),
      decode: (json) => {
        const record = decodeRecord(json);
        return {
          accessKeyId: requireText(record, "accessKey"),
          secretKey: new Secret(requireText(record, "keySecret")),
        };
      },
    },
    signal,
  );
}

/**
 * Switches an access key on or off. Above the limit of active ones: `limitReached`.
 *
 * @see "Set access key status" in the Sub Account part of NCP's API reference
 */
export function setAccessKeyActive(
  client: NcloudClient,
  subAccountId: string,
  { accessKeyId, active }: Pick<AccessKey, "accessKeyId" | "active">,
  signal: AbortSignal,
): Promise<true> {
  return client.write(
    {
      service: "subAccount",
      method: "PUT",
      segments: accessKeysOf(subAccountId),
      body: { accessKey: accessKeyId, active },
      decode: decodeSuccess,
    },
    signal,
  );
}

/** @see "Delete access key" in the Sub Account part of NCP's API reference */
export function deleteAccessKey(
  client: NcloudClient,
  subAccountId: string,
  accessKeyId: string,
  signal: AbortSignal,
): Promise<true> {
  return client.write(
    {
      service: "subAccount",
      method: "DELETE",
      segments: accessKeysOf(subAccountId),
      body: { accessKey: accessKeyId },
      decode: decodeSuccess,
    },
    signal,
  );
}

function decodeSuccess(json: unknown): true {
  if (decodeRecord(json)["success"] !== true) throw new DecodeError("success");
  return true;
}

function decodePage(json: unknown): SubAccountPage {
  const record = decodeRecord(json);
  return {
    subAccounts: decodeField(record, "items", (list) => decodeArray(list, decodeSubAccount)),
    total: requireCount(record, "totalItems"),
    hasNext: requireBoolean(record, "hasNext"),
  };
}

function decodeSubAccount(value: unknown): SubAccount {
  const record = decodeRecord(value);
  return {
    subAccountId: requireText(record, "subAccountId"),
    loginId: requireText(record, "loginId"),
    name: optionalText(record, "name"),
    active: optionalBoolean(record, "active"),
    canUseApi: optionalBoolean(record, "canAPIGatewayAccess"),
  };
}

function decodeAccessKey(value: unknown): AccessKey {
  const record = decodeRecord(value);
  return {
    accessKeyId: requireText(record, "accessKey"),
    active: requireBoolean(record, "active"),
    createdAt: optionalTime(record, "createTime"),
  };
}
