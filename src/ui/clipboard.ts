import { env, l10n, window } from "vscode";
import { countText } from "./age.ts";

/** What was put on the clipboard, for the sentence that confirms it. */
export type Copied = "id" | "name" | "fingerprint" | "json";

const shownFor = 3000;

/** Copies something that is no secret, and says so in the status bar. */
export async function copyPlain(text: string, what: Copied, count: number): Promise<void> {
  await env.clipboard.writeText(text);
  window.setStatusBarMessage(`$(check) ${copiedText(what, count)}`, shownFor);
}

function copiedText(what: Copied, count: number): string {
  if (count === 1) {
    switch (what) {
      case "id":
        return l10n.t("Key ID copied");
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
    case "name":
      return l10n.t("{0} names copied", countText(count));
    case "fingerprint":
      return l10n.t("{0} fingerprints copied", countText(count));
    case "json":
      return l10n.t("{0} keys copied as JSON", countText(count));
  }
}
