/** Lets a point snap to the prices of the candle that it is at. */

import type { Bar } from "@cse/client";

/** So near, in pixels, a price draws. */
const REACH = 14;

/** The open, high, low or close that is drawn nearest to `y`, within reach; else `value`, as it was. */
export function drawnTo(
  value: number,
  y: number,
  bar: Pick<Bar, "open" | "high" | "low" | "close"> | undefined,
  heightOf: (price: number) => number,
): number {
  if (!bar) return value;
  const near = [bar.open, bar.high, bar.low, bar.close]
    .map((price) => ({ price, apart: Math.abs(heightOf(price) - y) }))
    .reduce((best, one) => (one.apart < best.apart ? one : best));
  return near.apart <= REACH ? near.price : value;
}
