"use client";

import type { Fill, Order } from "@cse/client";
import { bucketStart, type Interval, type Market, priceToTicks, quantityToLots } from "@cse/client";
import { useTranslations } from "next-intl";
import { useEffect, useMemo } from "react";
import type { FillMark } from "@/features/chart/fillClusters";
import type { OrderLine } from "@/features/chart/orderLines";
import { drawnAt } from "@/features/chart/snapping";
import { linkedRows } from "@/features/own/orderRows";
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

/** The open orders of a market that stand at a price, in its book or until a trade reaches it, by their keys. */
export function orderPrices(
  orders: ReadonlyMap<string, TrackedOrder>,
  market: string,
): Map<string, { tracked: TrackedOrder; order: Order; price: string; waits: boolean }> {
  const shown = new Map();
  for (const [key, tracked] of orders) {
    const { order } = tracked;
    if (order?.market !== market || isClosed(tracked)) continue;
    const waits = order.trigger === "waiting";
    const price = waits ? order.stop_price : order.trigger === null ? order.price : null;
    if (price) shown.set(key, { tracked, order, price, waits });
  }
  return shown;
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

/** Whether an order may have another price: it is not linked with others, and none that trails. */
function isMovable(tracked: TrackedOrder, orders: ReadonlyMap<string, TrackedOrder>): boolean {
  const { order, cancel } = tracked;
  if (!order || cancel !== "none" || order.type === "trailing_stop") return false;
  return linkedRows(tracked, orders.values()).length === 0;
}

/** One's open orders as lines of the chart. */
export function useOrderLines(): readonly OrderLine[] {
  const t = useTranslations("trade.chart");
  const own = useTranslations("own");
  const { listing, texts } = useRoom();
  const orders = useOwn((state) => state.orders);
  return useMemo(
    () =>
      Array.from(orderPrices(orders, listing.market), ([key, { tracked, order, price, waits }]) => {
        const buy = order.side === "buy";
        const size = order.remaining_quantity
          ? texts.wireQuantity(order.remaining_quantity)
          : `${texts.compactQuote(order.quote_amount ?? "0")} ${listing.quote}`;
        const partly = Number(order.filled_quantity) > 0;
        const words = { size, price: texts.wirePrice(price) };
        const sized = t(buy ? (partly ? "buyLeft" : "buyLine") : partly ? "sellLeft" : "sellLine", words);
        const ticks = priceToTicks(price, listing);
        return {
          id: key,
          buy,
          ticks,
          value: drawnAt(ticks, listing),
          waits,
          movable: isMovable(tracked, orders),
          priceText: words.price,
          label: waits ? `${own(`type.${order.type}`)} · ${sized}` : sized,
          edgeLabel: t(buy ? "buyAt" : "sellAt", words),
          cancelLabel: own("cancelOne", { side: own(`side.${order.side}`), ...words }),
        };
      }),
    [orders, listing, texts, t, own],
  );
}

/** One's fills as marks of the chart. */
export function useFillMarks(interval: Interval): ReadonlyMap<number, FillMark> {
  const { listing } = useRoom();
  const fills = useOwn((state) => state.fills);
  return useMemo(() => fillMarks(fills, listing.market, interval), [fills, listing.market, interval]);
}
