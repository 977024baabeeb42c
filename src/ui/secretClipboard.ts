import { createHash } from "node:crypto";
import { env, l10n, window, type Disposable } from "vscode";
import type { Secret } from "../ncloud/secret.ts";
import { clipboardClearSeconds } from "./clipboardSetting.ts";
import { plainInPick } from "./plainText.ts";

/** What kind of secret was put on the clipboard, for the sentence that confirms it. */
export type CopiedSecret = "primary" | "secondary" | "secretKey";

const shownFor = 5000;

/**
 * Puts secrets on the clipboard, and takes each away again after a while if it is still there. The
 * value is not kept for that: its hash is enough to recognise it.
 */
export class SecretClipboard implements Disposable {
  #pending: { readonly timer: NodeJS.Timeout; readonly clear: () => Promise<void> } | undefined;

  /** @param of the name or ID of the key whose secret it is */
  async copy(secret: Secret, what: CopiedSecret, of: string): Promise<void> {
    const value = secret.reveal();
    await env.clipboard.writeText(value);
    const seconds = clipboardClearSeconds();
    this.#stop();
    if (seconds > 0) this.#clearLater(hashOf(value), seconds);
    const title = copiedTitle(what);
    const key = plainInPick(of);
    const text =
      seconds > 0
        ? l10n.t("{0} of {1} copied; the clipboard is cleared in {2} s", title, key, seconds)
        : l10n.t("{0} of {1} copied", title, key);
    window.setStatusBarMessage(`$(check) ${text}`, shownFor);
  }

  /** Whoever closes the window would else take the secret along. */
  dispose(): void {
    const { clear } = this.#pending ?? {};
    this.#stop();
    void clear?.();
  }

  #clearLater(hash: string, seconds: number): void {
    const clear = async () => {
      try {
        if (hashOf(await env.clipboard.readText()) === hash) await env.clipboard.writeText("");
      } catch {
        // Another program holds the clipboard, or the window has gone: there is nobody to tell.
      }
    };
    const timer = setTimeout(() => {
      this.#pending = undefined;
      void clear();
    }, seconds * 1000);
    this.#pending = { timer, clear };
  }

  #stop(): void {
    clearTimeout(this.#pending?.timer);
    this.#pending = undefined;
  }
}

function hashOf(value: string): string {
  return createHash("sha256").update(value).digest("base64");
}

function copiedTitle(what: CopiedSecret): string {
  switch (what) {
    case "primary":
      return l10n.t("Primary key");
    case "secondary":
      return l10n.t("Secondary key");
    case "secretKey":
      return l10n.t("Secret key");
  }
}
