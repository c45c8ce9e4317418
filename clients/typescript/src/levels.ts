/** Price levels: grouping, running totals, and how they travel between threads. */

import { divideUp } from "./decimals.ts";

export type BookSide = "bids" | "asks";

/** A price level: ticks, and the lots that rest there. */
export interface Level {
  readonly price: bigint;
  readonly quantity: bigint;
}

/** Best first. */
export type LevelPair = readonly [ticks: bigint, lots: bigint];

/** A row of a grouped book. `cumulative` counts from the best row on. */
export interface GroupedLevel extends Level {
  readonly cumulative: bigint;
}

/**
 * Rows of `multiple` ticks, at most `rows` of them, best first.
 *
 * A bid belongs to the multiple at or below it and an ask to the one at or above it, so that no row
 * shows a better price than the orders in it have.
 */
export function groupLevels(
  levels: Iterable<Level | LevelPair>,
  multiple: bigint,
  side: BookSide,
  rows: number,
): GroupedLevel[] {
  if (multiple < 1n) throw new RangeError("levels are grouped by one tick or more");
  const grouped: GroupedLevel[] = [];
  let cumulative = 0n;
  for (const level of levels) {
    const [ticks, lots] = "price" in level ? [level.price, level.quantity] : level;
    const price = side === "bids" ? (ticks / multiple) * multiple : divideUp(ticks, multiple) * multiple;
    cumulative += lots;
    const last = grouped.at(-1);
    if (last !== undefined && last.price === price) {
      grouped[grouped.length - 1] = { price, quantity: last.quantity + lots, cumulative };
    } else {
      if (grouped.length === rows) break;
      grouped.push({ price, quantity: lots, cumulative });
    }
  }
  return grouped;
}

/** The multiples that a book of that price is worth grouping by: 1, 2 and 5 times powers of ten. */
export function groupingMultiples(bestTicks: bigint): bigint[] {
  const multiples: bigint[] = [1n];
  for (let power = 1n; multiples.length < 24; power *= 10n) {
    for (const factor of power === 1n ? [2n, 5n] : [1n, 2n, 5n]) {
      const multiple = factor * power;
      // Beyond a tenth of the price, a side is a handful of rows.
      if (multiple * 10n > bestTicks) return multiples;
      multiples.push(multiple);
    }
  }
  return multiples;
}

/** Levels as one run of integers that is copied at once between threads. */
export function packLevels(levels: readonly Level[], depth: number): BigUint64Array<ArrayBuffer> {
  const count = Math.min(depth, levels.length);
  const packed = new BigUint64Array(count * 2);
  for (let index = 0; index < count; index += 1) {
    const level = levels[index] as Level;
    packed[2 * index] = level.price;
    packed[2 * index + 1] = level.quantity;
  }
  return packed;
}

/** The levels of such a run. */
export function unpackLevels(packed: BigUint64Array): LevelPair[] {
  const pairs: LevelPair[] = [];
  for (let index = 0; index + 1 < packed.length; index += 2) {
    pairs.push([packed[index] as bigint, packed[index + 1] as bigint]);
  }
  return pairs;
}
