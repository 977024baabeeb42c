import { element, fillIn } from "./element.ts";
import type { Column, PageFinding, PageKey, PageReport, PageTexts } from "./protocol.ts";
import { glyph, toneOf } from "./shape.ts";
import { nextOrder, sortKeys, type Order } from "./sortKeys.ts";

const columns: readonly Column[] = ["name", "kind", "owner", "age", "state", "findings"];

/** A table of a hundred thousand rows would freeze the page: the rest comes when it is asked for. */
const rowsAtATime = 200;

export interface TableActions {
  readonly reveal: (id: string) => void;
  readonly act: (id: string) => void;
  readonly ordered: (order: Order) => void;
}

/** The keys as a table with a button in the head of each column that sorts by it. */
export class KeyTable {
  readonly node = element("section", { class: "table-section" });
  readonly #actions: TableActions;
  readonly #count = element("p", { class: "count", role: "status" });
  readonly #body = element("tbody");
  readonly #foot = element("div", { class: "foot" });
  readonly #heads = new Map<Column, HTMLTableCellElement>();
  #order: Order;
  #keys: readonly PageKey[] = [];
  #total = 0;
  #limit = rowsAtATime;
  #texts: PageTexts | undefined;
  #kinds: PageReport["kinds"] | undefined;

  constructor(order: Order, actions: TableActions) {
    this.#order = order;
    this.#actions = actions;
  }

  /** Takes up a new report. */
  begin(report: PageReport, texts: PageTexts, ...before: readonly HTMLElement[]): void {
    this.#texts = texts;
    this.#kinds = report.kinds;
    this.#total = report.keys.length;
    this.node.hidden = report.keys.length === 0;
    const heads = columns.map((column) => this.#head(column, texts.columns[column]));
    const action = element("th", { scope: "col" }, texts.action);
    const head = element("thead", {}, element("tr", {}, ...heads, action));
    this.node.replaceChildren(
      element("h2", { id: "table-title" }, texts.tableTitle),
      ...before,
      this.#count,
      element(
        "div",
        { class: "scroller" },
        element("table", { "aria-labelledby": "table-title" }, head, this.#body),
      ),
      this.#foot,
    );
  }

  /** Shows these keys of the report. */
  show(keys: readonly PageKey[]): void {
    this.#keys = sortKeys(keys, this.#order, document.documentElement.lang);
    this.#limit = rowsAtATime;
    this.#render();
  }

  /** Moves the focus to the row of a key. */
  focus(id: string): void {
    const index = this.#keys.findIndex((key) => key.id === id);
    if (index < 0) return;
    while (index >= this.#limit) this.#limit += rowsAtATime;
    this.#render();
    const row = this.#body.rows[index];
    row?.scrollIntoView({ block: "center" });
    row?.querySelector("button")?.focus();
  }

  /** The place of the row that has the keyboard. */
  get focusedRow(): number | undefined {
    const rows = [...this.#body.rows];
    const index = rows.findIndex((row) => row.contains(document.activeElement));
    return index < 0 ? undefined : index;
  }

  /** Gives the keyboard to the row in this place, or to the last one. */
  focusRow(index: number): void {
    const { rows } = this.#body;
    rows[Math.min(index, rows.length - 1)]?.querySelector("button")?.focus();
  }

  #head(column: Column, title: string): HTMLTableCellElement {
    const button = element("button", { type: "button" }, title);
    const arrow = element("span", { class: "arrow", "aria-hidden": "true" });
    button.append(arrow);
    button.addEventListener("click", () => {
      this.#order = nextOrder(this.#order, column);
      this.#actions.ordered(this.#order);
      this.show(this.#keys);
    });
    const head = element("th", { scope: "col", class: `column-${column}` }, button);
    this.#heads.set(column, head);
    return head;
  }

  #render(): void {
    const [texts, kinds] = [this.#texts, this.#kinds];
    if (!texts || !kinds) return;
    for (const [column, head] of this.#heads) {
      const isSorted = column === this.#order.column;
      const { direction } = this.#order;
      head.setAttribute("aria-sort", isSorted ? direction : "none");
      const arrow = head.querySelector(".arrow");
      if (arrow) arrow.textContent = isSorted ? (direction === "ascending" ? "↑" : "↓") : "";
    }
    const shown = this.#keys.slice(0, this.#limit);
    this.#body.replaceChildren(...shown.map((key) => this.#row(key, texts, kinds[key.kind])));
    const isNone = this.#keys.length === 0;
    const count = fillIn(texts.shown, this.#keys.length, this.#total);
    this.#count.textContent = isNone ? texts.noneShown : count;
    this.#foot.replaceChildren(...this.#more(texts));
  }

  #more(texts: PageTexts): readonly HTMLElement[] {
    if (this.#keys.length <= this.#limit) return [];
    const label = fillIn(texts.showMore, this.#limit, this.#keys.length);
    const button = element("button", { type: "button", class: "secondary" }, label);
    button.addEventListener("click", () => {
      const first = this.#limit;
      this.#limit += rowsAtATime;
      this.#render();
      this.#body.rows[first]?.querySelector("button")?.focus();
    });
    return [button];
  }

  #row(key: PageKey, texts: PageTexts, kind: string): HTMLTableRowElement {
    const name = element(
      "button",
      { type: "button", class: "name", "aria-label": fillIn(texts.reveal, key.name) },
      key.name,
    );
    name.addEventListener("click", () => this.#actions.reveal(key.id));
    return element(
      "tr",
      {},
      element(
        "th",
        { scope: "row" },
        element(
          "span",
          { class: "name-line" },
          glyph(key.kind, toneOf(key)),
          element("span", {}, name, detail(key.detail)),
        ),
      ),
      element("td", { class: "kind" }, kind),
      element("td", { class: "owner" }, key.owner, detail(key.ownerDetail)),
      element("td", { class: "age" }, key.age, detail(key.since)),
      element("td", {}, key.state),
      element("td", { class: "findings-cell" }, findingList(key.findings, texts)),
      element("td", { class: "action" }, this.#action(key)),
    );
  }

  #action({ id, name, action }: PageKey): HTMLElement | undefined {
    if (action === undefined) return undefined;
    const label = `${action}: ${name}`;
    const button = element(
      "button",
      { type: "button", class: "link", "aria-label": label },
      action,
    );
    button.addEventListener("click", () => this.#actions.act(id));
    return button;
  }
}

/** What stands below a value in smaller letters. */
function detail(text: string): HTMLElement | undefined {
  return text === "" ? undefined : element("span", { class: "detail" }, text);
}

function findingList(
  findings: readonly PageFinding[],
  { needsCare }: PageTexts,
): HTMLElement | undefined {
  if (findings.length === 0) return undefined;
  const items = findings.map(({ severity, text }) => {
    const mark = element("span", { class: "sign", role: "img", "aria-label": needsCare }, "!");
    return element("li", { class: severity }, severity === "care" ? mark : undefined, text);
  });
  return element("ul", { class: "findings" }, ...items);
}
