/** Another market's closes laid over a chart: as they would be had both begun alike at the first bar in sight. */

export interface Close {
  readonly timestamp: number;
  readonly close: number;
}

/** What the other's closes are multiplied by; null where no bar in sight has both. */
export function ratioOf(sight: readonly Close[], other: ReadonlyMap<number, number>): number | null {
  for (const { timestamp, close } of sight) {
    const theirs = other.get(timestamp);
    if (theirs !== undefined && theirs > 0 && close > 0) return close / theirs;
  }
  return null;
}

/** How much the other has changed between the first and the last bar in sight that it has, in millionths. */
export function changeInSight(sight: readonly Close[], other: ReadonlyMap<number, number>): bigint | null {
  const theirs = sight.map(({ timestamp }) => other.get(timestamp)).filter((close) => close !== undefined);
  const [first, last] = [theirs[0], theirs.at(-1)];
  if (first === undefined || last === undefined || first <= 0) return null;
  return BigInt(Math.round((last / first - 1) * 1_000_000));
}
