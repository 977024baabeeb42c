import { element } from "./element.ts";
import { kindsInOrder } from "./plot.ts";
import type { KeyKind, PageKey, PageReport, PageTexts } from "./protocol.ts";

/** Which keys are shown: all, those that need care, one kind, or those of one mark of the plot. */
export type Filter =
  | { readonly kind: "all" | "care" | KeyKind }
  | { readonly kind: "some"; readonly ids: ReadonlySet<string> };

export function passes(filter: Filter, key: PageKey): boolean {
  switch (filter.kind) {
    case "all":
      return true;
    case "care":
      return key.needsCare;
    case "some":
      return filter.ids.has(key.id);
    default:
      return key.kind === filter.kind;
  }
}

/** One button a filter, with how many keys it shows; pressed is the one that holds. */
export function filterChips(
  report: PageReport,
  texts: PageTexts,
  filter: Filter,
  choose: (filter: Filter) => void,
): HTMLElement {
  const chip = (candidate: Filter, title: string) => {
    const count = report.keys.filter((key) => passes(candidate, key)).length;
    const isPressed = candidate.kind === filter.kind;
    const button = element(
      "button",
      { type: "button", class: "chip", "aria-pressed": String(isPressed) },
      `${title} `,
      element("span", { class: "number" }, String(count)),
    );
    button.addEventListener("click", () => choose(candidate));
    return { candidate, count, button };
  };
  const chips = [
    chip({ kind: "all" }, texts.all),
    chip({ kind: "care" }, texts.needsCare),
    ...kindsInOrder.map((kind) => chip({ kind }, report.groups[kind])),
    ...(filter.kind === "some" ? [chip(filter, texts.groupChip)] : []),
  ];
  // A filter that shows nothing is not worth its place, unless it is the one that holds.
  const useful = chips.filter(
    ({ candidate, count }) => count > 0 || candidate.kind === filter.kind,
  );
  return element(
    "div",
    { class: "chips", role: "group", "aria-label": texts.filters },
    ...useful.map(({ button }) => button),
  );
}
