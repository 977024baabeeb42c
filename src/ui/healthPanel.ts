import { randomBytes } from "node:crypto";
import { env, l10n, Uri, ViewColumn, window, type Disposable, type WebviewPanel } from "vscode";
import type { FromPage, ToPage } from "../healthPage/protocol.ts";
import { isRecord } from "../ncloud/decode.ts";
import type { Collected, ReadingState } from "../report/healthReport.ts";
import { healthPageHtml } from "../report/healthPageHtml.ts";
import type { KeyOnly } from "../report/keyHealth.ts";
import { slicesOf } from "../report/slicesOf.ts";
import { say } from "./ask.ts";
import type { HealthPage, HealthPageEvents, HealthPages } from "./healthPage.ts";
import { PageReportText, type Ended } from "./healthReportText.ts";
import { keyName, pageTexts, progressText } from "./healthTexts.ts";
import { onDidChangeKeyAgeWarningDays } from "./keyAgeSetting.ts";
import { plainInMessage } from "./plainText.ts";

const viewType = "ncloudKeys.health";

export class HealthPanels implements HealthPages {
  readonly #extensionUri: Uri;
  #opened: HealthPage | undefined;

  /** @param extensionUri where the extension is installed */
  constructor(extensionUri: Uri) {
    this.#extensionUri = extensionUri;
  }

  get opened(): HealthPage | undefined {
    return this.#opened;
  }

  open(accountLabel: string | undefined, events: HealthPageEvents): HealthPage {
    const closed = () => {
      this.#opened = undefined;
      events.closed();
    };
    this.#opened = new HealthPanel(this.#extensionUri, accountLabel, { ...events, closed });
    return this.#opened;
  }
}

interface Shown {
  readonly state: ReadingState;
  readonly collected: Collected;
}

/**
 * The page in the editor area. It keeps nothing while it is hidden: it is loaded anew when it comes
 * back, asks for what there is, and is given it. A reload of the window closes it.
 */
class HealthPanel implements HealthPage {
  readonly #panel: WebviewPanel;
  readonly #accountLabel: string | undefined;
  readonly #subscriptions: Disposable[] = [];
  #shown: Shown | undefined;
  /** Of what is being sent: the latest wins. */
  #sending = new AbortController();

  constructor(extensionUri: Uri, accountLabel: string | undefined, events: HealthPageEvents) {
    const folder = Uri.joinPath(extensionUri, "dist", "health");
    this.#accountLabel = accountLabel;
    this.#panel = window.createWebviewPanel(viewType, l10n.t("Key Health"), ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [folder],
    });
    const { webview } = this.#panel;
    this.#subscriptions.push(
      onDidChangeKeyAgeWarningDays(() => this.#send()),
      webview.onDidReceiveMessage((message: unknown) => this.#receive(message, events)),
      this.#panel.onDidDispose(() => {
        this.#sending.abort();
        for (const subscription of this.#subscriptions) subscription.dispose();
        events.closed();
      }),
    );
    const address = (file: string) => webview.asWebviewUri(Uri.joinPath(folder, file)).toString();
    webview.html = healthPageHtml({
      language: env.language,
      title: this.#panel.title,
      script: address("main.js"),
      style: address("page.css"),
      nonce: randomBytes(18).toString("base64"),
    });
  }

  show(state: ReadingState, collected: Collected): void {
    this.#shown = { state, collected };
    this.#send();
  }

  focus(): void {
    this.#panel.reveal();
  }

  sayGone(key: KeyOnly): void {
    say(
      "warning",
      l10n.t(
        "“{0}” is not in the sidebar. It may be gone: read the keys again.",
        plainInMessage(keyName(key)),
      ),
    );
  }

  close(): void {
    this.#panel.dispose();
  }

  #send(): void {
    this.#sending.abort();
    this.#sending = new AbortController();
    const { signal } = this.#sending;
    if (!this.#shown) return;
    const { state, collected } = this.#shown;
    if (state.status === "reading") {
      const { answered, known } = state;
      const share = known === 0 ? undefined : answered / known;
      const progress = progressText(answered, known);
      this.#post({ kind: "reading", texts: pageTexts(), progress, share });
      return;
    }
    void this.#sendReport(state, collected, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }

  /** The keys go in slices: to make their texts, and the message of all of them, takes a while. */
  async #sendReport(state: Ended, collected: Collected, signal: AbortSignal): Promise<void> {
    const text = new PageReportText();
    let isFirst = true;
    for await (const slice of slicesOf(collected.keys, signal)) {
      this.#post({ kind: "keys", isFirst, keys: slice.map(([id, key]) => text.key(id, key)) });
      isFirst = false;
    }
    const report = text.summary(state, collected, this.#accountLabel);
    this.#post({ kind: "report", texts: pageTexts(), report });
  }

  #post(message: ToPage): void {
    void this.#panel.webview.postMessage(message);
  }

  #receive(value: unknown, events: HealthPageEvents): void {
    const message = decodeMessage(value);
    switch (message?.kind) {
      case "ready":
        this.#send();
        return;
      case "cancel":
        events.cancel();
        return;
      case "readAgain":
        events.readAgain();
        return;
      case "reveal":
      case "act": {
        const key = this.#shown?.collected.keys.get(message.id);
        if (key) events[message.kind](key);
        return;
      }
      case undefined:
    }
  }
}

/** What a page says is looked at like what a server says; anything else than the known is nothing. */
function decodeMessage(value: unknown): FromPage | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, id } = value;
  switch (kind) {
    case "ready":
    case "cancel":
    case "readAgain":
      return { kind };
    case "reveal":
    case "act":
      return typeof id === "string" ? { kind, id } : undefined;
    default:
      return undefined;
  }
}
