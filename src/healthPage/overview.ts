import { element } from "./element.ts";
import type { FromPage, PageGap, PageReport, PageTexts, ToPage } from "./protocol.ts";

type Reading = ToPage & { readonly kind: "reading" };

/** The head of the page: how the keys are doing, how far the reading is, and what is missing. */
export class Overview {
  readonly node = element("header", {});
  readonly #send: (message: FromPage) => void;
  readonly #title = element("h1");
  readonly #headline = element("p", { class: "headline", role: "status" });
  readonly #details = element("div", { class: "details" });
  readonly #progress = element("progress", { max: 1 });
  readonly #progressText = element("span", { id: "progress-text" });
  readonly #reading: HTMLElement;
  readonly #gaps = element("section", { class: "gaps" });
  readonly #cancel = element("button", { type: "button", class: "secondary" });
  readonly #again = element("button", { type: "button", class: "secondary" });

  constructor(send: (message: FromPage) => void) {
    this.#send = send;
    this.#progress.setAttribute("aria-labelledby", "progress-text");
    const bar = element("div", { class: "bar" }, this.#progress, this.#cancel);
    this.#reading = element("div", { class: "reading" }, this.#progressText, bar);
    this.#cancel.addEventListener("click", () => this.#send({ kind: "cancel" }));
    this.#again.addEventListener("click", () => this.#send({ kind: "readAgain" }));
    const words = element("div", { class: "words" }, this.#title, this.#headline, this.#details);
    this.node.append(
      element("div", { class: "top" }, words, this.#again),
      this.#reading,
      this.#gaps,
    );
  }

  showReading({ texts, progress, share }: Reading): void {
    this.#label(texts);
    const hadFocus = document.activeElement === this.#again;
    this.#progressText.textContent = progress;
    if (share === undefined) this.#progress.removeAttribute("value");
    else this.#progress.value = share;
    this.#reading.hidden = false;
    this.#again.hidden = true;
    if (hadFocus) this.#cancel.focus();
  }

  showReport(report: PageReport, texts: PageTexts): void {
    this.#label(texts);
    const hadFocus = document.activeElement === this.#cancel;
    this.#headline.textContent = report.headline;
    this.#details.replaceChildren(...report.details.map((text) => element("p", {}, text)));
    this.#gaps.replaceChildren(...gapList(report.gaps, texts));
    this.#gaps.hidden = report.gaps.length === 0;
    this.#reading.hidden = true;
    this.#again.hidden = false;
    if (hadFocus) this.#again.focus();
  }

  #label(texts: PageTexts): void {
    this.#title.textContent = texts.title;
    this.#cancel.textContent = texts.cancel;
    this.#again.textContent = texts.readAgain;
  }
}

function gapList(gaps: readonly PageGap[], texts: PageTexts): readonly HTMLElement[] {
  const items = gaps.map(({ severity, place, text }) =>
    element("li", { class: severity }, element("strong", {}, place), ` ${text}`),
  );
  return [element("h2", {}, texts.gapsTitle), element("ul", {}, ...items)];
}
