"use client";

/** One's own orders in the book: what of each level is one's own, and what of it an order would meet. */

import { type Market, type Order, priceToTicks, quantityToLots } from "@cse/client";
import { useEffect, useMemo } from "react";
import { isClosed, type TrackedOrder } from "@/providers/own/orderState";
import { useOwn } from "@/providers/own/own";
import { useRoom } from "../MarketRoom";
import type { BookModel } from "./model";

/** One's own lots that rest in a market, by price in ticks. */
export interface OwnLevels {
  bids: ReadonlyMap<bigint, bigint>;
  asks: ReadonlyMap<bigint, bigint>;
}

/** The orders of a market that rest in its book, by their keys. */
export function restingOrders(orders: ReadonlyMap<string, TrackedOrder>, market: string): Map<string, Order> {
  const resting = new Map<string, Order>();
  for (const [key, tracked] of orders) {
    const { order } = tracked;
    // What waits for a trade stands in no book.
    if (order?.market !== market || order.trigger !== null || isClosed(tracked)) continue;
    if (order.price && order.remaining_quantity) resting.set(key, order);
  }
  return resting;
}

export function ownLevels(resting: ReadonlyMap<string, Order>, market: Market): OwnLevels {
  const sides = { buy: new Map<bigint, bigint>(), sell: new Map<bigint, bigint>() };
  for (const { side, price, remaining_quantity: remaining } of resting.values()) {
    if (!price || !remaining) continue;
    const ticks = priceToTicks(price, market);
    sides[side].set(ticks, (sides[side].get(ticks) ?? 0n) + quantityToLots(remaining, market));
  }
  return { bids: sides.buy, asks: sides.sell };
}

/** The first of one's own prices that an order meets on its way to the worst price it would take. */
export function firstMet(side: "buy" | "sell", own: OwnLevels, worst: bigint | null): bigint | null {
  if (worst === null) return null;
  let first: bigint | null = null;
  for (const price of (side === "buy" ? own.asks : own.bids).keys()) {
    const met = side === "buy" ? price <= worst : price >= worst;
    const better = first === null || (side === "buy" ? price < first : price > first);
    if (met && better) first = price;
  }
  return first;
}

/** Marks one's own levels in a book. */
export function useOwnInBook(model: BookModel): void {
  const { listing } = useRoom();
  const orders = useOwn((state) => state.orders);
  const levels = useMemo(() => ownLevels(restingOrders(orders, listing.market), listing), [orders, listing]);
  useEffect(() => model.showOwn(levels.bids, levels.asks), [model, levels]);
}
