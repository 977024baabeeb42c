import { isRecord } from "./decode.ts";
import { NcloudError, type NcloudErrorFacts, type NcloudErrorKind } from "./ncloudError.ts";
import type { WireResponse } from "./transport.ts";
import type { ServiceName } from "./zone.ts";

/** What an error body says, in whichever of NCP's shapes it came. */
interface ServerComplaint {
  readonly code?: string;
  readonly message?: string;
}

/** Characters of a server's complaint that are kept: the rest of a longer one explains nothing. */
const longestMessage = 400;
const longestCode = 32;

/**
 * The failure an answer stands for, or undefined when it is a success. An `error` inside a 2xx
 * answer is a failure like any other.
 *
 * @param json the parsed body, or undefined when it is not JSON
 * @see https://api.ncloud-docs.com/docs/en/common-ncpapi for the gateway's codes
 */
export function errorOfAnswer(
  service: ServiceName,
  response: WireResponse,
  json: unknown,
): NcloudError | undefined {
  const { status } = response;
  // Whatever it says, a success too, is not what NCP says.
  if (response.isOfProxy) {
    return new NcloudError("proxy", { service, status, ...factsOf(response, undefined) });
  }
  const isSuccess = status >= 200 && status < 300;
  const complaint = readComplaint(json) ?? readXmlComplaint(response);
  if (isSuccess && !complaint) return undefined;

  const kind = isSuccess ? kindOfCode(complaint) : kindOfStatus(status, complaint);
  return new NcloudError(kind, { service, status, ...factsOf(response, complaint) });
}

function factsOf(
  response: WireResponse,
  complaint: ServerComplaint | undefined,
): Partial<NcloudErrorFacts> {
  const traceId = traceIdOf(response);
  const retryAfter = retryAfterOf(response);
  return {
    ...(complaint?.code !== undefined && { code: complaint.code }),
    ...(complaint?.message !== undefined && { serverMessage: complaint.message }),
    ...(traceId !== undefined && { traceId }),
    ...(retryAfter !== undefined && { retryAfter }),
    ...([429, 502, 503, 504].includes(response.status) && { transient: true }),
  };
}

/** The id under which NCP can find a request again. */
export function traceIdOf(response: WireResponse): string | undefined {
  return response.header("x-ncp-trace-id") ?? response.header("x-ncp-request-id");
}

const kindsByStatus: Readonly<Partial<Record<number, NcloudErrorKind>>> = {
  404: "notFound",
  407: "proxy",
  408: "timeout",
  429: "limitReached",
};

function kindOfStatus(status: number, complaint: ServerComplaint | undefined): NcloudErrorKind {
  if (isWithoutTenant(complaint)) return "notSubscribed";
  if (status === 401 || status === 403) return refusalKind(complaint);
  if (status === 409 && complaint?.code === "9012") return "limitReached";
  if (status >= 500) return "server";
  return kindsByStatus[status] ?? (status >= 400 ? "badRequest" : "badAnswer");
}

/** A map, because a server that says "constructor" must not find what every object has. */
const kindsByCode: ReadonlyMap<string, NcloudErrorKind> = new Map([
  ["100", "badRequest"],
  ["430", "badRequest"],
  ["300", "notFound"],
  ["400", "limitReached"],
  ["410", "limitReached"],
  ["420", "limitReached"],
  ["9012", "limitReached"],
]);

/** For a failure that came with a status of success. */
function kindOfCode(complaint: ServerComplaint | undefined): NcloudErrorKind {
  if (isWithoutTenant(complaint)) return "notSubscribed";
  const code = complaint?.code ?? "";
  return ["200", "210", "230"].includes(code)
    ? refusalKind(complaint)
    : (kindsByCode.get(code) ?? "server");
}

/**
 * NCP answers "permission denied" and "not subscribed to this product" with the same status and
 * code. Only its words tell them apart, and only here are they looked at; words that are not known
 * mean that permission is missing.
 */
function refusalKind(complaint: ServerComplaint | undefined): NcloudErrorKind {
  // Only code 200 says that the key is wrong; every other refusal is of a key that may not.
  if (complaint?.code === "200") return "wrongCredentials";
  return /\bsubscri(?:be|ption)/i.test(complaint?.message ?? "") ? "notSubscribed" : "noPermission";
}

/** An account that never opened API Gateway has no tenant there, which its answer says in words. */
function isWithoutTenant(complaint: ServerComplaint | undefined): boolean {
  return /tenant\W+not\W+found/i.test(complaint?.message ?? "");
}

/**
 * Whether a refusal shows that NCP accepted the signature: permission and tenant are looked at after
 * it. Any other code, 403/230 among them, may come from a proxy or from before the signature was
 * looked at, and so may a 401 or 403 in words that NCP uses too.
 */
export function showsAcceptedSignature({ kind, facts }: NcloudError): boolean {
  const { status, code, serverMessage } = facts;
  if (kind !== "noPermission" && kind !== "notSubscribed") return false;
  if (code === "210") return true;
  const isRefusal = code === undefined || status === 401 || status === 403;
  return !isRefusal && isWithoutTenant({ message: serverMessage ?? "" });
}

function readComplaint(json: unknown): ServerComplaint | undefined {
  if (!isRecord(json)) return undefined;
  const { error, responseError } = json;
  if (isRecord(error)) {
    return complaint(error["errorCode"] ?? error["code"], error["message"], error["details"]);
  }
  if (typeof error === "string" && error !== "") {
    return complaint(json["errorCode"] ?? json["code"], error, json["message"]);
  }
  if (isRecord(responseError)) {
    return complaint(responseError["returnCode"], responseError["returnMessage"]);
  }
  if (isGiven(json["errorCode"])) {
    return complaint(json["errorCode"], json["message"], json["details"]);
  }
  return undefined;
}

/** The gateway answers in XML when it refuses a request before it looked at its headers. */
function readXmlComplaint(response: WireResponse): ServerComplaint | undefined {
  if (!response.text.trimStart().startsWith("<")) return undefined;
  const head = response.text.slice(0, 4096);
  const code = /<(?:errorCode|returnCode|code)>\s*(\w{1,16})\s*</.exec(head)?.[1];
  const message = /<(?:message|returnMessage)>([^<]{1,400})</.exec(head)?.[1];
  const details = /<details>([^<]{1,400})</.exec(head)?.[1];
  return code === undefined ? undefined : complaint(code, message, details);
}

/** @param words what is said in general and in particular, which is what tells refusals apart */
function complaint(code: unknown, ...words: readonly unknown[]): ServerComplaint {
  const said = new Set(words.filter((text) => typeof text === "string" && text !== ""));
  return {
    ...(isGiven(code) && { code: String(code).slice(0, longestCode) }),
    ...(said.size > 0 && { message: [...said].join(": ").slice(0, longestMessage) }),
  };
}

function isGiven(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}

/** `Retry-After` in milliseconds: NCP documents none, but whoever sends one means it. */
function retryAfterOf(response: WireResponse): number | undefined {
  const text = response.header("retry-after")?.trim();
  if (text === undefined || text === "") return undefined;
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, Number.MAX_SAFE_INTEGER);
  const date = Date.parse(text);
  const now = Date.parse(response.header("date") ?? "");
  return Number.isNaN(date) || Number.isNaN(now) ? undefined : Math.max(0, date - now);
}
