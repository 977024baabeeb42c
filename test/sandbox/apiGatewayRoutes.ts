import type { ApiKey, ApiKeyValues } from "./apiKeyTable.ts";
import { badRequest, notFound, tenantNotFound } from "./errors.ts";
import { booleanField, longParameter, textField } from "./fields.ts";
import { DIGITS, LOWER_CASE, Random } from "./random.ts";
import type { Answer, Call, JsonObject, Route } from "./routing.ts";
import type { AccountState } from "./state.ts";
import { formatUtc } from "./time.ts";

/** What a page holds when the client does not say; the documentation leaves it open. */
const DEFAULT_LIMIT = 20;

const random = Random.secret();

function listApiKeys({ state, query }: Call): Answer {
  const { limitCap, listApiKeyValues } = state.switches;
  const offset = longParameter(query, "offset", 0, 0);
  const limit = Math.min(longParameter(query, "limit", 1, DEFAULT_LIMIT), limitCap);
  const name = query.get("apiKeyName") ?? "";
  if (name.length > 20) throw badRequest("apiKeyName has to be 0 to 20 characters long.");

  const initialCount = state.apiKeys.size;
  const matches = name === "" ? undefined : state.apiKeys.named(name);
  const page = matches?.slice(offset, offset + limit) ?? state.apiKeys.page(offset, limit);
  const apiKeys = listApiKeyValues ? page.map((apiKey) => withValues(state, apiKey)) : page;
  return { status: 200, json: { apiKeys, total: matches?.length ?? initialCount, initialCount } };
}

function getApiKey(call: Call): Answer {
  return { status: 200, json: withValues(call.state, requireApiKey(call)) };
}

function createApiKey({ state, body, now }: Call): Answer {
  const apiKey: ApiKey = {
    apiKeyId: random.text(LOWER_CASE + DIGITS, 10),
    tenantId: state.tenantId,
    apiKeyName: textField(body, "apiKeyName", 1, 20),
    apiKeyDescription: descriptionField(body),
    modifier: state.memberId,
    isEnabled: true,
    modTime: formatUtc(now),
    domainCode: "PUB",
  };
  state.apiKeys.put(apiKey);
  return { status: 201, json: { apiKey: withValues(state, apiKey) } };
}

/** Replaces all three fields, so that one which is left out is lost rather than kept. */
function replaceApiKey(call: Call): Answer {
  const { body } = call;
  return change(call, {
    isEnabled: booleanField(body, "isEnabled"),
    apiKeyName: textField(body, "apiKeyName", 1, 20),
    apiKeyDescription: descriptionField(body),
  });
}

function regenerateApiKey(call: Call): Answer {
  const { apiKeyId } = requireApiKey(call);
  switch (call.body["keyType"]) {
    case "PRIMARY":
      call.state.apiKeys.regenerate(apiKeyId, "primaryKey");
      break;
    case "SECONDARY":
      call.state.apiKeys.regenerate(apiKeyId, "secondaryKey");
      break;
    default:
      throw badRequest("keyType has to be PRIMARY or SECONDARY.");
  }
  return change(call, {});
}

function deleteApiKey({ state, param }: Call): Answer {
  if (!state.apiKeys.delete(param("apiKeyId"))) throw notFound("There is no such API key.");
  return { status: 204 };
}

function change(call: Call, changes: Partial<ApiKey>): Answer {
  const { state, now } = call;
  const former = requireApiKey(call);
  const apiKey = { ...former, ...changes, modifier: state.memberId, modTime: formatUtc(now) };
  state.apiKeys.put(apiKey);
  return { status: 200, json: { apiKey: withValues(state, apiKey) } };
}

function requireApiKey({ state, param }: Call): ApiKey {
  const apiKey = state.apiKeys.get(param("apiKeyId"));
  if (apiKey === undefined) throw notFound("There is no such API key.");
  return apiKey;
}

function descriptionField(body: JsonObject): string {
  const isLeftOut = body["apiKeyDescription"] === undefined || body["apiKeyDescription"] === null;
  return isLeftOut ? "" : textField(body, "apiKeyDescription", 0, 50);
}

function withValues(state: AccountState, apiKey: ApiKey): ApiKey & ApiKeyValues {
  return { ...apiKey, ...state.apiKeys.valuesOf(apiKey.apiKeyId) };
}

function route(
  method: string,
  path: string,
  takesBody: boolean,
  handle: (call: Call) => Answer,
): Route {
  return {
    service: "apiGateway",
    method,
    path,
    takesBody,
    handle(call) {
      if (!call.state.switches.apiGatewayOpened) throw tenantNotFound();
      return handle(call);
    },
  };
}

export const apiGatewayRoutes: readonly Route[] = [
  route("GET", "/api/v1/api-keys", false, listApiKeys),
  route("POST", "/api/v1/api-keys", true, createApiKey),
  route("GET", "/api/v1/api-keys/{apiKeyId}", false, getApiKey),
  route("PUT", "/api/v1/api-keys/{apiKeyId}", true, replaceApiKey),
  route("PATCH", "/api/v1/api-keys/{apiKeyId}", true, regenerateApiKey),
  route("DELETE", "/api/v1/api-keys/{apiKeyId}", false, deleteApiKey),
];
