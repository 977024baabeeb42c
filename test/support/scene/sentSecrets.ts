import type { Fault } from "../../sandbox/faults.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";

/** Which headers of a request nobody but NCP may read. */
const secretHeaders = ["x-ncp-apigw-signature-v2", "x-ncp-apigw-api-key"] as const;

/** Everything of a sandbox that would let somebody else in, as it is now, by what it is. */
export function secretsOf(sandbox: Sandbox): readonly (readonly [string, string])[] {
  const { apiKeys, subAccounts } = sandbox.state;
  const values = apiKeys.all().flatMap(({ apiKeyId }) => {
    const { primaryKey, secondaryKey } = apiKeys.valuesOf(apiKeyId);
    return [
      [`the primary key of ${apiKeyId}`, primaryKey],
      [`the secondary key of ${apiKeyId}`, secondaryKey],
    ] as const;
  });
  const secretKeys = subAccounts.flatMap(({ accessKeys }) =>
    accessKeys.map(
      ({ accessKey, secretKey }) => [`the secret key of ${accessKey}`, secretKey] as const,
    ),
  );
  const sent = sandbox.requests.flatMap(({ method, path, headers }) =>
    secretHeaders.flatMap((name) => {
      const value = headers[name];
      return typeof value === "string" ? [[`${name} of ${method} ${path}`, value] as const] : [];
    }),
  );
  return [["the secret key", sandbox.secretKey], ...values, ...secretKeys, ...sent];
}

/** An answer that repeats, in its body and in its headers, all that the request carried. */
export function echo(sandbox: Sandbox, status: number, method?: string): Fault {
  // The fault strikes right after the request was written down.
  const sent = () => sandbox.requests.at(-1)!.headers;
  return {
    kind: "status",
    status,
    ...(method !== undefined && { method }),
    get body() {
      const [signature = "", apiKey = ""] = secretHeaders.map((name) => String(sent()[name] ?? ""));
      return {
        error: {
          errorCode: status === 401 ? "200" : apiKey === "" ? signature : apiKey,
          message: `Refused: ${signature}, ${apiKey}`,
          details: JSON.stringify(sent()),
        },
      };
    },
    get headers() {
      const [signature = "", apiKey = ""] = secretHeaders.map((name) => String(sent()[name] ?? ""));
      return {
        "x-ncp-trace-id": apiKey === "" ? signature : apiKey,
        "x-ncp-request-id": signature,
      };
    },
  };
}
