import { NcloudError } from "./ncloudError.ts";
import type { WireRequest, WireResponse } from "./transport.ts";

/** What a request carries that must not be seen: either would let somebody else in. */
const secretHeaders = ["x-ncp-apigw-signature-v2", "x-ncp-apigw-api-key"];

type Sent = Pick<WireRequest, "headers">;

/** An answer whose headers can be quoted: a server may repeat in them what it was sent. */
export function withoutEchoInHeaders(response: WireResponse, sent: Sent): WireResponse {
  return {
    status: response.status,
    text: response.text,
    header: (name) => withoutEcho(response.header(name), sent),
  };
}

/** A failure whose facts can be quoted: a server may repeat in its complaint what it was sent. */
export function withoutEchoInFacts(error: NcloudError, sent: Sent): NcloudError {
  const code = withoutEcho(error.facts.code, sent);
  const serverMessage = withoutEcho(error.facts.serverMessage, sent);
  return new NcloudError(error.kind, {
    ...error.facts,
    ...(code !== undefined && { code }),
    ...(serverMessage !== undefined && { serverMessage }),
  });
}

function withoutEcho<T extends string | undefined>(text: T, { headers }: Sent): string | T {
  if (!text) return text;
  const secrets = secretHeaders.map((name) => headers[name]).filter((secret) => secret);
  return secrets.reduce<string>((rest, secret) => rest.replaceAll(secret!, "[secret]"), text);
}
