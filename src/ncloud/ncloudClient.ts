import { errorOfAnswer, traceIdOf } from "./answerError.ts";
import { answerJson } from "./answerJson.ts";
import type { Clock } from "./clock.ts";
import { DecodeError } from "./decode.ts";
import { withoutEchoInFacts, withoutEchoInHeaders } from "./echo.ts";
import { NcloudError } from "./ncloudError.ts";
import { asNcloudError } from "./requestFailure.ts";
import { requestUrl, type Query } from "./requestUrl.ts";
import { retryRead } from "./retry.ts";
import type { Secret } from "./secret.ts";
import { signatureHeaders, type HttpMethod } from "./signature.ts";
import { withTimeLimit } from "./timeLimit.ts";
import type { Transport, WireResponse } from "./transport.ts";
import { isLoopbackOrigin, serviceUrl, type ServiceName, type Zone } from "./zone.ts";

/** Who signs, and where to. */
export interface Credentials {
  readonly zone: Zone;
  readonly accessKeyId: string;
  readonly secretKey: Secret;
  /** A primary or secondary value of an API Gateway API key; NSML asks for one beside the signature. */
  readonly nsmlApiKey?: Secret | undefined;
}

/** One line of the log: never a header, never a body. */
export interface RequestLogEntry {
  readonly method: HttpMethod;
  readonly path: string;
  readonly milliseconds: number;
  readonly status?: number | undefined;
  readonly traceId?: string | undefined;
  readonly error?: NcloudError | undefined;
}

export interface ClientParts {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly log: (entry: RequestLogEntry) => void;
}

export interface RequestSpec<T> {
  readonly service: ServiceName;
  readonly method: HttpMethod;
  /** Path segments below the service's base URL, not encoded. */
  readonly segments: readonly string[];
  readonly query?: Query;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Reads the answer's JSON. Without it the answer's body does not matter. */
  readonly decode?: (json: unknown) => T;
}

/** Milliseconds for a request from its first byte to the last byte of its answer. */
export const requestTimeLimit = 15_000;

/** What fits in a header as it is; node's http refuses other characters in words of its own. */
const headerText = /^[\x21-\x7e]+$/;

/** NCP allows five minutes; from four on the clock is what is worth looking at first. */
const tolerableSkew = 4 * 60_000;

/** Sends signed requests for one account. It keeps no state but the server's clock. */
export class NcloudClient {
  readonly credentials: Credentials;
  readonly #parts: ClientParts;
  /** Added to our clock when reading, once the server's clock proved to be another. */
  #skew = 0;
  readonly #skewListeners = new Set<() => void>();
  #isRetired = false;

  constructor(credentials: Credentials, parts: ClientParts) {
    this.credentials = credentials;
    this.#parts = parts;
  }

  /** Whether this access key signs the requests. */
  signsWith(accessKeyId: string): boolean {
    return this.credentials.accessKeyId === accessKeyId;
  }

  /** From now on nothing is signed: whoever still holds this client gets `cancelled`. */
  retire(): void {
    this.#isRetired = true;
  }

  /** The server's clock minus ours in milliseconds, zero while ours does. */
  get clockSkew(): number {
    return this.#skew;
  }

  /** Tells that the clocks were found to differ in another way than before, or no longer. */
  onDidChangeClockSkew(listener: () => void): { dispose(): void } {
    this.#skewListeners.add(listener);
    return { dispose: () => this.#skewListeners.delete(listener) };
  }

  /**
   * Sends a request that changes nothing, and repeats it when its failure may pass.
   *
   * @throws NcloudError, and nothing else
   */
  async read<T>(spec: RequestSpec<T> & { decode: (json: unknown) => T }, signal: AbortSignal) {
    const attempt = () => this.#send(spec, this.#skew, signal);
    const retried = () => retryRead(attempt, this.#parts.clock, signal);
    try {
      try {
        return (await retried()) as T;
      } catch (error) {
        const skew = error instanceof NcloudError ? error.facts.clockSkew : undefined;
        if (skew === undefined) throw error;
        const value = (await this.#send(spec, skew, signal)) as T;
        // Our clock may have been set right since it was last found to be wrong.
        this.#skew = Math.abs(skew) > tolerableSkew ? skew : 0;
        for (const listener of this.#skewListeners) listener();
        return value;
      }
    } catch (error) {
      throw asNcloudError(error, signal, spec.service);
    }
  }

  /**
   * Sends a request that changes something, once. A failure for which `mayHaveHappened` holds says
   * nothing of whether the change was made.
   *
   * @returns what was decoded; without `decode` whether the answer was a 204
   * @throws NcloudError, and nothing else
   */
  async write<T>(
    spec: RequestSpec<T> & { decode: (json: unknown) => T },
    signal: AbortSignal,
  ): Promise<T>;
  async write(spec: RequestSpec<undefined>, signal: AbortSignal): Promise<true | undefined>;
  async write<T>(spec: RequestSpec<T>, signal: AbortSignal): Promise<T | true | undefined> {
    try {
      return await this.#send(spec, 0, signal);
    } catch (error) {
      throw asNcloudError(error, signal, spec.service);
    }
  }

  async #send<T>(
    spec: RequestSpec<T>,
    skew: number,
    signal: AbortSignal,
  ): Promise<T | true | undefined> {
    if (this.#isRetired) {
      throw new NcloudError("cancelled", { service: spec.service, isUnsent: true });
    }
    const { clock, log, transport } = this.#parts;
    const base = serviceUrl(this.credentials.zone, spec.service);
    if (base === undefined) throw new NcloudError("unavailableInZone", { service: spec.service });
    const url = requestUrl(base, spec.segments, spec.query);
    // The zone was checked when it was chosen; what is signed is checked once more.
    if (url.protocol !== "https:" && !isLoopbackOrigin(url.origin)) {
      throw new NcloudError("badRequest", { service: spec.service });
    }
    const pathAndQuery = url.pathname + url.search;
    const startedAt = clock.now();
    let response: WireResponse | undefined;
    let answeredAt: number | undefined;
    let failure: NcloudError | undefined;
    try {
      const request = {
        method: spec.method,
        url: url.href,
        headers: this.#headers(spec, pathAndQuery, startedAt + skew),
        ...(spec.body !== undefined && { body: JSON.stringify(spec.body) }),
      };
      const answer = await withTimeLimit(requestTimeLimit, clock, signal, (limited) =>
        transport.send(request, limited),
      );
      answeredAt = clock.now();
      response = withoutEchoInHeaders(answer, request);
      const json = await answerJson(response.text, signal);
      const error = errorOfAnswer(spec.service, response, json);
      if (error) throw blameClock(withoutEchoInFacts(error, request), response, answeredAt, skew);
      return decodeAnswer(spec, response, json);
    } catch (error) {
      failure = asNcloudError(error, signal, spec.service);
      throw failure;
    } finally {
      log({
        method: spec.method,
        path: pathAndQuery,
        milliseconds: Math.round((answeredAt ?? clock.now()) - startedAt),
        status: response?.status,
        traceId: response && traceIdOf(response),
        error: failure,
      });
    }
  }

  #headers(spec: RequestSpec<unknown>, pathAndQuery: string, timestamp: number) {
    const { accessKeyId, secretKey, nsmlApiKey } = this.credentials;
    const signed = { method: spec.method, pathAndQuery, timestamp, accessKeyId };
    const headers = {
      accept: "application/json",
      ...(spec.body !== undefined && { "content-type": "application/json" }),
      // Without it the editor's patched http opens a socket for every request.
      connection: "keep-alive",
      ...signatureHeaders(signed, secretKey),
      ...(spec.service === "nsml" && nsmlApiKey && { "x-ncp-apigw-api-key": nsmlApiKey.reveal() }),
    };
    if (Object.values(headers).every((value) => headerText.test(value))) return headers;
    throw new NcloudError("badRequest", { service: spec.service });
  }
}

function decodeAnswer<T>(
  { service, decode }: RequestSpec<T>,
  response: WireResponse,
  json: unknown,
): T | true | undefined {
  if (!decode) return response.status === 204 || undefined;
  const traceId = traceIdOf(response);
  const facts = { service, status: response.status, ...(traceId !== undefined && { traceId }) };
  if (json === undefined) throw new NcloudError("badAnswer", facts);
  try {
    return decode(json);
  } catch (cause) {
    if (!(cause instanceof DecodeError)) throw cause;
    throw new NcloudError("badAnswer", { ...facts, field: cause.field, cause });
  }
}

/**
 * A signature is refused in the same words for a wrong key and for a wrong time.
 *
 * @param now our clock when the answer had come
 * @param skew what was added to our clock for the signature
 */
function blameClock(
  error: NcloudError,
  response: WireResponse,
  now: number,
  skew: number,
): NcloudError {
  if (error.kind !== "wrongCredentials") return error;
  const clockSkew = Date.parse(response.header("date") ?? "") - now;
  if (Number.isNaN(clockSkew) || Math.abs(clockSkew - skew) <= tolerableSkew) return error;
  return new NcloudError("clock", { ...error.facts, clockSkew });
}
