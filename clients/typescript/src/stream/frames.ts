/**
 * How frames of a channel add up.
 *
 * `fold(held, next)` gives the frame that says what both say one after the other. Held against a frame
 * with `reset`, the result is all there is; held against a difference, it is a longer difference. Both
 * threads use it: the worker for what the page has not fetched yet, the page for who comes later.
 */

import type { Fill, Order } from "../client.ts";
import type {
  BalancesFrame,
  CandlesFrame,
  Channel,
  FillsFrame,
  OrdersFrame,
  PreventionsFrame,
  TapeTrade,
  TradesFrame,
  TransfersFrame,
} from "./channels.ts";

export const TRADES_KEPT = 200;
export const CANDLES_KEPT = 500;
export const FILLS_KEPT = 200;
export const PREVENTIONS_KEPT = 200;
export const TRANSFERS_KEPT = 200;

/** Trades by rising id, each once, the newest `TRADES_KEPT`. */
export function foldTrades(held: TradesFrame | null, next: TradesFrame): TradesFrame {
  const older = next.reset || held === null ? [] : held.trades;
  const trades = merged(older, next.trades, (trade) => trade.trade_id, compareTrades);
  return { ...next, reset: isWhole(held, next, trades, TRADES_KEPT), trades: trades.slice(-TRADES_KEPT) };
}

/** Candles by rising time, each once with its newest content. */
export function foldCandles(held: CandlesFrame | null, next: CandlesFrame): CandlesFrame {
  const older = next.reset || held === null ? [] : held.candles;
  const candles = merged(
    older,
    next.candles,
    (candle) => candle.time,
    (a, b) => compareTexts(a.time, b.time),
  );
  return {
    ...next,
    reset: isWhole(held, next, candles, CANDLES_KEPT),
    candles: candles.slice(-CANDLES_KEPT),
  };
}

/** Fills by rising journal sequence, the newest `FILLS_KEPT`. */
export function foldFills(held: FillsFrame | null, next: FillsFrame): FillsFrame {
  const older = next.reset || held === null ? [] : held.fills;
  const fills = merged(older, next.fills, fillKey, compareFills);
  return { reset: isWhole(held, next, fills, FILLS_KEPT), fills: fills.slice(-FILLS_KEPT) };
}

/** Orders by id with their newest content. What is whole has open orders only. */
export function foldOrders(held: OrdersFrame | null, next: OrdersFrame): OrdersFrame {
  const reset = next.reset || (held?.reset ?? false);
  const older = next.reset || held === null ? [] : held.orders;
  const orders = merged(older, next.orders, (order) => order.id, compareOrders);
  const more = (next.reset ? next.more : held?.more) ?? false;
  return { reset, more, orders: next.reset ? orders.filter(isOpen) : orders };
}

/** The open orders alone. */
export function openOrders(frame: OrdersFrame): OrdersFrame {
  return { ...frame, orders: frame.orders.filter(isOpen) };
}

/** Balances by asset. */
export function foldBalances(held: BalancesFrame | null, next: BalancesFrame): BalancesFrame {
  const older = next.reset || held === null ? [] : held.balances;
  const balances = merged(
    older,
    next.balances,
    (balance) => balance.asset,
    (a, b) => compareTexts(a.asset, b.asset),
  );
  return { reset: next.reset || (held?.reset ?? false), balances };
}

/** Preventions as they came, the newest `PREVENTIONS_KEPT`. */
export function foldPreventions(held: PreventionsFrame | null, next: PreventionsFrame): PreventionsFrame {
  const older = next.reset || held === null ? [] : held.prevented;
  const prevented = [...older, ...next.prevented];
  return {
    reset: isWhole(held, next, prevented, PREVENTIONS_KEPT),
    prevented: prevented.slice(-PREVENTIONS_KEPT),
  };
}

/** Transfers as they came, the newest `TRANSFERS_KEPT`. */
export function foldTransfers(held: TransfersFrame | null, next: TransfersFrame): TransfersFrame {
  const older = next.reset || held === null ? [] : held.transfers;
  const transfers = [...older, ...next.transfers];
  return {
    reset: isWhole(held, next, transfers, TRANSFERS_KEPT),
    transfers: transfers.slice(-TRANSFERS_KEPT),
  };
}

/** All that is known of a channel after `frame`. */
export function addUp(channel: Channel, whole: unknown, frame: unknown): unknown {
  const kind = channel.startsWith("user.") ? channel : channel.slice(0, channel.indexOf("."));
  switch (kind) {
    case "trades":
      return { ...foldTrades(whole as TradesFrame | null, frame as TradesFrame), reset: true };
    case "candles":
      return { ...foldCandles(whole as CandlesFrame | null, frame as CandlesFrame), reset: true };
    case "user.orders":
      return {
        ...openOrders(foldOrders(whole as OrdersFrame | null, frame as OrdersFrame)),
        reset: true,
      };
    case "user.fills":
      return { ...foldFills(whole as FillsFrame | null, frame as FillsFrame), reset: true };
    case "user.preventions":
      return {
        ...foldPreventions(whole as PreventionsFrame | null, frame as PreventionsFrame),
        reset: true,
      };
    case "user.transfers":
      return {
        ...foldTransfers(whole as TransfersFrame | null, frame as TransfersFrame),
        reset: true,
      };
    case "user.balances":
      return { ...foldBalances(whole as BalancesFrame | null, frame as BalancesFrame), reset: true };
    default:
      return frame;
  }
}

/** Whether what comes out is all there is: a difference that lost its beginning has to be taken so. */
function isWhole(
  held: { readonly reset: boolean } | null,
  next: { readonly reset: boolean },
  items: readonly unknown[],
  kept: number,
): boolean {
  return next.reset || (held?.reset ?? false) || items.length > kept;
}

function merged<Item>(
  older: readonly Item[],
  newer: readonly Item[],
  key: (item: Item) => string,
  compare: (a: Item, b: Item) => number,
): Item[] {
  const byKey = new Map<string, Item>();
  for (const item of older) byKey.set(key(item), item);
  for (const item of newer) byKey.set(key(item), item);
  return [...byKey.values()].sort(compare);
}

function isOpen(order: Order): boolean {
  return order.status === "open";
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whole numbers as texts, of any length. */
function compareNumbers(a: string, b: string): number {
  return a.length - b.length || compareTexts(a, b);
}

function compareTrades(a: TapeTrade, b: TapeTrade): number {
  return compareNumbers(a.trade_id, b.trade_id);
}

/** Newest first, as the API lists open orders. */
function compareOrders(a: Order, b: Order): number {
  return compareNumbers(b.id, a.id);
}

function fillKey(fill: Fill): string {
  return `${fill.market}/${fill.trade_id}/${fill.order_id}`;
}

function compareFills(a: Fill, b: Fill): number {
  return compareNumbers(a.sequence, b.sequence) || compareNumbers(a.trade_id, b.trade_id);
}
