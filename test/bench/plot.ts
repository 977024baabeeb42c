import type { Size } from "./row.ts";

interface Line {
  readonly title: string;
  readonly className: string;
  readonly valueOf: (size: Size) => number;
}

interface Panel {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly textOf: (value: number) => string;
}

const panels: readonly Panel[] = [
  {
    title: "Load all keys",
    textOf: milliseconds,
    lines: [
      { title: "Ncloud Keys", className: "ours", valueOf: ({ loadMs }) => loadMs },
      { title: "bare loop", className: "bare", valueOf: ({ bareLoadMs }) => bareLoadMs },
    ],
  },
  {
    title: "Find, one keystroke",
    textOf: milliseconds,
    lines: [{ title: "Ncloud Keys", className: "ours", valueOf: ({ findMs }) => findMs }],
  },
  {
    title: "Memory held for Find",
    textOf: (bytes) => `${shortNumber(bytes / 1024 / 1024)} MB`,
    lines: [{ title: "Ncloud Keys", className: "ours", valueOf: ({ heapBytes }) => heapBytes }],
  },
];

const width = 300;
const height = 250;
const margin = { left: 30, right: 24, top: 48, bottom: 40 };

/**
 * What a number of keys costs, both axes logarithmic: a cost that grows with the number of keys, and
 * not faster, is a line no steeper than the grey diagonal.
 */
export function plotOf(sizes: readonly Size[]): string {
  const drawn = panels.map((panel, index) => panelOf(panel, sizes, index * width));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${panels.length * width} ${height}" role="img" aria-label="Cost of 1,000, 10,000 and 100,000 keys">
<style>
  text { font: 12px system-ui, sans-serif; fill: #57606a; }
  .title { font-weight: 600; fill: #24292f; }
  .background { fill: #fff; }
  .axis, .slope { fill: none; stroke: #d0d7de; }
  .slope { stroke: #8c959f; stroke-dasharray: 3 3; }
  .ours { stroke: #0969da; fill: #0969da; }
  .bare { stroke: #8250df; fill: #8250df; }
  polyline { fill: none !important; stroke-width: 2; }
  text.ours, text.bare { stroke: none; }
</style>
<rect class="background" width="100%" height="100%"/>
${drawn.join("\n")}
</svg>
`;
}

function panelOf({ title, lines, textOf }: Panel, sizes: readonly Size[], left: number): string {
  const values = lines.flatMap(({ valueOf }) => sizes.map(valueOf));
  const keys = sizes.map((size) => size.keys);
  const x = scale(keys, left + margin.left + 34, left + width - margin.right - 20);
  // Ten times the cost for ten times the keys, from what the fewest cost.
  const least = lines[0]!.valueOf(sizes[0]!);
  const most = (least * keys.at(-1)!) / keys[0]!;
  const y = scale([...values, most], height - margin.bottom - 24, margin.top + 12);
  const slope = `M${place(x(keys[0]!), y(least))}L${place(x(keys.at(-1)!), y(most))}`;
  const bottom = height - margin.bottom;
  const parts = [
    `<text class="title" x="${left + margin.left}" y="20">${title}</text>`,
    `<path class="axis" d="M${left + margin.left} ${margin.top}V${bottom}H${left + width - margin.right}"/>`,
    ...keys.map((count) => text(x(count), bottom + 18, count.toLocaleString("en"), "", "middle")),
    `<path class="slope" d="${slope}"/>`,
  ];
  for (const [index, { title: name, className, valueOf }] of lines.entries()) {
    const points = sizes.map((size) => [x(size.keys), y(valueOf(size))] as const);
    const corners = points.map(([px, py]) => `${round(px)},${round(py)}`).join(" ");
    parts.push(
      text(left + margin.left + index * 90, 38, name, className, "start"),
      `<polyline class="${className}" points="${corners}"/>`,
      ...points.map(
        ([px, py]) => `<circle class="${className}" cx="${round(px)}" cy="${round(py)}" r="3"/>`,
      ),
    );
    // A second line runs close to the first, and its figures stand below.
    const shift = index === 0 ? -9 : 18;
    parts.push(
      ...sizes.map((size, at) => {
        const [px, py] = points[at]!;
        return text(
          px,
          py + shift,
          textOf(valueOf(size)),
          className,
          index === 0 ? "end" : "start",
        );
      }),
    );
  }
  return parts.join("\n");
}

/** From values to places, by their logarithms. */
function scale(values: readonly number[], from: number, to: number): (value: number) => number {
  const [least, most] = [Math.log10(Math.min(...values)), Math.log10(Math.max(...values))];
  return (value) => from + ((Math.log10(value) - least) / (most - least)) * (to - from);
}

function place(x: number, y: number): string {
  return `${round(x)} ${round(y)}`;
}

function text(x: number, y: number, content: string, className: string, anchor: string): string {
  const name = className === "" ? "" : ` class="${className}"`;
  return `<text${name} x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${content}</text>`;
}

function round(value: number): string {
  return value.toFixed(1);
}

function milliseconds(ms: number): string {
  return ms >= 1000 ? `${shortNumber(ms / 1000)} s` : `${shortNumber(ms)} ms`;
}

function shortNumber(value: number): string {
  return value >= 10 ? value.toFixed(0) : value.toFixed(value >= 1 ? 1 : 2);
}
