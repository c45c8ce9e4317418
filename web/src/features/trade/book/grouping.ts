/** Which groupings of the book make sense at a price: true multiples of the tick, 1, 2 or 5 times a power of ten. */

/** A group is never wider than this part of the price: two steps would be 4 % apart. */
const WIDEST_PART = 50n;

/** Below this part of the price a group cannot be told from the tick by eye. */
const FINEST_PART = 200_000n;

/**
 * Multiples of the tick to choose from, ascending, the tick itself first.
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

/** The choice that stands nearest to the one a person made at another price. */
export function nearestMultiple(wanted: bigint, multiples: readonly bigint[]): bigint {
  let best = multiples[0] ?? 1n;
  for (const multiple of multiples) if (multiple <= wanted) best = multiple;
  return best;
}

/** The price of the group that a price belongs to: bids fall, asks rise, so that a group never crosses. */
export function groupPrice(side: "bid" | "ask", ticks: bigint, multiple: bigint): bigint {
  const floor = (ticks / multiple) * multiple;
  return side === "bid" || floor === ticks ? floor : floor + multiple;
}
