import type { Service } from "./state.ts";

/** A refusal, before it is known in which shape the service words it. */
export class ApiFailure extends Error {
  override readonly name = "ApiFailure";
  /** The gateway refuses in one shape for all services, before a service sees the request. */
  readonly by: "gateway" | "service";
  readonly status: number;
  readonly code: number;
  readonly details: string;

  constructor(
    by: "gateway" | "service",
    status: number,
    code: number,
    message: string,
    details = message,
  ) {
    super(message);
    this.by = by;
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

export function authenticationFailed(details: string): ApiFailure {
  return new ApiFailure("gateway", 401, 200, "Authentication Failed", details);
}

export function permissionDenied(details: string): ApiFailure {
  return new ApiFailure("gateway", 401, 210, "Permission Denied", details);
}

export function subscriptionRequired(): ApiFailure {
  return new ApiFailure("gateway", 401, 210, "A subscription to the API is required.");
}

export function unknownAddress(): ApiFailure {
  return new ApiFailure("gateway", 404, 300, "Not Found Exception", "URL not found.");
}

export function bodyTooLarge(): ApiFailure {
  return new ApiFailure("gateway", 413, 430, "Request Entity Too Large");
}

export function badRequest(details: string): ApiFailure {
  return new ApiFailure("service", 400, 100, "Bad Request Exception", details);
}

export function notFound(details: string): ApiFailure {
  return new ApiFailure("service", 404, 300, "Not Found Exception", details);
}

export function conflict(details: string): ApiFailure {
  return new ApiFailure("service", 409, 409, "Conflict", details);
}

export function tenantNotFound(): ApiFailure {
  return new ApiFailure("service", 404, 300, "Not Found Exception", "tenant not found");
}

export function nonexistentAccount(): ApiFailure {
  return new ApiFailure("service", 404, 30, "Nonexistent account");
}

export function tooManyActiveAccessKeys(): ApiFailure {
  return new ApiFailure(
    "service",
    409,
    9012,
    "The maximum number of active access keys is reached.",
  );
}

/** A fault of the sandbox itself: its text is there to be read by whoever runs the tests. */
export function unexpected(error: unknown): ApiFailure {
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new ApiFailure("gateway", 500, 900, "Unexpected Error", details);
}

/** Sub Account puts its own errors at the top level with a number; everything else nests them. */
export function failureBody(failure: ApiFailure, service: Service | undefined): unknown {
  const { by, code, message, details } = failure;
  if (service === "subAccount" && by === "service")
    return { errorCode: code, message: details === message ? message : `${message}: ${details}` };
  return { error: { errorCode: String(code), message, details } };
}
