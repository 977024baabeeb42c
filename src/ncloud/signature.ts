import { createHmac } from "node:crypto";
import type { Secret } from "./secret.ts";

export type HttpMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface SignedParts {
  readonly method: HttpMethod;
  /** Path and query as sent on the request line, percent-encoded. */
  readonly pathAndQuery: string;
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly accessKeyId: string;
}

/**
 * The text that signature version 2 covers: the request line without the HTTP version, the
 * timestamp and the access key ID. The host and the body are not covered.
 *
 * @see https://api.ncloud-docs.com/docs/en/common-ncpapi
 */
export function stringToSign(parts: SignedParts): string {
  return `${parts.method} ${parts.pathAndQuery}\n${parts.timestamp}\n${parts.accessKeyId}`;
}

/** HMAC-SHA256 over the string to sign, keyed with the secret key, in standard Base64. */
export function sign(text: string, secretKey: Secret): string {
  return createHmac("sha256", secretKey.reveal()).update(text).digest("base64");
}

/** The three headers every request carries. */
export function signatureHeaders(parts: SignedParts, secretKey: Secret): Record<string, string> {
  return {
    "x-ncp-apigw-timestamp": String(parts.timestamp),
    "x-ncp-iam-access-key": parts.accessKeyId,
    "x-ncp-apigw-signature-v2": sign(stringToSign(parts), secretKey),
  };
}
