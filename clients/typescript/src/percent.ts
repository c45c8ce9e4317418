/** How much of what is free an order is for: a part of it, as a quantity. */

import type { OrderType } from "./draft.ts";
import { limitBuyNotional } from "./fees.ts";
import type { Market, Side } from "./market.ts";
import type { Available } from "./quote.ts";
import { type BookSides, oppositeLevels, walkSpend } from "./walk.ts";

/**
 * Lots that `percent` (0 to 100, two decimals) of the free balance are good for, rounded down to the
 * lot in force, with room for fees. Zero where the price, the book or the balance is not known.
 */
export function quantityForPercent(
  percent: number,
  side: Side,
  type: OrderType,
  price: bigint | undefined,
  book: BookSides | null,
  market: Market,
  available: Available | null | undefined,
): bigint {
  if (!available || !(percent > 0)) return 0n;
  const share = BigInt(Math.round(Math.min(percent, 100) * 100));
  const part = (amount: bigint): bigint => (amount > 0n ? (amount * share) / 10_000n : 0n);
  return cap(lotsFor(), market);

  function lotsFor(): bigint {
    if (side === "sell") return part((available as Available).base) / market.lotUnits;
    const budget = part((available as Available).quote);
    if (type === "market") {
      const levels = book === null ? [] : oppositeLevels(book, side);
      return walkSpend(levels, budget, market).lots;
    }
    if (price === undefined || price < 1n) return 0n;
    return limitBuyNotional(budget, market) / (price * market.tickLotUnits);
  }
}

function cap(lots: bigint, market: Market): bigint {
  const bounded = lots > market.maxQuantity ? market.maxQuantity : lots;
  return bounded - (bounded % market.quantityIncrement);
}
