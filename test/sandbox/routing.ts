import { badRequest } from "./errors.ts";
import type { AccountState, Service } from "./state.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/** What a service has to say, before it is put into bytes. */
export interface Answer {
  readonly status: number;
  /** Absent: an empty body. */
  readonly json?: unknown;
  /** What changes when the whole answer is on its way. */
  readonly onceSent?: () => void;
}

/** An authenticated request. */
export interface Call {
  readonly state: AccountState;
  /** The server's time in milliseconds since the epoch. */
  readonly now: number;
  readonly query: URLSearchParams;
  /** The JSON object that was sent, or an empty one for a route that takes none. */
  readonly body: JsonObject;
  /** The decoded segment of the path that stands where the route says `{name}`. */
  readonly param: (name: string) => string;
}

export interface Route {
  readonly service: Service;
  readonly method: string;
  /** Such as `/api/v1/api-keys/{apiKeyId}`. */
  readonly path: string;
  readonly takesBody: boolean;
  readonly handle: (call: Call) => Answer;
}

export interface MatchedRoute {
  readonly route: Route;
  readonly query: URLSearchParams;
  readonly param: (name: string) => string;
}

/** The route that a request line leads to. The target is split before anything is decoded. */
export function findRoute(
  routes: readonly Route[],
  method: string,
  target: string,
): MatchedRoute | undefined {
  const [path = "", ...query] = target.split("?");
  const segments = path.split("/");
  const route = routes.find(
    (candidate) => candidate.method === method && pathMatches(candidate.path, segments),
  );
  if (route === undefined) return undefined;

  const names = route.path.split("/");
  return {
    route,
    query: new URLSearchParams(query.join("?")),
    param(name) {
      const segment = segments[names.indexOf(`{${name}}`)];
      if (segment === undefined) throw new RangeError(`${route.path} has no {${name}}.`);
      return decodeSegment(segment);
    },
  };
}

function pathMatches(pattern: string, segments: readonly string[]): boolean {
  const expected = pattern.split("/");
  return (
    expected.length === segments.length &&
    expected.every((part, index) =>
      part.startsWith("{") ? segments[index] !== "" : segments[index] === part,
    )
  );
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw badRequest("The path is not percent-encoded UTF-8.");
  }
}
