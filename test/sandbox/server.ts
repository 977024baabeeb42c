import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { apiGatewayRoutes } from "./apiGatewayRoutes.ts";
import { authenticate } from "./authentication.ts";
import { ApiFailure, failureBody, unexpected, unknownAddress } from "./errors.ts";
import type { FaultList, Misfortune } from "./faults.ts";
import { type Exchange, isSpoilt, replaceAnswer, spoilAnswer } from "./faultyAnswers.ts";
import type { KeyHistory } from "./keyHistory.ts";
import { nsmlRoutes } from "./nsmlRoutes.ts";
import { renderAnswer, sendAnswer } from "./renderedAnswer.ts";
import { readJsonObject } from "./requestBody.ts";
import type { RequestLog } from "./requestLog.ts";
import { type Answer, findRoute, type MatchedRoute } from "./routing.ts";
import type { AccountState } from "./state.ts";
import { subAccountRoutes } from "./subAccountRoutes.ts";

const ROUTES = [...nsmlRoutes, ...apiGatewayRoutes, ...subAccountRoutes];

/** What the server knows, and what it keeps account of. */
export interface ServerParts {
  readonly state: AccountState;
  readonly history: KeyHistory;
  readonly faults: FaultList;
  readonly log: RequestLog;
  /** Whether the history sees what a test changed itself when a request reads, not just writes. */
  readonly looksBeforeReads: boolean;
}

/** Answers requests out of an account's state, unless a fault has it otherwise. */
export function requestListener(parts: ServerParts): RequestListener {
  const { state, faults, log } = parts;
  return (request, response) => {
    const record = log.arrived(request, response);
    const misfortune = faults.strike(record.method, record.path);
    const now = Date.now() + state.switches.clockOffset + misfortune.clockOffset;
    response.setHeader("date", new Date(now).toUTCString());
    response.setHeader("x-ncp-trace-id", randomUUID().replaceAll("-", ""));

    const over = new AbortController();
    response.once("close", () => over.abort());
    const exchange = { request, response, record, over: over.signal };
    void serve(exchange, misfortune, parts, now);
  };
}

async function serve(
  exchange: Exchange,
  misfortune: Misfortune,
  parts: ServerParts,
  now: number,
): Promise<void> {
  const { ending } = misfortune;
  if (ending !== undefined && !isSpoilt(ending)) {
    await wait(misfortune, exchange.over);
    if (!exchange.over.aborted) await replaceAnswer(exchange, ending);
    return;
  }
  const { onceSent, ...answer } = await answerRequest(exchange.request, parts, now);
  const rendered = renderAnswer(answer);
  await wait(misfortune, exchange.over);
  if (exchange.over.aborted) return;
  if (ending !== undefined) {
    spoilAnswer(exchange, ending, rendered);
    return;
  }
  sendAnswer(exchange, rendered);
  if (onceSent) parts.history.during(causeOf(exchange.request), onceSent);
}

async function answerRequest(
  request: IncomingMessage,
  parts: ServerParts,
  now: number,
): Promise<Answer> {
  const { method = "", url = "" } = request;
  const matched = findRoute(ROUTES, method, url);
  try {
    if (matched === undefined) throw unknownAddress();
    return await callRoute(matched, request, parts, now);
  } catch (error) {
    const failure = error instanceof ApiFailure ? error : unexpected(error);
    return { status: failure.status, json: failureBody(failure, matched?.route.service) };
  }
}

async function callRoute(
  matched: MatchedRoute,
  request: IncomingMessage,
  parts: ServerParts,
  now: number,
): Promise<Answer> {
  const { state, history } = parts;
  const { method = "", url = "", headers } = request;
  const { route, query, param } = matched;
  authenticate(state, route.service, { method, target: url, headers, now });
  const body = route.takesBody ? await readJsonObject(request) : {};
  const answer = () => route.handle({ state, now, query, body, param });
  if (method !== "GET") return history.during(causeOf(request), answer);
  // What reads changes nothing.
  if (parts.looksBeforeReads) history.look();
  return answer();
}

function causeOf({ method, url }: IncomingMessage): string {
  return `${method} ${url}`;
}

/** Waits for what holds the answer back. The timer ends with the client, or it would go on alone. */
async function wait({ delay, holds }: Misfortune, over: AbortSignal): Promise<void> {
  if (over.aborted || (delay === 0 && holds.length === 0)) return;
  const timer = sleep(delay, undefined, { signal: over }).catch(() => undefined);
  await Promise.allSettled([timer, ...holds]);
}
