import type { NcloudError } from "../ncloud/ncloudError.ts";

/** Something that is read from NCP. What was read before stays in view until the new answer is there. */
export type Loadable<T> =
  | { readonly status: "unloaded" }
  | { readonly status: "loading"; readonly previous?: T }
  | { readonly status: "loaded"; readonly value: T }
  | { readonly status: "failed"; readonly error: NcloudError; readonly previous?: T };

/** The newest value that is known, however the last attempt went. */
export function latestValue<T>(state: Loadable<T>): T | undefined {
  switch (state.status) {
    case "unloaded":
      return undefined;
    case "loaded":
      return state.value;
    case "loading":
    case "failed":
      return state.previous;
  }
}
