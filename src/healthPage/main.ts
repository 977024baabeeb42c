import { filterChips, passes, type Filter } from "./filterChips.ts";
import { KeyTable } from "./keyTable.ts";
import { element } from "./element.ts";
import { Overview } from "./overview.ts";
import { PlotSection } from "./plotSection.ts";
import type { FromPage, PageKey, PageReport, PageTexts, ToPage } from "./protocol.ts";
import { firstOrder, type Order } from "./sortKeys.ts";

/** What the editor keeps of a page that is behind another one: how the table stood, and no key. */
interface Kept {
  readonly order: Order;
}

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): Kept | undefined;
  setState(state: Kept): void;
};

const editor = acquireVsCodeApi();
const send = (message: FromPage): void => editor.postMessage(message);

const overview = new Overview(send);
const plot = new PlotSection(choose);
const table = new KeyTable(editor.getState()?.order ?? firstOrder, {
  reveal: (id) => send({ kind: "reveal", id }),
  act: (id) => send({ kind: "act", id }),
  ordered: (order) => editor.setState({ order }),
});
const chips = element("div");
document.body.append(element("main", {}, overview.node, plot.node, table.node));

let filter: Filter = { kind: "all" };
let coming: PageKey[] = [];
let shown: { readonly report: PageReport; readonly texts: PageTexts } | undefined;

window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
  if (data.kind === "reading") {
    overview.showReading(data);
    return;
  }
  if (data.kind === "keys") {
    if (data.isFirst) coming = [];
    coming.push(...data.keys);
    return;
  }
  // A change while this window has the keyboard elsewhere must not take it away from there.
  const place = document.hasFocus() ? table.focusedRow : undefined;
  const { texts } = data;
  const report = { ...data.report, keys: coming };
  shown = { report, texts };
  if (!coming.some((key) => passes(filter, key))) filter = { kind: "all" };
  overview.showReport(report, texts);
  table.begin(report, texts, chips);
  applyFilter();
  if (place !== undefined) table.focusRow(place);
});

/** A mark of the plot leads to its row; one that stands for several keys to a table of these. */
function choose(keys: readonly PageKey[]): void {
  const [first] = keys;
  if (!first) return;
  const isHidden = !passes(filter, first);
  if (keys.length > 1) filter = { kind: "some", ids: new Set(keys.map(({ id }) => id)) };
  else if (isHidden) filter = { kind: "all" };
  if (keys.length > 1 || isHidden) applyFilter();
  table.focus(first.id);
}

function applyFilter(): void {
  if (!shown) return;
  const { report, texts } = shown;
  const hadFocus = chips.contains(document.activeElement);
  chips.replaceChildren(
    filterChips(report, texts, filter, (chosen) => {
      filter = chosen;
      applyFilter();
    }),
  );
  if (hadFocus) chips.querySelector<HTMLElement>("[aria-pressed=true]")?.focus();
  const keys = report.keys.filter((key) => passes(filter, key));
  // The keys of one mark are looked at beside the others, and not instead of them.
  plot.show({ report, texts, keys: filter.kind === "some" ? report.keys : keys });
  table.show(keys);
}

send({ kind: "ready" });
