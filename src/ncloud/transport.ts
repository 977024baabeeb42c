import type { HttpMethod } from "./signature.ts";

export interface WireRequest {
  readonly method: HttpMethod;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface WireResponse {
  readonly status: number;
  /** A header's value by lower-case name. */
  header(name: string): string | undefined;
  /** The whole body, at most {@link maxAnswerBytes}. */
  readonly text: string;
  /** Whether it is what a proxy says in place of the server, which has not seen the request. */
  readonly isOfProxy?: boolean;
}

/** The largest answer that is read. A page of 1,000 API keys is about 300 KB. */
export const maxAnswerBytes = 8 * 1024 * 1024;

export type TransportFailure =
  | "network"
  | "reset"
  /** The server could not prove who it is, so that nothing was sent to it. */
  | "certificate"
  /** Any other trouble with the encryption, be it at the greeting or in the middle of the answer. */
  | "tls"
  /** There is no way through the proxy: the request has not left this computer. */
  | "proxy"
  | "redirect"
  | "tooLarge"
  /** What came is no HTTP, or its compression is damaged. */
  | "unreadable";

/** The request got no answer that could be read. An aborted request rejects with the signal's reason. */
export class TransportError extends Error {
  override readonly name = "TransportError";
  readonly kind: TransportFailure;

  constructor(kind: TransportFailure, cause: unknown) {
    super(`No answer: ${kind}`, { cause });
    this.kind = kind;
  }
}

/** The wire. One implementation speaks HTTP; tests put their own in its place. */
export interface Transport {
  send(request: WireRequest, signal: AbortSignal): Promise<WireResponse>;
}
