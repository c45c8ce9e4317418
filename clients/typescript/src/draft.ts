/** An order as it is being written, and the request that it becomes. */

import type { NewOrder } from "./client.ts";
import { trimUnits } from "./decimals.ts";
import { lotsToQuantity, type Market, type Side, ticksToPrice } from "./market.ts";

export type OrderType = "limit" | "market";
export type TimeInForce = "gtc" | "ioc" | "fok";

/** Fields that are not filled in yet are undefined. */
export interface DraftOrder {
  readonly side: Side;
  readonly type: OrderType;
  /** Ticks; of limit orders. */
  readonly price?: bigint | undefined;
  /** Lots. */
  readonly quantity?: bigint | undefined;
  /** Quote units to spend, or to sell for; of market orders, in place of a quantity. */
  readonly quoteAmount?: bigint | undefined;
  /** Of limit orders; `gtc` unless told otherwise. */
  readonly timeInForce?: TimeInForce | undefined;
  readonly postOnly?: boolean | undefined;
}

/**
 * The request of a draft. What a person confirmed and what is sent come from this one object.
 *
 * @throws Error when a number that the type needs is missing.
 */
export function orderRequest(
  draft: DraftOrder,
  market: Market,
  clientOrderId: string,
): NewOrder & { client_order_id: string } {
  const common = {
    market: market.market,
    side: draft.side,
    type: draft.type,
    client_order_id: clientOrderId,
  };
  const quantity = draft.quantity === undefined ? undefined : lotsToQuantity(draft.quantity, market);
  if (draft.type === "limit") {
    if (draft.price === undefined || quantity === undefined) {
      throw new Error("a limit order has a price and a quantity");
    }
    return {
      ...common,
      price: ticksToPrice(draft.price, market),
      quantity,
      time_in_force: draft.timeInForce ?? "gtc",
      post_only: draft.postOnly ?? false,
    };
  }
  if (quantity !== undefined) return { ...common, quantity };
  if (draft.quoteAmount === undefined) throw new Error("a market order has a quantity or an amount");
  return { ...common, quote_amount: trimUnits(draft.quoteAmount, market.quoteDecimals) };
}
