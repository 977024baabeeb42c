import type { LogOutputChannel } from "vscode";
import { KeychainError } from "../accounts/keychainError.ts";
import type { RequestLogEntry } from "../ncloud/ncloudClient.ts";
import type { NcloudError } from "../ncloud/ncloudError.ts";

/** Where the extension writes what happened. No secret is ever handed to it. */
export type Log = Pick<LogOutputChannel, "info" | "warn" | "error" | "show">;

const longestMessage = 300;

/** Writes one line for a request: method, path, status, milliseconds, trace id, and how it failed. */
export function logRequest(log: Pick<Log, "info" | "warn">, entry: RequestLogEntry): void {
  const { error } = entry;
  const parts = [entry.method, entry.path, entry.status ?? "-", `${entry.milliseconds} ms`];
  if (entry.traceId !== undefined) parts.push(`trace ${traceText(entry.traceId)}`);
  if (!error || error.kind === "cancelled") {
    log.info([...parts, ...(error ? [error.kind] : [])].join(" "));
    return;
  }
  parts.push(error.kind);
  if (error.facts.code !== undefined) parts.push(`code ${oneLine(error.facts.code)}`);
  if (error.facts.field !== undefined) parts.push(`field ${oneLine(error.facts.field)}`);
  if (error.facts.serverMessage !== undefined) parts.push(oneLine(error.facts.serverMessage));
  const cause = causeOf(error);
  if (cause !== undefined) parts.push(oneLine(cause));
  log.warn(parts.join(" "));
}

/** Writes why something failed that is no answer of NCP. */
export function logFailure(log: Log, doing: string, error: unknown): void {
  const name = error instanceof Error ? `${error.name}: ${error.message}` : typeof error;
  const cause = error instanceof KeychainError ? causeOf(error) : undefined;
  log.error(oneLine([doing, name, cause].filter((part) => part !== undefined).join(" | ")));
}

/** The system's code of the innermost cause, such as ECONNREFUSED. */
function causeOf(error: KeychainError | NcloudError): string | undefined {
  for (let cause = error.cause; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string") return cause.code;
    if (cause.cause instanceof Error) continue;
    if (error instanceof KeychainError) return cause.message;
    // It has the address of the proxy, which a name and a password may stand before.
    if (error.kind === "proxy") return cause.message.replace(/^.*@/s, "");
  }
  return undefined;
}

/** Trace ids are long runs too; the client has taken out of them what it sent. */
function traceText(traceId: string): string {
  return /^[\w.:-]{1,64}$/.test(traceId) ? traceId : oneLine(traceId);
}

/**
 * One line without anything that could be a secret: a server may repeat in its complaint what it
 * was sent, and keys, signatures and key blobs are all long runs of these characters.
 */
function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/[A-Za-z0-9+/=]{32,}/g, "[…]")
    .slice(0, longestMessage);
}
