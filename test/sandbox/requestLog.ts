import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { matchesRequest, type RequestMatch } from "./requestMatch.ts";

/** One request as it arrived. */
export interface RequestRecord {
  readonly method: string;
  /** The raw request target: path and query exactly as they stood on the wire. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** When it arrived by this machine's clock, in milliseconds since the epoch. */
  readonly time: number;
  /** The status of the answer; undefined as long as there is none, so for good if it was lost. */
  status: number | undefined;
}

/** Remembers what arrived, and tells those who wait for it. */
export class RequestLog {
  readonly records: RequestRecord[] = [];
  #underWay = 0;
  readonly #waitingForRequest = new Set<(record: RequestRecord) => void>();
  readonly #waitingForIdle = new Set<() => void>();

  arrived(request: IncomingMessage, response: ServerResponse): RequestRecord {
    const { method = "", url = "", headers } = request;
    const record = { method, path: url, headers, time: Date.now(), status: undefined };
    this.records.push(record);
    this.#underWay++;
    response.once("close", () => {
      this.#underWay--;
      this.#tellIdle();
    });
    for (const tell of this.#waitingForRequest) tell(record);
    return record;
  }

  /** Resolves when the next matching request has arrived, before it is answered. */
  next(match: RequestMatch): Promise<RequestRecord> {
    return new Promise((resolve) => {
      const tell = (record: RequestRecord) => {
        if (!matchesRequest(match, record.method, record.path)) return;
        this.#waitingForRequest.delete(tell);
        resolve(record);
      };
      this.#waitingForRequest.add(tell);
    });
  }

  /** Resolves when no request is under way: each was answered, or its client went away. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#waitingForIdle.add(resolve);
      this.#tellIdle();
    });
  }

  #tellIdle(): void {
    if (this.#underWay > 0) return;
    for (const tell of this.#waitingForIdle) tell();
    this.#waitingForIdle.clear();
  }
}
