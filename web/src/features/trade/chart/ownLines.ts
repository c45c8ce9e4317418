"use client";

/** One's own on the chart: open orders as lines, fills as marks, what the holding cost. */

import { bucketStart, type Fill, type Interval, type Order, priceToTicks } from "@cse/client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { CostLine } from "@/features/chart/costLine";
import type { FillMark } from "@/features/chart/fillClusters";
import type { OrderLine } from "@/features/chart/orderLines";
import { drawnAt } from "@/features/chart/snapping";
import { amendableOf } from "@/features/own/amendable";
import { useLateWords } from "@/i18n/useLateWords";
import { isClosed, isTraded, type TrackedOrder } from "@/providers/own/orderState";
import { useOwn } from "@/providers/own/own";
import { useAverageCost } from "../averageCost";
import { useRoom } from "../MarketRoom";

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
        const partly = isTraded(order);
        const words = { size, price: texts.wirePrice(price) };
        const sized = t(buy ? (partly ? "buyLeft" : "buyLine") : partly ? "sellLeft" : "sellLine", words);
        const ticks = priceToTicks(price, listing);
        return {
          id: key,
          buy,
          ticks,
          value: drawnAt(ticks, listing),
          waits,
          movable: amendableOf(tracked).includes(waits ? "stopPrice" : "price"),
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

/** What one's holding cost on average, as a line; its name comes with the chart's later words. */
export function useCostLine(): CostLine | null {
  const { listing, texts } = useRoom();
  const ticks = useAverageCost(listing);
  const words = useLateWords("charting") as { charting: { average: string } } | null;
  const label = words?.charting.average;
  return useMemo(
    () =>
      ticks === null || label === undefined
        ? null
        : { value: drawnAt(ticks, listing), price: texts.price(ticks), label },
    [ticks, label, listing, texts],
  );
}
