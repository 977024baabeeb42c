/** Which requests are meant. What is left out matches everything. */
export interface RequestMatch {
  readonly method?: string;
  /** The beginning of the raw request target, query included, or an expression it has to fit. */
  readonly path?: string | RegExp;
}

export function matchesRequest(match: RequestMatch, method: string, target: string): boolean {
  if (match.method !== undefined && match.method !== method) return false;
  if (match.path === undefined) return true;
  // `search` begins at the start whatever the flags, where `test` would remember its last hit.
  return typeof match.path === "string"
    ? target.startsWith(match.path)
    : target.search(match.path) !== -1;
}
