import { NcloudError, type NcloudErrorKind } from "./ncloudError.ts";
import { TimeLimitReached } from "./timeLimit.ts";
import { TransportError } from "./transport.ts";
import type { ServiceName } from "./zone.ts";

const kindOfTransportFailure: Readonly<Record<TransportError["kind"], NcloudErrorKind>> = {
  network: "network",
  reset: "network",
  certificate: "tls",
  tls: "tls",
  proxy: "proxy",
  redirect: "badAnswer",
  tooLarge: "badAnswer",
  unreadable: "badAnswer",
};

/**
 * Whatever ended a request, as the one error its callers know.
 *
 * @param signal the caller's, without our time limit
 */
export function asNcloudError(
  error: unknown,
  signal: AbortSignal,
  service: ServiceName,
): NcloudError {
  if (error instanceof NcloudError) return error;
  if (signal.aborted) return new NcloudError("cancelled", { service, cause: error });
  if (error instanceof TimeLimitReached) return new NcloudError("timeout", { service });
  if (error instanceof TransportError) {
    return new NcloudError(kindOfTransportFailure[error.kind], {
      service,
      cause: error,
      transient: error.kind === "reset",
      ...(error.kind === "certificate" && { isUnsent: true }),
    });
  }
  return new NcloudError("network", { service, cause: error });
}
