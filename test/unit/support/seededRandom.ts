/** Numbers that look random and are the same for the same seed. */
export interface SeededRandom {
  /** An integer from 0 to `below` - 1. */
  readonly below: (below: number) => number;
  readonly pick: <T>(items: readonly T[]) => T;
  readonly bytes: (length: number) => Buffer;
}

/** A linear congruential generator of 64 bits (Knuth's constants), of which the upper 32 are used. */
export function seededRandom(seed: number): SeededRandom {
  let state = BigInt(seed);
  const next = () => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    return Number(state >> 32n);
  };
  const below = (limit: number) => next() % limit;
  return {
    below,
    pick: (items) => {
      if (items.length === 0) throw new RangeError("Nothing to pick from.");
      return items[below(items.length)]!;
    },
    bytes: (length) => Buffer.from(Array.from({ length }, () => below(256))),
  };
}
