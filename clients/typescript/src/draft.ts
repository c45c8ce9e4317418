/** Orders as they are being written, and the requests that they become. */

import type { NewOrder, NewOrderList } from "./client.ts";
import { trimUnits } from "./decimals.ts";
import { lotsToQuantity, type Market, type Side, ticksToPrice } from "./market.ts";

export type LimitType = "limit" | "stop_limit" | "take_profit_limit";
export type TriggerType = "stop_loss" | "stop_limit" | "take_profit" | "take_profit_limit" | "trailing_stop";
export type OrderType = "limit" | "market" | TriggerType;
export type TimeInForce = "gtc" | "ioc" | "fok" | "gtd" | "day";
export type SelfTradeRule = NonNullable<NewOrder["self_trade_prevention"]>;

/** How far behind the best price a trailing stop follows: in ticks, or in parts per million of that price. */
export type Trailing = { readonly ticks: bigint } | { readonly ppm: bigint };

/** Fields that are not filled in yet are undefined. */
export interface DraftOrder {
  readonly side: Side;
  readonly type: OrderType;
  /** Ticks; of limit types. Of the others the worst at which they trade, if there is one. */
  readonly price?: bigint | undefined;
  /** Lots. */
  readonly quantity?: bigint | undefined;
  /** Quote units to spend, or to sell for; in place of a quantity, of market orders and buys that become one. */
  readonly quoteAmount?: bigint | undefined;
  /** Ticks; of orders that wait for a trade, but for a trailing stop. */
  readonly stopPrice?: bigint | undefined;
  readonly trailing?: Trailing | undefined;
  /** Lots that the book shows of it at a time; all of it if left out. */
  readonly displayQuantity?: bigint | undefined;
  /** Of all but market orders; `gtc` unless told otherwise. */
  readonly timeInForce?: TimeInForce | undefined;
  /** RFC 3339; of `gtd`. */
  readonly expiresAt?: string | undefined;
  readonly postOnly?: boolean | undefined;
  /** `cancel_newest` unless told otherwise. */
  readonly selfTrade?: SelfTradeRule | undefined;
}

/** Orders that are placed as one; the exits of a bracket have no quantity. */
export interface DraftList {
  readonly kind: NewOrderList["kind"];
  readonly orders: readonly DraftOrder[];
}

/** Whether it has a price at which it trades or better, once it comes to the book. */
export function isLimitType(type: OrderType): type is LimitType {
  return type === "limit" || type === "stop_limit" || type === "take_profit_limit";
}

/** Whether it waits outside the book for a trade. */
export function isTrigger(type: OrderType): type is TriggerType {
  return type !== "limit" && type !== "market";
}

/** Whether what does not trade at once comes to rest in the book. */
export function mayRest({ type, timeInForce }: Pick<DraftOrder, "type" | "timeInForce">): boolean {
  return isLimitType(type) && timeInForce !== "ioc" && timeInForce !== "fok";
}

/** Whether a trade at its stop price or below fires it; otherwise one at it or above. */
export function firesAtOrBelow({ type, side }: Pick<DraftOrder, "type" | "side">): boolean {
  const profit = type === "take_profit" || type === "take_profit_limit";
  return profit === (side === "buy");
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
  const { price, quantity, quoteAmount } = draft;
  if (isLimitType(draft.type) && (price === undefined || quantity === undefined)) {
    throw new Error("a limit order has a price and a quantity");
  }
  if (quantity === undefined && quoteAmount === undefined) {
    throw new Error("an order has a quantity or an amount");
  }
  return { ...bodyOf(draft, market), client_order_id: clientOrderId };
}

/** The request of orders that are linked; the first of them has the id. */
export function listRequest(draft: DraftList, market: Market, clientOrderId: string): NewOrderList {
  const [first, ...others] = draft.orders;
  if (first === undefined) throw new Error("a list has orders");
  return {
    kind: draft.kind,
    orders: [orderRequest(first, market, clientOrderId), ...others.map((order) => bodyOf(order, market))],
  };
}

/** What is the same in the body of every order. */
function bodyOf(draft: DraftOrder, market: Market): NewOrder {
  const { type, price, quantity, quoteAmount, stopPrice, displayQuantity } = draft;
  if (isTrigger(type) && stopPrice === undefined && draft.trailing === undefined) {
    throw new Error("an order that waits has a price to wait for");
  }
  return {
    market: market.market,
    side: draft.side,
    type,
    ...(price !== undefined && { price: ticksToPrice(price, market) }),
    ...(quantity !== undefined && { quantity: lotsToQuantity(quantity, market) }),
    ...(quantity === undefined &&
      quoteAmount !== undefined && { quote_amount: trimUnits(quoteAmount, market.quoteDecimals) }),
    ...(stopPrice !== undefined && { stop_price: ticksToPrice(stopPrice, market) }),
    ...(draft.trailing && trailingBody(draft.trailing, market)),
    ...(displayQuantity !== undefined && { display_quantity: lotsToQuantity(displayQuantity, market) }),
    ...(type !== "market" && { time_in_force: draft.timeInForce ?? "gtc" }),
    ...(draft.timeInForce === "gtd" && { expires_at: draft.expiresAt ?? null }),
    ...(type === "limit" && { post_only: draft.postOnly ?? false }),
    ...(draft.selfTrade !== undefined && { self_trade_prevention: draft.selfTrade }),
  };
}

function trailingBody(trailing: Trailing, market: Market): Partial<NewOrder> {
  return "ticks" in trailing
    ? { trailing_delta: ticksToPrice(trailing.ticks, market) }
    : { trailing_percent: trimUnits(trailing.ppm, 4) };
}
