/** One key that has a place on the time line. */
export interface Point<Item> {
  readonly x: number;
  readonly item: Item;
}

/** A mark of the plot: one key, or several that would cover one another. */
export interface Dot<Item> {
  readonly x: number;
  /** From the middle of the lane, downwards. */
  readonly y: number;
  readonly radius: number;
  /** From left to right; never empty. */
  readonly items: readonly Item[];
}

export interface Lane<Item> {
  /** From left to right. */
  readonly dots: readonly Dot<Item>[];
  /** How far they reach from the middle of the lane. */
  readonly above: number;
  readonly below: number;
}

export const dotRadius = 5;
const pitch = 2 * dotRadius + 2;
/** Rows of dots on either side of the middle; more of them would make a wall. */
const mostRows = 3;
const bubbleWidth = 34;
const mostBubbleRadius = bubbleWidth / 2 - 1;
const leastBubbleRadius = 9;

/**
 * Places the keys of one kind so that no mark covers another: side by side where there is room, in
 * rows above and below the middle where they crowd, and counted in bubbles where even that is full.
 */
export function layOutLane<Item>(points: readonly Point<Item>[]): Lane<Item> {
  const sorted = [...points].sort((a, b) => a.x - b.x);
  const dots = swarm(sorted) ?? bubbles(sorted);
  const above = Math.max(...dots.map(({ y, radius }) => radius - y), dotRadius);
  const below = Math.max(...dots.map(({ y, radius }) => radius + y), dotRadius);
  return { dots, above, below };
}

/** Each key as a dot of its own; undefined when they are too many for that. */
function swarm<Item>(sorted: readonly Point<Item>[]): readonly Dot<Item>[] | undefined {
  const ends = new Map<number, number>();
  const rows = Array.from({ length: 2 * mostRows + 1 }, (_, index) => rowOf(index));
  const dots: Dot<Item>[] = [];
  for (const { x, item } of sorted) {
    const row = rows.find((candidate) => x - (ends.get(candidate) ?? -Infinity) >= pitch);
    if (row === undefined) return undefined;
    ends.set(row, x);
    dots.push({ x, y: row * pitch, radius: dotRadius, items: [item] });
  }
  return dots;
}

/** 0, -1, 1, -2, 2 …: from the middle outwards. */
function rowOf(index: number): number {
  return index % 2 === 0 ? index / 2 : -(index + 1) / 2;
}

/** Keys of about the same age as one mark, whose area says how many they are. */
function bubbles<Item>(sorted: readonly Point<Item>[]): readonly Dot<Item>[] {
  const columns = new Map<number, Point<Item>[]>();
  for (const point of sorted) {
    const column = Math.floor(point.x / bubbleWidth);
    const others = columns.get(column);
    if (others) others.push(point);
    else columns.set(column, [point]);
  }
  const most = Math.max(...[...columns.values()].map(({ length }) => length));
  return [...columns].map(([column, inside]) => ({
    x: (column + 0.5) * bubbleWidth,
    y: 0,
    radius: inside.length === 1 ? dotRadius : bubbleRadius(inside.length, most),
    items: inside.map(({ item }) => item),
  }));
}

function bubbleRadius(count: number, most: number): number {
  return Math.max(leastBubbleRadius, mostBubbleRadius * Math.sqrt(count / most));
}
