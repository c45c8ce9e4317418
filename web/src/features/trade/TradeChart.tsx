"use client";

import { useCallback, useState } from "react";
import { useStore } from "zustand";
import { useCommitCount } from "@/canvas/counts";
import { ChartPanel } from "@/features/chart/ChartPanel";
import { useChartSettings } from "@/features/chart/settings";
import { useCancel } from "@/features/own/useCancel";
import { exchange, liveStreams } from "@/providers/exchange";
import { useFormat } from "@/providers/format";
import { ownStore } from "@/providers/own/own";
import { serverNow, useRoom } from "./MarketRoom";
import { useFillMarks, useOrderLines } from "./ownOrders";

/** The chart with what is one's own in it. */
export function TradeChart({ phone }: { phone: boolean }) {
  useCommitCount("chart");
  const { listing, texts, age } = useRoom();
  // The room is one market's; another status is no reason to draw its chart anew.
  const [market] = useState(listing);
  const format = useFormat();
  const interval = useChartSettings((settings) => settings.interval);
  const stale = useStore(age, (state) => state.freshness === "stale");
  const cancel = useCancel();
  const onCancel = useCallback(
    (key: string) => {
      const tracked = ownStore.getState().orders.get(key);
      if (tracked) void cancel(tracked);
    },
    [cancel],
  );
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
      stale={stale}
      write={write}
      compact={compact}
      onCancel={onCancel}
      phone={phone}
    />
  );
}
