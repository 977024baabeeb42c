import type { IncomingHttpHeaders } from "node:http";
import { authenticationFailed, permissionDenied, subscriptionRequired } from "./errors.ts";
import { signatureIsValid } from "./signature.ts";
import type { AccessKey, AccountState, Service } from "./state.ts";
import { MINUTE } from "./time.ts";
import { usableAccessKey } from "./workingKeys.ts";

const TIMESTAMP_TOLERANCE = 5 * MINUTE;

/** The head of a request as it arrived, with the time of the server's clock. */
export interface RequestHead {
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly now: number;
}

/**
 * Finds out who signed a request and whether they may use the service.
 *
 * @throws ApiFailure 401/200 or 401/210
 */
export function authenticate(state: AccountState, service: Service, head: RequestHead): AccessKey {
  const accessKey = verifySignature(state, head);
  if (accessKey.deny.includes(service))
    throw permissionDenied("The access key may not use this service.");
  if (service === "nsml") verifySubscription(state, head.headers);
  return accessKey;
}

function verifySignature(state: AccountState, head: RequestHead): AccessKey {
  const { method, target, headers, now } = head;
  const timestamp = requireHeader(headers, "x-ncp-apigw-timestamp");
  const accessKeyId = requireHeader(headers, "x-ncp-iam-access-key");
  const signature = requireHeader(headers, "x-ncp-apigw-signature-v2");

  if (!/^\d{1,15}$/.test(timestamp))
    throw authenticationFailed("The timestamp is not a number of milliseconds.");
  if (Math.abs(now - Number(timestamp)) > TIMESTAMP_TOLERANCE)
    throw authenticationFailed("The timestamp is more than five minutes off.");

  const accessKey = usableAccessKey(state, accessKeyId);
  if (accessKey === undefined) throw authenticationFailed("Invalid access key.");

  const signed = { method, target, timestamp, accessKey: accessKeyId };
  if (!signatureIsValid(signature, signed, accessKey.secretKey))
    throw authenticationFailed("Invalid signature.");
  return accessKey;
}

/** A product asks for the value of an API key besides the signature, and for its subscription. */
function verifySubscription(state: AccountState, headers: IncomingHttpHeaders): void {
  const value = requireHeader(headers, "x-ncp-apigw-api-key");
  const { apiGatewayOpened, nsmlSubscribed } = state.switches;
  const apiKey = apiGatewayOpened ? state.apiKeys.withValue(value) : undefined;
  if (apiKey?.isEnabled !== true) throw authenticationFailed("Invalid API key.");
  if (!nsmlSubscribed) throw subscriptionRequired();
}

function requireHeader(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  if (typeof value !== "string" || value === "")
    throw authenticationFailed(`The header ${name} is missing.`);
  return value;
}
