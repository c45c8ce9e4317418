"use client";

import type { Fill, Order } from "@cse/client";
import { bucketStart, type Interval, type Market, priceToTicks, quantityToLots } from "@cse/client";
import { useTranslations } from "next-intl";
import { useEffect, useMemo } from "react";
import type { FillMark } from "@/features/chart/fillClusters";
import type { OrderLine } from "@/features/chart/orderLines";
import { isClosed, type TrackedOrder } from "@/providers/own/orderState";
import { useOwn } from "@/providers/own/own";
import type { BookModel } from "./book/model";
import { useRoom } from "./MarketRoom";

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

/** How many of one's fills a bar holds, by the start of the bar. */
export function fillMarks(fills: readonly Fill[], market: string, interval: Interval): Map<number, FillMark> {
  const marks = new Map<number, FillMark>();
  for (const fill of fills) {
    if (fill.market !== market) continue;
    const start = bucketStart(Date.parse(fill.time), interval);
    const mark = marks.get(start) ?? { buys: 0, sells: 0 };
    if (fill.side === "buy") mark.buys += 1;
    else mark.sells += 1;
    marks.set(start, mark);
  }
  return marks;
}

/** Marks one's own levels in a book. */
export function useOwnInBook(model: BookModel): void {
  const { listing } = useRoom();
  const orders = useOwn((state) => state.orders);
  const levels = useMemo(() => ownLevels(restingOrders(orders, listing.market), listing), [orders, listing]);
  useEffect(() => model.showOwn(levels.bids, levels.asks), [model, levels]);
}

/** One's open orders as lines of the chart. */
export function useOrderLines(): readonly OrderLine[] {
  const t = useTranslations("trade.chart");
  const { listing, texts } = useRoom();
  const orders = useOwn((state) => state.orders);
  return useMemo(
    () =>
      Array.from(restingOrders(orders, listing.market), ([key, order]) => {
        const buy = order.side === "buy";
        const price = order.price ?? "0";
        const size = texts.wireQuantity(order.remaining_quantity ?? "0");
        const partly = Number(order.filled_quantity) > 0;
        const words = { size, price: texts.wirePrice(price) };
        return {
          id: key,
          buy,
          value: Number(price),
          priceText: words.price,
          label: t(buy ? (partly ? "buyLeft" : "buyLine") : partly ? "sellLeft" : "sellLine", words),
          edgeLabel: t(buy ? "buyAt" : "sellAt", words),
        };
      }),
    [orders, listing.market, texts, t],
  );
}

/** One's fills as marks of the chart. */
export function useFillMarks(interval: Interval): ReadonlyMap<number, FillMark> {
  const { listing } = useRoom();
  const fills = useOwn((state) => state.fills);
  return useMemo(() => fillMarks(fills, listing.market, interval), [fills, listing.market, interval]);
}
