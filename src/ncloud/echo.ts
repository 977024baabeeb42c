import { NcloudError } from "./ncloudError.ts";
import type { WireRequest, WireResponse } from "./transport.ts";

/** What a request carries that must not be seen: either would let somebody else in. */
const secretHeaders = ["x-ncp-apigw-signature-v2", "x-ncp-apigw-api-key"];

type Sent = Pick<WireRequest, "headers">;

/** An answer whose headers can be quoted: a server may repeat in them what it was sent. */
export function withoutEchoInHeaders(response: WireResponse, sent: Sent): WireResponse {
  return {
    ...response,
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

/** A complaint is cut to a length, and may end within what it repeats. */
const shortestPiece = 6;

function withoutEcho<T extends string | undefined>(text: T, { headers }: Sent): string | T {
  if (!text) return text;
  const secrets = secretHeaders.flatMap((name) => headers[name] ?? []);
  return secrets.reduce<string>((rest, secret) => {
    const cut = rest.replaceAll(secret, "[secret]");
    for (let length = secret.length - 1; length >= shortestPiece; length--) {
      if (cut.endsWith(secret.slice(0, length))) return `${cut.slice(0, -length)}[secret]`;
    }
    return cut;
  }, text);
}
