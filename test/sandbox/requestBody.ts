import type { IncomingMessage } from "node:http";
import { badRequest, bodyTooLarge } from "./errors.ts";
import type { JsonObject } from "./routing.ts";

const BODY_LIMIT = 64 * 1024;

/**
 * Reads the JSON object that a request carries.
 *
 * @throws ApiFailure 413/430 for a body beyond 64 KiB, 400/100 for one that is not a JSON object
 */
export async function readJsonObject(request: IncomingMessage): Promise<JsonObject> {
  const bytes = await readBytes(request);
  if (!/^application\/json\s*(;|$)/i.test(request.headers["content-type"] ?? ""))
    throw badRequest("The content type has to be application/json.");
  const body = parseJson(bytes);
  if (!isJsonObject(body)) throw badRequest("The body is not a JSON object.");
  return body;
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  // Leaving the loop must not destroy the request: its connection has yet to bear the answer.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError("The request is not read as bytes.");
    length += chunk.length;
    if (length > BODY_LIMIT) throw bodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw badRequest("The body is not JSON.");
  }
}

function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
