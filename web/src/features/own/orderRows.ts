/** Which orders stand in the list of open ones, in what order, and what there is to say of each. */

import type { OrderType } from "@cse/client";
import { allOf } from "@/providers/kept/allOf";
import type { CancelQuery } from "@/providers/own/cancelling";
import { isClosed, type TrackedOrder } from "@/providers/own/orderState";

/** Every type that an order may have. */
export const ORDER_TYPES = allOf<OrderType>()([
  "limit",
  "market",
  "stop_loss",
  "stop_limit",
  "take_profit",
  "take_profit_limit",
  "trailing_stop",
]);

function typeOf(word: string): OrderType {
  return ORDER_TYPES.find((type) => type === word) ?? "limit";
}

/** What a row shows, whether the server has spoken yet or not. Decimal strings of the wire. */
export interface OrderRow {
  key: string;
  tracked: TrackedOrder;
  market: string;
  side: "buy" | "sell";
  type: OrderType;
  timeInForce: string;
  postOnly: boolean;
  price: string | null;
  /** The price whose trade it waits for; where a trailing one stood when it was told last. */
  stop: string | null;
  /** How far behind the best price a trailing stop follows, in percent or as a difference of prices. */
  trailing: { percent: string | null; delta: string | null } | null;
  /** Outside of every book: for a trade, or for the order to which it belongs. */
  waits: "for_trade" | "for_entry" | null;
  quantity: string | null;
  quoteAmount: string | null;
  /** The list in which it came with others; null of one that came alone. */
  list: string | null;
  filled: string;
  average: string | null;
  /** RFC 3339. */
  at: string;
}

/** The row of an order. */
export function orderRow(tracked: TrackedOrder): OrderRow | null {
  const { key, order, intent } = tracked;
  if (order) {
    return {
      key,
      tracked,
      market: order.market,
      side: order.side,
      type: typeOf(order.type),
      timeInForce: order.time_in_force,
      postOnly: order.post_only,
      price: order.price,
      stop: order.stop_price,
      trailing:
        order.type === "trailing_stop"
          ? { percent: order.trailing_percent, delta: order.trailing_delta }
          : null,
      waits: waitsOf(tracked),
      quantity: order.quantity,
      quoteAmount: order.quote_amount,
      list: order.list_id,
      filled: order.filled_quantity,
      average: order.average_price,
      at: order.created_at,
    };
  }
  if (!intent) return null;
  return {
    key,
    tracked,
    market: intent.market,
    side: intent.side,
    type: intent.type,
    timeInForce: intent.timeInForce,
    postOnly: intent.postOnly,
    price: intent.price,
    stop: intent.stop,
    trailing: intent.trailing,
    waits: intent.stop !== null || intent.trailing !== null ? "for_trade" : null,
    quantity: intent.quantity,
    quoteAmount: intent.quoteAmount,
    list: null,
    filled: "0",
    average: null,
    at: intent.sentAt,
  };
}

function waitsOf(tracked: TrackedOrder): OrderRow["waits"] {
  if (isClosed(tracked)) return null;
  const trigger = tracked.order?.trigger;
  return trigger === "waiting" ? "for_trade" : trigger === "attached" ? "for_entry" : null;
}

/** The rows of the open orders that were placed as one list with an order: when it goes they may go too. */
export function linkedRows({ key, order }: TrackedOrder, orders: Iterable<TrackedOrder>): OrderRow[] {
  const rows: OrderRow[] = [];
  if (!order?.list_id) return rows;
  for (const other of orders) {
    if (other.key === key || other.order?.list_id !== order.list_id || isClosed(other)) continue;
    const row = orderRow(other);
    if (row) rows.push(row);
  }
  return rows;
}

/**
 * Orders that are open, on their way or in doubt, and those that were refused until they are dismissed away;
 * newest first.
 */
export function openRows(
  orders: ReadonlyMap<string, TrackedOrder>,
  market: string | null,
  dismissed: ReadonlySet<string>,
): OrderRow[] {
  const rows: OrderRow[] = [];
  for (const tracked of orders.values()) {
    const refused = tracked.phase === "rejected" || tracked.phase === "not_placed";
    if (refused ? dismissed.has(tracked.key) : isClosed(tracked)) continue;
    const row = orderRow(tracked);
    if (row && (market === null || row.market === market)) rows.push(row);
  }
  return rows.sort((left, right) => (left.at < right.at ? 1 : left.at > right.at ? -1 : 0));
}

/** How much of a quantity is filled, 0 to 1; for drawing only. */
export function filledPart({ filled, quantity }: Pick<OrderRow, "filled" | "quantity">): number {
  const whole = Number(quantity ?? 0);
  return whole > 0 ? Math.min(1, Number(filled) / whole) : 0;
}

/** The lists of which more than one row stands here: those that are linked still. */
export function linkedLists(rows: readonly OrderRow[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const linked = new Set<string>();
  for (const { list, tracked } of rows) {
    if (list === null || isClosed(tracked)) continue;
    if (seen.has(list)) linked.add(list);
    seen.add(list);
  }
  return linked;
}

/** Rows whose order the exchange has called open. */
export function isOpenRow({ tracked }: OrderRow): boolean {
  return tracked.order !== null && !isClosed(tracked);
}

/** How many of the rows are meant. */
export function countOf(rows: readonly OrderRow[], { market, side }: CancelQuery): number {
  return rows.filter((row) => (!market || row.market === market) && (!side || row.side === side)).length;
}
