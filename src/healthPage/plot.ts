import { dotRadius, layOutLane, type Dot, type Point } from "./dotLayout.ts";
import { drawn, element, fillIn } from "./element.ts";
import type { KeyKind, PageKey, PageReport, PageTexts } from "./protocol.ts";
import { glyph, markOf, toneOf } from "./shape.ts";
import { marksWithRoom, timeScale, type TimeScale } from "./timeScale.ts";

export const kindsInOrder: readonly KeyKind[] = ["authKey", "apiKey", "accessKey"];

const margin = { top: 30, right: 34, bottom: 26, left: 12 };
const laneLabelHeight = 24;
const laneGap = 12;
const axisLabelRoom = 96;
const thresholdLabelRoom = 150;

type Aged = PageKey & { readonly days: number };

interface LaneOfKind {
  readonly kind: KeyKind;
  readonly dots: readonly Dot<Aged>[];
  readonly count: number;
  readonly top: number;
  /** Where the dots stand that have room beside one another. */
  readonly middle: number;
}

export interface Drawing {
  readonly svg: SVGSVGElement;
  /** The marks of each lane from left to right, with the keys each stands for. */
  readonly lanes: readonly (readonly DrawnDot[])[];
}

export interface DrawnDot {
  readonly node: SVGGElement;
  readonly keys: readonly PageKey[];
  readonly x: number;
  readonly y: number;
  readonly spoken: string;
}

/** Draws the ages of keys on a time line, a lane for each kind of key. */
export function drawPlot(
  report: PageReport,
  keys: readonly PageKey[],
  texts: PageTexts,
  width: number,
): Drawing {
  const inner = width - margin.left - margin.right;
  // Of all keys, so that the time line stays where it is when a filter hides some.
  const ages = report.keys.filter(hasAge).map(({ days }) => days);
  const scale = timeScale(ages, report.threshold?.days, inner);
  const { lanes, bottom } = stackLanes(keys.filter(hasAge), scale);
  const drawings = lanes.map((lane) => ({ lane, dots: drawDots(lane, texts) }));
  const svg = drawn(
    "svg",
    {
      ...{ class: "plot", width, height: bottom + margin.bottom, role: "group" },
      "aria-label": texts.plotTitle,
      "aria-describedby": "plot-hint",
    },
    ...drawThreshold(report, scale, bottom),
    drawAxis(report, scale, bottom),
    ...drawings.flatMap(({ lane, dots }) => [
      drawLaneLabel(lane, report.groups[lane.kind]),
      drawn("g", {}, ...dots.map(({ node }) => node)),
    ]),
  );
  return { svg, lanes: drawings.map(({ dots }) => dots) };
}

function hasAge(key: PageKey): key is Aged {
  return key.days !== undefined;
}

function stackLanes(keys: readonly Aged[], scale: TimeScale) {
  let top = margin.top;
  const lanes = kindsInOrder.flatMap((kind) => {
    const points = keys
      .filter((key) => key.kind === kind)
      .map((item): Point<Aged> => ({ x: margin.left + scale.x(item.days), item }));
    if (points.length === 0) return [];
    const { dots, above, below } = layOutLane(points);
    const middle = top + laneLabelHeight + above;
    const lane = { kind, dots, count: points.length, top, middle };
    top = middle + below + laneGap;
    return [lane];
  });
  return { lanes, bottom: top };
}

function drawDots(lane: LaneOfKind, texts: PageTexts): readonly DrawnDot[] {
  return lane.dots.map((dot) => {
    const y = lane.middle + dot.y;
    const spoken = spokenOf(dot.items, texts);
    const node = drawn("g", { class: "dot", role: "button", tabindex: -1, "aria-label": spoken });
    const ring = drawn("circle", { class: "ring", cx: dot.x, cy: y, r: dot.radius + 5 });
    node.append(ring, drawDot(lane.kind, dot, y));
    return { node, keys: dot.items, x: dot.x, y, spoken };
  });
}

function drawDot(kind: KeyKind, { x, radius, items }: Dot<Aged>, y: number): SVGElement {
  const [only, ...others] = items;
  if (only && others.length === 0) return markOf(kind, toneOf(only), x, y, dotRadius);
  const tone = items.some(({ needsCare }) => needsCare) ? "care" : "well";
  return drawn(
    "g",
    { class: "bubble", "data-tone": tone },
    drawn("circle", { class: "shape", cx: x, cy: y, r: radius }),
    drawn("text", { x, y, dy: "0.35em", "text-anchor": "middle" }, String(items.length)),
  );
}

/** What a mark is for who hears it. Of several keys: how many, of which ages, and how they are. */
function spokenOf(keys: readonly Aged[], texts: PageTexts): string {
  const [first, ...others] = keys;
  if (!first || others.length === 0) return first?.spoken ?? "";
  const byAge = [...keys].sort((a, b) => a.days - b.days);
  const range = fillIn(texts.group, keys.length, byAge[0]?.age ?? "", byAge.at(-1)?.age ?? "");
  const care = keys.filter(({ needsCare }) => needsCare).length;
  return care === 0 ? range : `${range} ${fillIn(texts.groupNeedsCare, care)}`;
}

function drawLaneLabel({ kind, top, count }: LaneOfKind, title: string): SVGElement {
  const y = top + 10;
  return drawn(
    "g",
    { class: "lane-label", "aria-hidden": "true" },
    markOf(kind, "plain", margin.left + 6, y, 4.5),
    drawn("text", { x: margin.left + 18, y, dy: "0.35em" }, `${title} · ${count}`),
  );
}

function drawAxis({ marks }: PageReport, scale: TimeScale, bottom: number): SVGElement {
  const right = margin.left + scale.x(0);
  const base = { class: "base", x1: margin.left, x2: right, y1: bottom, y2: bottom };
  return drawn(
    "g",
    { class: "axis", "aria-hidden": "true" },
    ...marksWithRoom(marks, scale, axisLabelRoom).flatMap(({ days, label }) => {
      const x = margin.left + scale.x(days);
      return [
        drawn("line", { class: "grid", x1: x, x2: x, y1: margin.top - 4, y2: bottom + 4 }),
        drawn("text", { x, y: bottom + 20, "text-anchor": "middle" }, label),
      ];
    }),
    drawn("line", base),
  );
}

function drawThreshold(
  { threshold }: PageReport,
  scale: TimeScale,
  bottom: number,
): readonly SVGElement[] {
  if (!threshold) return [];
  const x = margin.left + scale.x(threshold.days);
  const isRoomy = x - margin.left > thresholdLabelRoom;
  const label = isRoomy ? { x: x - 8, "text-anchor": "end" } : { x: x + 8 };
  return [
    drawn("rect", {
      ...{ class: "old-zone", x: margin.left, y: margin.top - 8 },
      ...{ width: x - margin.left, height: bottom - margin.top + 8 },
    }),
    drawn("line", { class: "threshold", x1: x, x2: x, y1: margin.top - 24, y2: bottom }),
    drawn(
      "text",
      { ...label, class: "threshold-label", y: margin.top - 14, "aria-hidden": "true" },
      isRoomy ? `← ${threshold.label}` : threshold.label,
    ),
  ];
}

/** What the marks mean, in words. */
export function legend(texts: PageTexts): HTMLElement {
  const entry = (tone: "care" | "well" | "off", text: string) =>
    element("li", {}, glyph("authKey", tone), text);
  return element(
    "ul",
    { class: "legend" },
    entry("care", texts.needsCare),
    entry("well", texts.well),
    entry("off", texts.off),
  );
}
