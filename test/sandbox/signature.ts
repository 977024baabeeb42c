import { createHmac, timingSafeEqual } from "node:crypto";

/** What version 2 of the signature covers, each as it stood on the wire. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query exactly as received: decoding or normalising them changes what was signed. */
  readonly target: string;
  readonly timestamp: string;
  readonly accessKey: string;
}

/** The standard Base64 signature that the owner of the secret key makes for a request. */
export function signatureOf(request: SignedRequest, secretKey: string): string {
  const { method, target, timestamp, accessKey } = request;
  return createHmac("sha256", Buffer.from(secretKey, "utf8"))
    .update(`${method} ${target}\n${timestamp}\n${accessKey}`)
    .digest("base64");
}

export function signatureIsValid(
  signature: string,
  request: SignedRequest,
  secretKey: string,
): boolean {
  const given = Buffer.from(signature, "utf8");
  const expected = Buffer.from(signatureOf(request, secretKey), "utf8");
  return given.length === expected.length && timingSafeEqual(given, expected);
}
