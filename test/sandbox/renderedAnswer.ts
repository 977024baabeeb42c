import type { ServerResponse } from "node:http";
import type { RequestRecord } from "./requestLog.ts";
import type { Answer } from "./routing.ts";

/** An answer as it goes over the wire. */
export interface RenderedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export function renderAnswer({ status, json }: Answer): RenderedAnswer {
  if (json === undefined) return { status, headers: {}, body: Buffer.alloc(0) };
  const headers = { "content-type": "application/json;charset=UTF-8" };
  return { status, headers, body: Buffer.from(JSON.stringify(json)) };
}

/** Notes the status first: whoever has the answer may look it up in the log right away. */
export function sendAnswer(
  { response, record }: { readonly response: ServerResponse; readonly record: RequestRecord },
  { status, headers, body }: RenderedAnswer,
): void {
  record.status = status;
  const length = status === 204 ? {} : { "content-length": body.length };
  response.writeHead(status, { ...headers, ...length }).end(body);
}
