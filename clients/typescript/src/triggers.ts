/** Orders that wait outside the book for a trade: where they fire, and what stands in their way. */

import { divideUp } from "./decimals.ts";
import { type DraftOrder, firesAtOrBelow, isLimitType, type Trailing } from "./draft.ts";
import { PPM, PRICE_LIMIT } from "./generated/limits.ts";
import type { Side } from "./market.ts";

/** The stop price that belongs to a price: rounded away from it, so that it does not fire too soon. */
export function trailingStop(side: Side, price: bigint, trailing: Trailing): bigint {
  if (side === "sell") {
    const stop = "ticks" in trailing ? price - trailing.ticks : (price * (PPM - trailing.ppm)) / PPM;
    return stop < 1n ? 1n : stop;
  }
  const stop = "ticks" in trailing ? price + trailing.ticks : divideUp(price * (PPM + trailing.ppm), PPM);
  return stop >= PRICE_LIMIT ? PRICE_LIMIT - 1n : stop;
}

/** Where an order fires; of a trailing stop that of the last price. Undefined while that is not known. */
export function stopOf(order: DraftOrder, last: bigint | null): bigint | undefined {
  if (order.type !== "trailing_stop") return order.stopPrice;
  if (order.trailing === undefined || last === null) return undefined;
  return trailingStop(order.side, last, order.trailing);
}

/** The price by which an order that waits is estimated: its own as a limit, else where it fires. */
export function firedAt(order: DraftOrder, last: bigint | null): bigint | undefined {
  return isLimitType(order.type) ? order.price : stopOf(order, last);
}

/** Whether the last trade has met its stop price already, so that the exchange refuses it. */
export function hasFired(order: DraftOrder, last: bigint | null): boolean {
  const { stopPrice } = order;
  if (stopPrice === undefined || last === null) return false;
  return firesAtOrBelow(order) ? last <= stopPrice : last >= stopPrice;
}
