"use client";

import { Suspense, useCallback, useMemo, useState } from "react";
import { useStore } from "zustand";
import { useCommitCount } from "@/canvas/counts";
import { late } from "@/components/late";
import type { AverageLine } from "@/features/chart/averageLine";
import { ChartPanel } from "@/features/chart/ChartPanel";
import { useMoving } from "@/features/chart/moving";
import { useChartSettings } from "@/features/chart/settings";
import { drawnAt } from "@/features/chart/snapping";
import { linkedRows, type OrderRow, orderRow } from "@/features/own/orderRows";
import { useCancel } from "@/features/own/useCancel";
import { useLateWords } from "@/i18n/useLateWords";
import { exchange, liveStreams } from "@/providers/exchange";
import { useFormat } from "@/providers/format";
import { ownStore } from "@/providers/own/own";
import { AtRest } from "./AtRest";
import { useAverageCost } from "./averageCost";
import { serverNow, useRoom } from "./MarketRoom";
import { useFillMarks, useOrderLines } from "./ownOrders";

const AmendPanel = late(() => import("./amend/AmendPanel"));
const ChartMore = late(() => import("./charted/ChartMore"));
const CancelLinkedDialog = late(() =>
  import("@/features/own/CancelLinkedDialog").then((module) => ({ default: module.CancelLinkedDialog })),
);

/** The chart with what is one's own in it. */
export function TradeChart({ phone }: { phone: boolean }) {
  useCommitCount("chart");
  const { listing, texts, age } = useRoom();
  // The room is one market's; another status is no reason to draw its chart anew.
  const [market] = useState(listing);
  const format = useFormat();
  const interval = useChartSettings((settings) => settings.interval);
  const stale = useStore(age, (state) => state.freshness === "stale");
  const moving = useMoving((state) => state.moving !== null);
  const cancel = useCancelOnChart();
  const write = useCallback(
    (price: string) => (/^-?\d+(\.\d+)?$/.test(price) ? format.decimal(price, listing.tickDecimals) : price),
    [format, listing.tickDecimals],
  );
  const compact = useCallback(
    // A volume on a pixel's way to the axis: three digits are shown of it.
    (volume: number) =>
      format.compact(Number.isFinite(volume) ? volume.toFixed(Math.min(listing.lotDecimals, 8)) : null),
    [format, listing.lotDecimals],
  );
  return (
    <ChartPanel
      market={market}
      name={listing.name}
      client={exchange()}
      streams={liveStreams()}
      now={serverNow}
      price={texts.wirePrice}
      lines={useOrderLines()}
      marks={useFillMarks(interval)}
      average={useAverageLine()}
      stale={stale}
      write={write}
      compact={compact}
      ticks={texts.price}
      onCancel={cancel.press}
      phone={phone}
      over={(parts) => (
        <AtRest now={parts.wish !== null}>
          <ChartMore {...parts} />
        </AtRest>
      )}
    >
      <Suspense>
        {moving && <AmendPanel />}
        {cancel.asked && (
          <CancelLinkedDialog {...cancel.asked} onKeep={cancel.keep} onConfirm={cancel.confirm} />
        )}
      </Suspense>
    </ChartPanel>
  );
}

/** What one's holding cost on average, as a line; its name comes with the chart's later words. */
function useAverageLine(): AverageLine | null {
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

/** Cancels an order by its cross on the chart; asks first where others would go with it. */
function useCancelOnChart() {
  const cancel = useCancel();
  const [asked, ask] = useState<{ row: OrderRow; others: readonly OrderRow[] } | null>(null);
  const press = useCallback(
    (key: string) => {
      const { orders } = ownStore.getState();
      const tracked = orders.get(key);
      const row = tracked && orderRow(tracked);
      if (!tracked || !row) return;
      const others = linkedRows(tracked, orders.values());
      if (others.length > 0) ask({ row, others });
      else void cancel(tracked);
    },
    [cancel],
  );
  return {
    press,
    asked,
    keep: () => ask(null),
    confirm: () => {
      if (asked) void cancel(asked.row.tracked);
      ask(null);
    },
  };
}
