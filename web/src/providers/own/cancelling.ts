/** Cancelling one's own orders, from any page. */

import { ApiError, type CseClient, type Order } from "@cse/client";
import type { TrackedOrder } from "./orderState";
import type { OwnFeed } from "./ownFeed";
import { happen, type OwnStore } from "./ownStore";

export interface CancelParts {
  client: Pick<CseClient, "cancelOrder" | "cancelAll">;
  feed: Pick<OwnFeed, "hear" | "lookUp" | "lookUpAll" | "changed">;
  store: OwnStore;
}

type CancelOutcome =
  | { kind: "cancelled" | "filled_first" | "already_closed" }
  | { kind: "unknown" | "refused"; error: unknown };

/** Which open orders are meant: of a market and a side, or all. */
export interface CancelQuery {
  market?: string;
  side?: "buy" | "sell";
}

/** Cancels one order; "filled first" and "already closed" are answers, not errors. */
export async function cancelOrder({ client, feed, store }: CancelParts, key: string): Promise<CancelOutcome> {
  const tracked = happen(store, key, { kind: "cancel_asked" });
  if (!tracked?.order) return { kind: "already_closed" };
  try {
    const closed = await client.cancelOrder(tracked.order.id);
    feed.hear([closed]);
    return { kind: closed.status === "filled" ? "filled_first" : "cancelled" };
  } catch (error) {
    await feed.lookUp(tracked);
    return refused(store, tracked, error);
  } finally {
    feed.changed();
  }
}

/** Cancels all that are meant; gives how many were. Throws once it is known what became of those it asked for. */
export async function cancelAll({ client, feed, store }: CancelParts, query: CancelQuery): Promise<number> {
  const asked: TrackedOrder[] = [];
  for (const tracked of store.getState().orders.values()) {
    // One that is being cancelled singly hears its own answer.
    if (tracked.cancel === "cancelling" || !tracked.order || !isMeant(tracked.order, query)) continue;
    happen(store, tracked.key, { kind: "cancel_asked" });
    asked.push(tracked);
  }
  try {
    return await client.cancelAll(query);
  } catch (error) {
    if (!isRefusal(error)) await feed.lookUpAll(asked);
    for (const { key } of asked) happen(store, key, { kind: "cancel_refused", orderClosed: false });
    throw error;
  } finally {
    feed.changed();
  }
}

/** Whether nothing was done; else it may have been. */
function isRefusal(error: unknown): boolean {
  return error instanceof ApiError && error.moneyState === "none";
}

/** What a cancel came to that was not granted, once the order was looked up. */
function refused(store: OwnStore, { key }: TrackedOrder, error: unknown): CancelOutcome {
  const code = error instanceof ApiError ? error.code : null;
  const orderClosed = code === "order_not_open" || code === "order_unknown";
  const after = happen(store, key, { kind: "cancel_refused", orderClosed });
  if (orderClosed) return { kind: after?.phase === "filled" ? "filled_first" : "already_closed" };
  return { kind: isRefusal(error) ? "refused" : "unknown", error };
}

function isMeant(order: Order, { market, side }: CancelQuery): boolean {
  return order.status === "open" && (!market || order.market === market) && (!side || order.side === side);
}
