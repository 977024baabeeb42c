import type { KeyOnly } from "./keyHealth.ts";

/** What is to be done about a key of which something is found. */
export type NextStep = "rotate" | "delete" | "openConsole";

/**
 * A key that works is replaced by a new one, one that is off is cleared away, and what is wrong with
 * a sub account is mended in the console.
 */
export function nextStepOf(key: KeyOnly): NextStep {
  switch (key.kind) {
    case "authKey":
      return "rotate";
    case "apiKey":
      return key.apiKey.isEnabled ? "rotate" : "delete";
    case "accessKey": {
      const { subAccount } = key.owner;
      if (!key.accessKey.active) return "delete";
      const isIdle = subAccount?.active === false || subAccount?.canUseApi === false;
      return isIdle ? "openConsole" : "rotate";
    }
  }
}
