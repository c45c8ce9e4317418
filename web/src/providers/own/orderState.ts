/**
 * The life of an order as its owner sees it, from the click to the end.
 *
 * What the server said always wins over what was hoped; nothing is called failed while its outcome is
 * unknown; of what the server said the newest stands, by its revision, in whatever order answers and stream
 * messages arrive.
 */

import type { Order, OrderType, TimeInForce } from "@cse/client";
import type { OrderRefusal } from "./refusal";

export type Phase =
  /** On its way; nothing is known. */
  | "sending"
  /** No answer for too long: being looked up by its client order id. */
  | "checking"
  | "open"
  | "partly_filled"
  | "filled"
  | "cancelled"
  | "expired"
  | "rejected"
  /** Looked up and not there: it was never taken in. */
  | "not_placed";

/** What the person asked for, as it is shown before the server's word. */
export interface Intent {
  clientOrderId: string;
  market: string;
  side: "buy" | "sell";
  type: OrderType;
  timeInForce: TimeInForce;
  postOnly: boolean;
  /** Decimal strings, as they were sent. */
  price: string | null;
  quantity: string | null;
  quoteAmount: string | null;
  /** The price whose trade it waits for, and how far a trailing stop follows. */
  stop: string | null;
  trailing: { percent: string | null; delta: string | null } | null;
  /** RFC 3339. */
  sentAt: string;
}

export interface TrackedOrder {
  /** The client order id where it stands for this order, else the order's own key. */
  key: string;
  intent: Intent | null;
  /** The server's newest word, null before the first. */
  order: Order | null;
  phase: Phase;
  /** Where a cancel stands: asked for, or come too late because the order was filled first. */
  cancel: "none" | "cancelling" | "filled_first";
  refusal: OrderRefusal | null;
}

export type OrderEvent =
  | { kind: "no_answer" }
  | { kind: "refused"; refusal: OrderRefusal }
  | { kind: "server"; order: Order }
  | { kind: "absent" }
  | { kind: "cancel_asked" }
  | { kind: "cancel_refused"; orderClosed: boolean };

const CLOSED: readonly Phase[] = ["filled", "cancelled", "expired", "rejected", "not_placed"];

export function isClosed(tracked: TrackedOrder): boolean {
  return CLOSED.includes(tracked.phase);
}

/** An order right after the click. */
export function sending(intent: Intent): TrackedOrder {
  return { key: intent.clientOrderId, intent, order: null, phase: "sending", cancel: "none", refusal: null };
}

/** A key of its own for an order; no client order id can be one, for they hold no `#`. */
export function ownKey(order: Pick<Order, "id">): string {
  return `#${order.id}`;
}

/** An order that this page first hears of from the server. */
export function known(order: Order, key = order.client_order_id ?? ownKey(order)): TrackedOrder {
  return next(
    {
      key,
      intent: null,
      order: null,
      phase: "sending",
      cancel: "none",
      refusal: null,
    },
    { kind: "server", order },
  );
}

/** The order after something happened to it; the same object where nothing changed. */
export function next(tracked: TrackedOrder, event: OrderEvent): TrackedOrder {
  switch (event.kind) {
    case "server":
      return heard(tracked, event.order);
    case "no_answer":
      return tracked.phase === "sending" ? { ...tracked, phase: "checking" } : tracked;
    case "refused":
      return tracked.order || isClosed(tracked)
        ? tracked
        : { ...tracked, phase: "rejected", refusal: event.refusal };
    case "absent":
      return tracked.order || isClosed(tracked) ? tracked : { ...tracked, phase: "not_placed" };
    case "cancel_asked":
      return isClosed(tracked) || !tracked.order ? tracked : { ...tracked, cancel: "cancelling" };
    case "cancel_refused":
      return cancelRefused(tracked, event.orderClosed);
  }
}

function cancelRefused(tracked: TrackedOrder, orderClosed: boolean): TrackedOrder {
  if (tracked.cancel !== "cancelling") return tracked;
  if (tracked.phase === "filled") return { ...tracked, cancel: "filled_first" };
  return orderClosed ? tracked : { ...tracked, cancel: "none" };
}

function heard(tracked: TrackedOrder, order: Order): TrackedOrder {
  const before = tracked.order;
  if (before && isOlder(order, before)) return tracked;
  const phase = phaseOf(order);
  const cancelled = tracked.cancel === "cancelling" && phase === "filled";
  const over = CLOSED.includes(phase);
  const cancel = cancelled
    ? "filled_first"
    : over && tracked.cancel === "cancelling"
      ? "none"
      : tracked.cancel;
  return { ...tracked, order, phase, cancel, refusal: null };
}

/** Whether a word of the server on an order is from before another. */
function isOlder(word: Order, than: Order): boolean {
  return BigInt(word.revision) < BigInt(than.revision);
}

/** Whether anything of an order is filled; a decimal without a digit above zero is zero. */
export function isTraded({ filled_quantity: filled }: Pick<Order, "filled_quantity">): boolean {
  return /[1-9]/.test(filled);
}

function phaseOf(order: Order): Phase {
  if (order.status !== "open") return order.status;
  return isTraded(order) ? "partly_filled" : "open";
}
