import {
  decodeArray,
  decodeField,
  decodeRecord,
  optionalText,
  optionalTime,
  requireBoolean,
  requireCount,
  requireText,
} from "./decode.ts";
import type { NcloudClient } from "./ncloudClient.ts";
import { Secret } from "./secret.ts";

/** An API key of API Gateway, without its two values. */
export interface ApiKey {
  readonly apiKeyId: string;
  readonly name: string;
  readonly description: string;
  readonly isEnabled: boolean;
  /** Last change, milliseconds since the epoch. */
  readonly modifiedAt: number | undefined;
}

/** An API key with both of its values, either of which identifies a subscriber. */
export interface ApiKeyDetail extends ApiKey {
  readonly primaryKey: Secret;
  readonly secondaryKey: Secret;
}

export interface ApiKeyPage {
  readonly apiKeys: readonly ApiKey[];
  /** How many API keys match in all, at the time of this page. */
  readonly total: number;
}

export interface ApiKeyPageRequest {
  /** How many API keys to pass over, from 0. */
  readonly offset: number;
  /** The most API keys to send; a server may send fewer. */
  readonly limit: number;
  /** Only API keys whose name contains this, at most 20 characters. */
  readonly name?: string;
}

/**
 * A page of the account's API keys. Values are not part of it, and are dropped where a server
 * sends them all the same.
 *
 * @see https://api.ncloud-docs.com/docs/en/apigateway-apikey-apikeys
 */
export function listApiKeys(
  client: NcloudClient,
  { offset, limit, name }: ApiKeyPageRequest,
  signal: AbortSignal,
): Promise<ApiKeyPage> {
  return client.read(
    {
      service: "apiGateway",
      method: "GET",
      segments: ["api-keys"],
      query: { offset, limit, apiKeyName: name },
      decode: decodePage,
    },
    signal,
  );
}

/**
 * One API key with its primary and secondary value.
 *
 * @see "API Key 상세 조회" in the API Gateway part of NCP's API reference
 */
export function getApiKey(
  client: NcloudClient,
  apiKeyId: string,
  signal: AbortSignal,
): Promise<ApiKeyDetail> {
  return client.read(
    {
      service: "apiGateway",
      method: "GET",
      segments: ["api-keys", apiKeyId],
      decode: decodeDetail,
    },
    signal,
  );
}

/** What a person chooses of an API key: a name of 1 to 20 characters, a description of up to 50. */
export interface ApiKeyWords {
  readonly name: string;
  readonly description: string;
}

export const longestApiKeyName = 20;
export const longestApiKeyDescription = 50;

/** Which of an API key's two values. */
export type ApiKeyValueName = "primary" | "secondary";

/**
 * Makes an API key with two new values. The answer is the key; an answer without one is none.
 *
 * @see "Create API key" in the API Gateway part of NCP's API reference
 */
export function createApiKey(
  client: NcloudClient,
  { name, description }: ApiKeyWords,
  signal: AbortSignal,
): Promise<ApiKeyDetail> {
  return client.write(
    {
      service: "apiGateway",
      method: "POST",
      segments: ["api-keys"],
      body: { apiKeyName: name, apiKeyDescription: description },
      decode: ofApiKey(decodeDetail),
    },
    signal,
  );
}

/**
 * Sets name, description and state of an API key, all three: what is left out would be blanked.
 *
 * @see "Update API key" in the API Gateway part of NCP's API reference
 */
export function updateApiKey(
  client: NcloudClient,
  { apiKeyId, name, description, isEnabled }: Omit<ApiKey, "modifiedAt">,
  signal: AbortSignal,
): Promise<ApiKey> {
  return client.write(
    {
      service: "apiGateway",
      method: "PUT",
      segments: ["api-keys", apiKeyId],
      body: { isEnabled, apiKeyName: name, apiKeyDescription: description },
      decode: ofApiKey(decodeApiKey),
    },
    signal,
  );
}

/**
 * Replaces one value of an API key. From then on the old one is refused.
 *
 * @returns the API key with the new value; `true` when the answer is without its values, which the
 * reference leaves open
 * @see "Regenerate API key" in the API Gateway part of NCP's API reference
 */
export function regenerateApiKey(
  client: NcloudClient,
  apiKeyId: string,
  which: ApiKeyValueName,
  signal: AbortSignal,
): Promise<ApiKeyDetail | true> {
  return client.write(
    {
      service: "apiGateway",
      method: "PATCH",
      segments: ["api-keys", apiKeyId],
      body: { keyType: which === "primary" ? "PRIMARY" : "SECONDARY" },
      decode: ofApiKey(decodeRenewed),
    },
    signal,
  );
}

/**
 * Removes an API key. The documented answer is a 204, and `true` stands for it.
 *
 * @see "Delete API key" in the API Gateway part of NCP's API reference
 */
export function deleteApiKey(
  client: NcloudClient,
  apiKeyId: string,
  signal: AbortSignal,
): Promise<true | undefined> {
  const segments = ["api-keys", apiKeyId];
  return client.write({ service: "apiGateway", method: "DELETE", segments }, signal);
}

function decodePage(json: unknown): ApiKeyPage {
  const record = decodeRecord(json);
  return {
    apiKeys: decodeField(record, "apiKeys", (list) => decodeArray(list, decodeApiKey)),
    total: requireCount(record, "total"),
  };
}

/** Decodes the answer to a change, which has the API key as a field. */
function ofApiKey<T>(decode: (value: unknown) => T): (json: unknown) => T {
  return (json) => decodeField(decodeRecord(json), "apiKey", decode);
}

function decodeRenewed(value: unknown): ApiKeyDetail | true {
  const record = decodeRecord(value);
  const hasValues = optionalText(record, "primaryKey") && optionalText(record, "secondaryKey");
  return hasValues ? decodeDetail(record) : true;
}

function decodeApiKey(value: unknown): ApiKey {
  const record = decodeRecord(value);
  return {
    apiKeyId: requireText(record, "apiKeyId"),
    name: requireText(record, "apiKeyName"),
    description: optionalText(record, "apiKeyDescription") ?? "",
    isEnabled: requireBoolean(record, "isEnabled"),
    modifiedAt: optionalTime(record, "modTime"),
  };
}

function decodeDetail(json: unknown): ApiKeyDetail {
  const record = decodeRecord(json);
  return {
    ...decodeApiKey(record),
    primaryKey: new Secret(requireText(record, "primaryKey")),
    secondaryKey: new Secret(requireText(record, "secondaryKey")),
  };
}
