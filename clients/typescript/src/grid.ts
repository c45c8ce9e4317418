/** The steps in which prices and quantities of a market's orders go. */

import type { Market } from "./market.ts";

export interface Grid {
  /** Decimals with which it is written; units are of `10 ** -decimals`. */
  readonly decimals: number;
  /** Units of one tick or lot, in whose count orders have it. */
  readonly unit: bigint;
  /** Units between two values that a new order may have. */
  readonly step: bigint;
}

export function gridOf(market: Market, of: "price" | "quantity"): Grid {
  return of === "price"
    ? {
        decimals: market.tickDecimals,
        unit: market.tickSize,
        step: market.tickSize * market.priceIncrement,
      }
    : {
        decimals: market.lotDecimals,
        unit: market.lotSize,
        step: market.lotSize * market.quantityIncrement,
      };
}

/**
 * The value `by` steps on, in the count that `step` has: never below one step. From between two steps, as an
 * order from before the steps were changed may stand, the first leads to the next one in that direction.
 */
export function steppedOn({ step }: Pick<Grid, "step">, value: bigint, by: number): bigint {
  const below = value / step;
  const from = by < 0 && value % step !== 0n ? below + 1n : below;
  const to = from + BigInt(by);
  return to < 1n ? step : to * step;
}
