/** Maps an age in days to a place on the time line: the past at its left end, today at its right. */
export interface TimeScale {
  /** The oldest age that has a place. */
  readonly days: number;
  /** From the left end, in the unit of the width. */
  readonly x: (days: number) => number;
}

/** Up to here a day is a day; beyond it, the older a key is the less a day says. */
const linearDays = 30;
/** Room to the left of the oldest key and of the threshold, so that neither stands on the edge. */
const headroom = 1.3;

/**
 * Ages run from hours to many years and most lie within the last one: on a linear scale the weeks
 * before the threshold would be a few pixels, and a logarithmic one has no place for today. This
 * one is linear within the first month and turns into a logarithm after it.
 *
 * @param ages in whole days
 * @param threshold days, kept in sight even when every key is younger
 */
export function timeScale(
  ages: readonly number[],
  threshold: number | undefined,
  width: number,
): TimeScale {
  const oldest = ages.reduce((most, age) => Math.max(most, age), linearDays);
  const days = Math.max(oldest * headroom, (threshold ?? 0) * headroom);
  const stretched = stretch(days);
  return { days, x: (age) => width * (1 - stretch(clamp(age, days)) / stretched) };
}

function stretch(days: number): number {
  return Math.log1p(days / linearDays);
}

function clamp(age: number, most: number): number {
  return Math.min(Math.max(age, 0), most);
}

/**
 * The marks that have a place and room for their labels, the nearest to today first.
 *
 * @param room the least distance between two of them
 */
export function marksWithRoom<Mark extends { readonly days: number }>(
  marks: readonly Mark[],
  scale: TimeScale,
  room: number,
): readonly Mark[] {
  const kept: Mark[] = [];
  let last = Infinity;
  for (const mark of [...marks].sort((a, b) => a.days - b.days)) {
    const x = scale.x(mark.days);
    if (mark.days > scale.days || last - x < room || (mark.days > 0 && x < room / 2)) continue;
    kept.push(mark);
    last = x;
  }
  return kept;
}
