import { createHmac } from "node:crypto";
import {
  type Agent,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  request as httpRequest,
} from "node:http";
import { request as httpsRequest } from "node:https";
import type { Sandbox } from "../../sandbox/sandbox.ts";

export interface Signer {
  readonly accessKeyId: string;
  readonly secretKey: string;
}

export interface SendOptions {
  /** Absent: the sandbox's main access key. */
  readonly signer?: Signer;
  readonly timestamp?: number | string;
  /** Sent as JSON, with its content type. */
  readonly json?: unknown;
  /** Added to the signed headers; undefined takes one away. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Sent as it is. */
  readonly body?: string;
  /** The target to sign when it is not the one that is sent. */
  readonly signedPath?: string;
  readonly signal?: AbortSignal;
  readonly agent?: Agent | false;
  /** A certificate to trust. */
  readonly ca?: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** The headers of a signature of version 2, as NCP's documentation describes it. */
export function signedHeaders(
  { accessKeyId, secretKey }: Signer,
  method: string,
  path: string,
  timestamp: number | string,
): Record<string, string> {
  const stringToSign = [`${method} ${path}`, timestamp, accessKeyId].join("\n");
  return {
    "x-ncp-apigw-timestamp": String(timestamp),
    "x-ncp-iam-access-key": accessKeyId,
    "x-ncp-apigw-signature-v2": createHmac("sha256", secretKey)
      .update(stringToSign)
      .digest("base64"),
  };
}

/** Sends one signed request, path untouched, on a connection of its own. */
export function send(
  sandbox: Sandbox,
  method: string,
  path: string,
  options: SendOptions = {},
): Promise<Reply> {
  const { json, signal, ca } = options;
  const body = json === undefined ? options.body : JSON.stringify(json);
  const { protocol, hostname, port } = new URL(sandbox.origin);
  return new Promise((resolve, reject) => {
    const outgoing = (protocol === "https:" ? httpsRequest : httpRequest)(
      {
        hostname,
        port,
        method,
        path,
        headers: {
          ...headersOf(sandbox, method, path, options),
          // Node frames the body of a DELETE only when it is told how long it is.
          ...(body === undefined ? {} : { "content-length": Buffer.byteLength(body) }),
        },
        agent: options.agent ?? false,
        ...(signal === undefined ? {} : { signal }),
        ...(ca === undefined ? {} : { ca }),
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.once("error", reject);
        incoming.once("end", () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text });
        });
      },
    );
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}

/** The error code of a request that ought not to be answered in full. */
export async function failureOf(...request: Parameters<typeof send>): Promise<string | undefined> {
  try {
    return `answered with ${(await send(...request)).status}`;
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : undefined;
  }
}

function headersOf(
  sandbox: Sandbox,
  method: string,
  path: string,
  options: SendOptions,
): OutgoingHttpHeaders {
  const { signer = sandbox, timestamp = Date.now(), signedPath = path, json } = options;
  const headers: Record<string, string | undefined> = {
    ...signedHeaders(signer, method, signedPath, timestamp),
    ...(path.startsWith("/nsml/") ? { "x-ncp-apigw-api-key": sandbox.apiKeyValue } : {}),
    ...(json === undefined ? {} : { "content-type": "application/json" }),
    ...options.headers,
  };
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
}

/** The body of a reply with its status, for one comparison of both. */
export function parsed({ status, text }: Reply): { status: number; json: unknown } {
  return { status, json: text === "" ? undefined : (JSON.parse(text) as unknown) };
}

/** Status and error code, from whichever of the documented shapes. */
export function refusal({ status, text }: Reply): string {
  const body = JSON.parse(text) as { error?: { errorCode?: string }; errorCode?: number };
  return `${status}/${body.error?.errorCode ?? body.errorCode ?? "none"}`;
}
