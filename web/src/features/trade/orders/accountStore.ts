/** One's own orders, fills and balances as the streams tell them, in a store beside React. */

import type { BalancesFrame, Fill, FillsFrame, Order, OrdersFrame } from "@cse/client";
import { createStore, type StoreApi } from "zustand/vanilla";
import { isClosed, known, next, type OrderEvent, ownKey, type TrackedOrder } from "./state";

/** Decimal strings of the wire. */
export interface Holding {
  available: string;
  locked: string;
}

export interface AccountState {
  /** By key, oldest first. */
  readonly orders: ReadonlyMap<string, TrackedOrder>;
  /** Whether the open orders have been told, though there may be none. */
  readonly ordersKnown: boolean;
  /** Newest first. */
  readonly fills: readonly Fill[];
  readonly fillsKnown: boolean;
  /** Null until they have been told. */
  readonly balances: ReadonlyMap<string, Holding> | null;
}

export type AccountStore = StoreApi<AccountState>;

const NOTHING: AccountState = {
  orders: new Map(),
  ordersKnown: false,
  fills: [],
  fillsKnown: false,
  balances: null,
};

export const FILLS_MAX = 500;
/** Closed orders that are kept so that their last word can be read. */
const CLOSED_MAX = 100;

export function emptyAccount(): AccountStore {
  return createStore<AccountState>(() => NOTHING);
}

/** Nothing of one person may be seen by the next. */
export function forget(store: AccountStore): void {
  store.setState(NOTHING, true);
}

export function put(store: AccountStore, tracked: TrackedOrder): void {
  const orders = new Map(store.getState().orders);
  orders.set(tracked.key, tracked);
  store.setState({ orders: trimmed(orders) });
}

/** Lets something happen to an order and gives the order after it; undefined where it is not known. */
export function happen(store: AccountStore, key: string, event: OrderEvent): TrackedOrder | undefined {
  const before = store.getState().orders.get(key);
  if (!before) return undefined;
  const after = next(before, event);
  if (after !== before) put(store, after);
  return after;
}

/** Takes the server's word on orders and gives those that changed, before and after. */
export function hearOrders(
  store: AccountStore,
  words: readonly Order[],
): [TrackedOrder | undefined, TrackedOrder][] {
  const orders = new Map(store.getState().orders);
  const changes: [TrackedOrder | undefined, TrackedOrder][] = [];
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
  store: AccountStore,
  frame: OrdersFrame,
): { changes: [TrackedOrder | undefined, TrackedOrder][]; missing: TrackedOrder[] } {
  const changes = hearOrders(store, frame.orders);
  if (!frame.reset) return { changes, missing: [] };
  store.setState({ ordersKnown: true });
  const named = new Set(frame.orders.map((order) => order.id));
  const missing = [...store.getState().orders.values()].filter(
    (tracked) => tracked.order && !isClosed(tracked) && !named.has(tracked.order.id),
  );
  return { changes, missing };
}

export function hearFills(store: AccountStore, frame: FillsFrame): void {
  hearFillList(store, frame.fills);
  if (!store.getState().fillsKnown) store.setState({ fillsKnown: true });
}

/** Adds fills from anywhere, each once, newest first. */
export function hearFillList(store: AccountStore, fills: readonly Fill[]): void {
  const held = store.getState().fills;
  const ids = new Set(held.map(fillKey));
  const fresh = fills.filter((fill) => !ids.has(fillKey(fill)));
  if (fresh.length === 0) return;
  const all = [...held, ...fresh].sort((left, right) => compare(right, left));
  store.setState({ fills: all.slice(0, FILLS_MAX) });
}

export function hearBalances(store: AccountStore, frame: BalancesFrame): void {
  const balances = new Map(frame.reset ? [] : (store.getState().balances ?? []));
  for (const { asset, available, locked } of frame.balances) balances.set(asset, { available, locked });
  store.setState({ balances });
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

function fillKey(fill: Fill): string {
  return `${fill.market}/${fill.trade_id}/${fill.order_id}`;
}

function compare(left: Fill, right: Fill): number {
  const [a, b] = [BigInt(left.sequence), BigInt(right.sequence)];
  return a < b ? -1 : a > b ? 1 : 0;
}
