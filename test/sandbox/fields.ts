import { badRequest } from "./errors.ts";
import type { JsonObject } from "./routing.ts";

const LONG_MAX = 2n ** 63n - 1n;

/** A text field of a body whose length, in UTF-16 units, is within the limits. */
export function textField(body: JsonObject, name: string, least: number, most: number): string {
  const value = body[name];
  if (typeof value !== "string") throw badRequest(`${name} has to be a string.`);
  if (value.length < least || value.length > most)
    throw badRequest(`${name} has to be ${least} to ${most} characters long.`);
  return value;
}

export function booleanField(body: JsonObject, name: string): boolean {
  const value = body[name];
  if (typeof value !== "boolean") throw badRequest(`${name} has to be true or false.`);
  return value;
}

/** A Long of the query, or `fallback` when it is absent. Beyond 2^53 it is only roughly right. */
export function longParameter(
  query: URLSearchParams,
  name: string,
  least: number,
  fallback: number,
): number {
  const text = query.get(name);
  if (text === null) return fallback;
  if (!/^\d{1,19}$/.test(text) || BigInt(text) > LONG_MAX || BigInt(text) < BigInt(least))
    throw badRequest(`${name} has to be a whole number from ${least} on.`);
  return Number(text);
}
