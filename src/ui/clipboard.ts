import { env, l10n, window } from "vscode";
import { countText } from "./age.ts";

/** What of a key can be put on the clipboard. */
export type Copied = "id" | "name" | "fingerprint" | "json";

/**
 * What was put there, for the sentence that confirms it: from the row of a secret value it is the
 * ID of the API key, and not what the row is about.
 */
export type Confirmed = Copied | "idOfValue";

const shownFor = 3000;

/** Copies something that is no secret, and says so in the status bar. */
export async function copyPlain(text: string, what: Confirmed, count: number): Promise<void> {
  await env.clipboard.writeText(text);
  window.setStatusBarMessage(`$(check) ${copiedText(what, count)}`, shownFor);
}

function copiedText(what: Confirmed, count: number): string {
  if (count === 1) {
    switch (what) {
      case "id":
        return l10n.t("Key ID copied");
      case "idOfValue":
        return l10n.t("API key ID copied, not the value");
      case "name":
        return l10n.t("Name copied");
      case "fingerprint":
        return l10n.t("Fingerprint copied");
      case "json":
        return l10n.t("Key copied as JSON");
    }
  }
  switch (what) {
    case "id":
      return l10n.t("{0} key IDs copied", countText(count));
    case "idOfValue":
      return l10n.t("{0} API key IDs copied, not the values", countText(count));
    case "name":
      return l10n.t("{0} names copied", countText(count));
    case "fingerprint":
      return l10n.t("{0} fingerprints copied", countText(count));
    case "json":
      return l10n.t("{0} keys copied as JSON", countText(count));
  }
}
