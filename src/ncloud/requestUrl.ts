import { NcloudError } from "./ncloudError.ts";

export type Query = Readonly<Record<string, string | number | undefined>>;

/**
 * The URL of a resource. What comes back is normalised, so its path and query are the very bytes
 * that go on the request line and that the signature covers.
 *
 * @param base a service's base URL, without a trailing slash
 * @param segments path segments, not encoded
 * @throws NcloudError `badRequest` for a segment that would leave its resource or cannot be encoded
 */
export function requestUrl(base: string, segments: readonly string[], query: Query = {}): URL {
  const url = new URL(`${base}/${segments.map(encodeSegment).join("/")}`);
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined);
  url.search = pairs.map(([name, value]) => `${name}=${encodePart(String(value))}`).join("&");
  return url;
}

function encodeSegment(segment: string): string {
  // A URL parser takes these for steps in the path, and an empty one names the collection.
  if (segment === "" || segment === "." || segment === "..") throw new NcloudError("badRequest");
  return encodePart(segment);
}

function encodePart(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch (cause) {
    throw new NcloudError("badRequest", { cause });
  }
}
