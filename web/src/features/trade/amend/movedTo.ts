/** What moving an order's line changes of the order. */

import type { Amendment, Market } from "@cse/client";
import type { TrackedOrder } from "@/providers/own/orderState";
import { ticksOrNull } from "../feed/lastPrice";

/** Its price; of one that waits for a trade the price of that trade. */
export function movedTo({ order }: TrackedOrder, ticks: bigint): Amendment {
  return order?.trigger === "waiting" ? { stopPrice: ticks } : { price: ticks };
}

/** Where its line stands before it is moved, in ticks. */
export function ticksOf({ order }: TrackedOrder, market: Market): bigint | null {
  return ticksOrNull(order?.trigger === "waiting" ? order.stop_price : order?.price, market);
}
