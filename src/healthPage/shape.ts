import { drawn } from "./element.ts";
import type { KeyKind, PageKey } from "./protocol.ts";

/** The outline that stands for a kind of key: a circle, a square or a triangle of about one area. */
function shapeOf(kind: KeyKind, x: number, y: number, radius: number): SVGElement {
  switch (kind) {
    case "authKey":
      return drawn("circle", { class: "shape", cx: x, cy: y, r: radius });
    case "apiKey": {
      const half = radius * 0.92;
      const size = 2 * half;
      return drawn("rect", {
        ...{ class: "shape", x: x - half, y: y - half, width: size, height: size, rx: 1.5 },
      });
    }
    case "accessKey": {
      const [top, bottom, side] = [y - radius * 1.15, y + radius * 0.85, radius * 1.15];
      const points = `${x},${top} ${x + side},${bottom} ${x - side},${bottom}`;
      return drawn("polygon", { class: "shape", points });
    }
  }
}

type Tone = "care" | "well" | "off";

/** How a key is doing, which is shown as filled, hollow or struck through, and by colour besides. */
export function toneOf({ needsCare, isOn }: Pick<PageKey, "needsCare" | "isOn">): Tone {
  if (needsCare) return "care";
  return isOn ? "well" : "off";
}

/** The mark of one key. */
export function markOf(kind: KeyKind, tone: Tone | "plain", x: number, y: number, radius: number) {
  const reach = radius + 1;
  const strike = { x1: x - reach, y1: y + reach, x2: x + reach, y2: y - reach };
  return drawn(
    "g",
    { class: "mark", "data-tone": tone },
    shapeOf(kind, x, y, radius),
    tone === "off" ? drawn("line", { class: "strike", ...strike }) : undefined,
  );
}

/** A mark as a small picture within a text, for the eye alone. */
export function glyph(kind: KeyKind, tone: Tone): SVGElement {
  return drawn(
    "svg",
    { class: "glyph", viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" },
    markOf(kind, tone, 8, 8, 5),
  );
}
