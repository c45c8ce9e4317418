/** What is a person's own: orders, fills and balances as the exchange last said them, in a store beside React. */

import type { Balance, BalancesFrame, Fill, FillsFrame, Order, OrdersFrame } from "@cse/client";
import { createStore, type StoreApi } from "zustand/vanilla";
import { isClosed, known, next, type OrderEvent, ownKey, type TrackedOrder } from "./orderState";

export interface OwnState {
  /** Whose it is; null while nobody is signed in. */
  readonly account: string | null;
  /** By key, oldest first. */
  readonly orders: ReadonlyMap<string, TrackedOrder>;
  /** Whether the open orders have been told, though there may be none. */
  readonly ordersKnown: boolean;
  /** The newest ones without a gap, newest first; older ones stand in pages of their own. */
  readonly fills: readonly Fill[];
  readonly fillsKnown: boolean;
  /** By asset; null until they have been told. */
  readonly balances: ReadonlyMap<string, Balance> | null;
  /** Why it could not be fetched where the streams had not told it; kept until something is told. */
  readonly error: unknown;
  /** Whole seconds for which nobody could say whether it is still so, once that is long; else null. */
  readonly staleSeconds: number | null;
}

export type OwnStore = StoreApi<OwnState>;

const NOTHING: OwnState = {
  account: null,
  orders: new Map(),
  ordersKnown: false,
  fills: [],
  fillsKnown: false,
  balances: null,
  error: null,
  staleSeconds: null,
};

export const FILLS_MAX = 500;
/** Closed orders that are kept so that their last word can be read. */
const CLOSED_MAX = 100;

/** An order as it was, if it was known, and as it is. */
export type OrderChange = readonly [before: TrackedOrder | undefined, after: TrackedOrder];

export function emptyOwn(): OwnStore {
  return createStore<OwnState>(() => NOTHING);
}

/** Begins with nothing, for an account or for nobody: nothing of one person may be seen by the next. */
export function beginFor(store: OwnStore, account: string | null): void {
  store.setState({ ...NOTHING, account }, true);
}

/** How far a part of it can be relied on. */
export type Standing = "loading" | "ready" | "stale" | "error";

/** What is known stays on the page while it is stale; an error is one only where nothing is known. */
export function standingOf(partKnown: boolean, { error, staleSeconds }: OwnState): Standing {
  if (!partKnown) return error === null ? "loading" : "error";
  return staleSeconds === null ? "ready" : "stale";
}

export function put(store: OwnStore, tracked: TrackedOrder): void {
  const orders = new Map(store.getState().orders);
  orders.set(tracked.key, tracked);
  store.setState({ orders: trimmed(orders) });
}

/** Lets something happen to an order and gives the order after it; undefined where it is not known. */
export function happen(store: OwnStore, key: string, event: OrderEvent): TrackedOrder | undefined {
  const before = store.getState().orders.get(key);
  if (!before) return undefined;
  const after = next(before, event);
  if (after !== before) put(store, after);
  return after;
}

/** Takes the server's word on orders and gives those that changed. */
export function hearOrders(store: OwnStore, words: readonly Order[]): OrderChange[] {
  const orders = new Map(store.getState().orders);
  const changes: OrderChange[] = [];
  for (const order of words) {
    const key = keyOf(orders, order);
    const before = orders.get(key);
    const after = before ? next(before, { kind: "server", order }) : known(order, key);
    if (after === before) continue;
    orders.set(key, after);
    changes.push([before, after]);
  }
  if (changes.length > 0) store.setState({ orders: trimmed(orders) });
  return changes;
}

/**
 * Takes a message of the orders' stream. After a snapshot, orders thought open that it does not name are
 * given back: they ended while nobody listened, and have to be asked for.
 */
export function hearOrdersFrame(
  store: OwnStore,
  frame: OrdersFrame,
): { changes: OrderChange[]; missing: TrackedOrder[] } {
  const changes = hearOrders(store, frame.orders);
  if (!frame.reset) return { changes, missing: [] };
  store.setState({ ordersKnown: true, error: null });
  const named = new Set(frame.orders.map((order) => order.id));
  const missing = [...store.getState().orders.values()].filter(
    (tracked) => tracked.order && !isClosed(tracked) && !named.has(tracked.order.id),
  );
  return { changes, missing };
}

/** Takes a message of the fills' stream: a snapshot stands for all that was held, for there may be a gap. */
export function hearFills(store: OwnStore, frame: FillsFrame): void {
  const held = frame.reset ? [] : store.getState().fills;
  const fills = mergedFills(held, frame.fills).slice(0, FILLS_MAX);
  store.setState({ fills, ...(frame.reset && { fillsKnown: true, error: null }) });
}

/** Takes fills that an answer brought before the stream did. */
export function addFills(store: OwnStore, fills: readonly Fill[]): void {
  hearFills(store, { reset: false, fills });
}

export function hearBalances(store: OwnStore, frame: BalancesFrame): void {
  const balances = new Map(frame.reset ? [] : (store.getState().balances ?? []));
  for (const balance of frame.balances) balances.set(balance.asset, balance);
  store.setState({ balances, ...(frame.reset && { error: null }) });
}

/** Fills of both lists, each once, the newest first. */
export function mergedFills(some: readonly Fill[], others: readonly Fill[]): Fill[] {
  const byKey = new Map<string, Fill>();
  for (const fill of [...some, ...others]) byKey.set(fillKey(fill), fill);
  return [...byKey.values()].sort(newestFirst);
}

/** One trade may have a person on both sides. */
export function fillKey(fill: Fill): string {
  return `${fill.market}/${fill.trade_id}/${fill.order_id}`;
}

function newestFirst(left: Fill, right: Fill): number {
  const by = BigInt(right.sequence) - BigInt(left.sequence) || BigInt(right.trade_id) - BigInt(left.trade_id);
  return by < 0n ? -1 : by > 0n ? 1 : 0;
}

/** A client order id may be used again long after; then the new order stands under its own key. */
function keyOf(orders: ReadonlyMap<string, TrackedOrder>, order: Order): string {
  const { client_order_id: clientOrderId } = order;
  const held = clientOrderId ? orders.get(clientOrderId)?.order : undefined;
  return clientOrderId && (!held || held.id === order.id) ? clientOrderId : ownKey(order);
}

function trimmed(orders: Map<string, TrackedOrder>): Map<string, TrackedOrder> {
  let surplus = -CLOSED_MAX;
  for (const tracked of orders.values()) if (isClosed(tracked)) surplus += 1;
  for (const [key, tracked] of orders) {
    if (surplus <= 0) break;
    if (!isClosed(tracked)) continue;
    orders.delete(key);
    surplus -= 1;
  }
  return orders;
}
