import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { TLSSocket } from "node:tls";
import type { ReplacedAnswer, SpoiltAnswer } from "./faults.ts";
import { renderAnswer, type RenderedAnswer, sendAnswer } from "./renderedAnswer.ts";
import type { RequestRecord } from "./requestLog.ts";

/** A request under way and where its answer goes. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly record: RequestRecord;
  /** Aborted as soon as the exchange is over, by an answer or because the client went away. */
  readonly over: AbortSignal;
}

const FILLING = Buffer.alloc(64 * 1024, "x");

export function isSpoilt(ending: SpoiltAnswer | ReplacedAnswer): ending is SpoiltAnswer {
  return ["truncatedJson", "brokenOff", "stalledBody", "loseAnswer"].includes(ending.kind);
}

export function spoilAnswer(
  exchange: Exchange,
  ending: SpoiltAnswer,
  answer: RenderedAnswer,
): void {
  // An empty body has no half; a lone brace is as little JSON as half a body is.
  const body = answer.body.length === 0 ? Buffer.from("{") : answer.body;
  const half = body.subarray(0, Math.floor(body.length / 2) || 1);
  switch (ending.kind) {
    case "truncatedJson":
      sendAnswer(exchange, { ...answer, body: half });
      return;
    case "brokenOff":
      beginAnswer(exchange, { ...answer, body }, half, () => exchange.request.socket.destroy());
      return;
    case "stalledBody":
      beginAnswer(exchange, { ...answer, body }, half);
      return;
    case "loseAnswer":
      resetConnection(exchange);
  }
}

export async function replaceAnswer(exchange: Exchange, ending: ReplacedAnswer): Promise<void> {
  switch (ending.kind) {
    case "status": {
      const { status, body, headers } = ending;
      const isText = typeof body === "string";
      const answer = isText ? textAnswer(status, body) : renderAnswer({ status, json: body });
      sendAnswer(exchange, { ...answer, headers: { ...answer.headers, ...headers } });
      return;
    }
    case "wrongShape":
      sendAnswer(
        exchange,
        renderAnswer({ status: 200, json: ending.json ?? { surprise: [null] } }),
      );
      return;
    case "redirect":
      sendAnswer(exchange, {
        status: ending.status ?? 302,
        headers: { location: ending.location },
        body: Buffer.alloc(0),
      });
      return;
    case "hugeBody": {
      const padding = "x".repeat(
        Math.max(0, ending.bytes - JSON.stringify({ padding: "" }).length),
      );
      sendAnswer(exchange, renderAnswer({ status: 200, json: { padding } }));
      return;
    }
    case "endlessBody":
      await pourEndlessly(exchange);
      return;
    case "reset":
      resetConnection(exchange);
      return;
    case "hang":
  }
}

async function pourEndlessly({ response, record, over }: Exchange): Promise<void> {
  record.status = 200;
  response.writeHead(200, { "content-type": "application/json" });
  response.write('{"padding":"');
  const end = once(over, "abort");
  while (!over.aborted) {
    if (!response.write(FILLING)) await Promise.race([once(response, "drain"), end]);
  }
}

/** Promises the whole body and sends the beginning of it. */
function beginAnswer(
  { response, record }: Exchange,
  answer: RenderedAnswer,
  beginning: Buffer,
  whenSent?: () => void,
): void {
  record.status = answer.status;
  response.writeHead(answer.status, { ...answer.headers, "content-length": answer.body.length });
  response.write(beginning, whenSent);
}

/** Node sends the RST of TCP on plain sockets only; a TLS socket can but be cut off. */
function resetConnection({ request: { socket } }: Exchange): void {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket.resetAndDestroy();
}

function textAnswer(status: number, text: string): RenderedAnswer {
  return { status, headers: {}, body: Buffer.from(text) };
}
