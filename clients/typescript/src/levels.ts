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

/** A row of a grouped book. `cumulative` counts from the best row on; `own` is what of it is one's own. */
export interface GroupedLevel extends Level {
  readonly cumulative: bigint;
  readonly own: bigint;
}

const NONE: ReadonlyMap<bigint, bigint> = new Map();

/**
 * Rows of `multiple` ticks, at most `rows` of them, best first.
 *
 * A bid belongs to the multiple at or below it and an ask to the one at or above it, so that no row
 * shows a better price than the orders in it have: grouped sides never cross.
 *
 * @param own one's own open lots by price in ticks; what the book does not hold is not counted.
 */
export function groupLevels(
  levels: Iterable<Level | LevelPair>,
  multiple: bigint,
  side: BookSide,
  rows: number,
  own: ReadonlyMap<bigint, bigint> = NONE,
): GroupedLevel[] {
  if (multiple < 1n) throw new RangeError("levels are grouped by one tick or more");
  const grouped: { -readonly [Part in keyof GroupedLevel]: GroupedLevel[Part] }[] = [];
  let cumulative = 0n;
  for (const level of levels) {
    const [ticks, lots] = "price" in level ? [level.price, level.quantity] : level;
    const price = groupPrice(ticks, multiple, side);
    const mine = own.get(ticks) ?? 0n;
    const last = grouped.at(-1);
    if (last?.price !== price && grouped.length === rows) break;
    cumulative += lots;
    if (last?.price === price) {
      last.quantity += lots;
      last.own += mine;
      last.cumulative = cumulative;
    } else grouped.push({ price, quantity: lots, cumulative, own: mine });
  }
  return grouped;
}

function groupPrice(ticks: bigint, multiple: bigint, side: BookSide): bigint {
  if (multiple === 1n) return ticks;
  return side === "bids" ? (ticks / multiple) * multiple : divideUp(ticks, multiple) * multiple;
}

/** A group is never wider than this part of the price: two steps would be 4 % apart. */
const WIDEST_PART = 50n;

/** Below this part of the price a group cannot be told from the tick by eye. */
const FINEST_PART = 200_000n;

/**
 * Multiples of the tick that a book is worth grouping by, ascending, the tick itself first: 1, 2 and 5 times
 * powers of ten.
 *
 * @param priceTicks the price around which the book stands, in ticks; null where there is none.
 */
export function groupingMultiples(priceTicks: bigint | null): bigint[] {
  if (priceTicks === null || priceTicks <= 0n) return [1n];
  const widest = priceTicks / WIDEST_PART;
  const finest = priceTicks / FINEST_PART;
  const multiples = [1n];
  for (let power = 1n; power <= widest; power *= 10n) {
    for (const digit of [1n, 2n, 5n]) {
      const multiple = digit * power;
      if (multiple > 1n && multiple >= finest && multiple <= widest) multiples.push(multiple);
    }
  }
  return multiples;
}

/** Of ascending multiples the widest that is not wider than the one that was chosen at another price. */
export function nearestMultiple(wanted: bigint, multiples: readonly bigint[]): bigint {
  return multiples.findLast((multiple) => multiple <= wanted) ?? multiples[0] ?? 1n;
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
