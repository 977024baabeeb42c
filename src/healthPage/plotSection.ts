import { element, fillIn } from "./element.ts";
import { drawPlot, legend, type DrawnDot } from "./plot.ts";
import type { PageKey, PageReport, PageTexts } from "./protocol.ts";

interface Shown {
  readonly report: PageReport;
  readonly keys: readonly PageKey[];
  readonly texts: PageTexts;
}

/**
 * The plot with its legend and its hover. The marks are one stop of the Tab key; the arrow keys go
 * from mark to mark, and Enter goes to the key in the table.
 */
export class PlotSection {
  readonly node = element("section", { class: "plot-section" });
  readonly #choose: (keys: readonly PageKey[]) => void;
  readonly #canvas = element("div", { class: "canvas" });
  readonly #tip = element("div", { class: "tip", "aria-hidden": "true", hidden: true });
  #lanes: readonly (readonly DrawnDot[])[] = [];
  #shown: Shown | undefined;
  #width = 0;

  constructor(choose: (keys: readonly PageKey[]) => void) {
    this.#choose = choose;
    new ResizeObserver(() => this.#draw(false)).observe(this.#canvas);
    this.#canvas.addEventListener("keydown", (event) => this.#onKey(event));
    // A hover can be put away without moving the mouse or the focus.
    document.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") this.#tip.hidden = true;
    });
  }

  show(shown: Shown): void {
    this.#shown = shown;
    const { texts, keys } = shown;
    const withoutAge = keys.filter(({ days }) => days === undefined).length;
    this.node.hidden = shown.report.keys.length === 0;
    this.node.replaceChildren(
      element("h2", {}, texts.plotTitle),
      legend(texts),
      this.#canvas,
      element("p", { id: "plot-hint", class: "hint" }, texts.plotHint),
      ...(withoutAge > 0 ? [element("p", {}, fillIn(texts.plotWithoutAge, withoutAge))] : []),
    );
    this.#draw(true);
  }

  #draw(isNew: boolean): void {
    const width = Math.floor(this.#canvas.clientWidth);
    if (!this.#shown || width <= 0 || (!isNew && width === this.#width)) return;
    this.#width = width;
    const { report, keys, texts } = this.#shown;
    const { svg, lanes } = drawPlot(report, keys, texts, width);
    this.#lanes = lanes;
    this.#tip.hidden = true;
    this.#canvas.replaceChildren(svg, this.#tip);
    for (const dot of lanes.flat()) this.#listen(dot);
    // The first stop is the oldest mark of the first lane.
    lanes[0]?.[0]?.node.setAttribute("tabindex", "0");
  }

  #listen(dot: DrawnDot): void {
    const { node, keys } = dot;
    node.addEventListener("click", () => this.#choose(keys));
    node.addEventListener("mouseenter", () => this.#showTip(dot));
    node.addEventListener("mouseleave", () => (this.#tip.hidden = true));
    node.addEventListener("focus", () => {
      for (const other of this.#lanes.flat()) other.node.setAttribute("tabindex", "-1");
      node.setAttribute("tabindex", "0");
      this.#showTip(dot);
    });
    node.addEventListener("blur", () => (this.#tip.hidden = true));
  }

  #showTip({ keys, x, y, spoken }: DrawnDot): void {
    const [only] = keys;
    const lines =
      only && keys.length === 1
        ? [
            element("strong", {}, only.name),
            element("span", {}, [only.age, only.owner].filter((text) => text !== "").join(" · ")),
            ...only.findings.map(({ text, severity }) =>
              element("span", { class: severity }, text),
            ),
          ]
        : [element("span", {}, spoken)];
    this.#tip.replaceChildren(...lines);
    this.#tip.hidden = false;
    const room = this.#canvas.clientWidth - this.#tip.offsetWidth;
    this.#tip.style.left = `${Math.max(0, Math.min(x - this.#tip.offsetWidth / 2, room))}px`;
    this.#tip.style.top = `${y + 14}px`;
  }

  #onKey(event: KeyboardEvent): void {
    const lane = this.#lanes.findIndex((dots) => dots.some(({ node }) => node === event.target));
    const dots = this.#lanes[lane];
    const index = dots?.findIndex(({ node }) => node === event.target) ?? -1;
    const dot = dots?.[index];
    if (!dots || !dot) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.#choose(dot.keys);
      return;
    }
    const next = this.#nextDot(event.key, dots, index, lane);
    if (!next) return;
    event.preventDefault();
    next.node.focus();
  }

  #nextDot(
    key: string,
    dots: readonly DrawnDot[],
    index: number,
    lane: number,
  ): DrawnDot | undefined {
    switch (key) {
      case "ArrowLeft":
        return dots[index - 1];
      case "ArrowRight":
        return dots[index + 1];
      case "Home":
        return dots[0];
      case "End":
        return dots.at(-1);
      case "ArrowUp":
        return nearest(this.#lanes[lane - 1], dots[index]?.x);
      case "ArrowDown":
        return nearest(this.#lanes[lane + 1], dots[index]?.x);
      default:
        return undefined;
    }
  }
}

function nearest(dots: readonly DrawnDot[] | undefined, x = 0): DrawnDot | undefined {
  const distance = (dot: DrawnDot) => Math.abs(dot.x - x);
  return dots?.reduce((best, dot) => (distance(dot) < distance(best) ? dot : best));
}
