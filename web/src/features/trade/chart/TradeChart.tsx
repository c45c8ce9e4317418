"use client";

import { Suspense, useCallback, useState } from "react";
import { useStore } from "zustand";
import { useCommitCount } from "@/canvas/counts";
import { late } from "@/components/late";
import { ChartPanel } from "@/features/chart/ChartPanel";
import { useMoving } from "@/features/chart/moving";
import { useChartSettings } from "@/features/chart/settings";
import { useCancelAsking } from "@/features/own/useCancelAsking";
import { exchange, liveStreams, serverNow } from "@/providers/exchange";
import { useFormat } from "@/providers/format";
import { ownStore } from "@/providers/own/own";
import { AtRest } from "../AtRest";
import { useRoom } from "../MarketRoom";
import { useCompared } from "./compare/comparing";
import { useCostLine, useFillMarks, useOrderLines } from "./ownLines";

const AmendPanel = late(() => import("../amend/AmendPanel"));
const ChartMore = late(() => import("./ChartMore"));
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
  const comparing = useCompared(({ market }) => market !== null);
  const { press, asked, keep, confirm } = useCancelAsking();
  const cancel = useCallback(
    (key: string) => {
      const tracked = ownStore.getState().orders.get(key);
      if (tracked) press(tracked);
    },
    [press],
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
      cost={useCostLine()}
      comparing={comparing}
      stale={stale}
      write={write}
      compact={compact}
      ticks={texts.price}
      onCancel={cancel}
      phone={phone}
      over={(parts) => (
        <AtRest now={parts.wish !== null}>
          <ChartMore {...parts} />
        </AtRest>
      )}
    >
      <Suspense>
        {moving && <AmendPanel />}
        {asked && <CancelLinkedDialog {...asked} onKeep={keep} onConfirm={confirm} />}
      </Suspense>
    </ChartPanel>
  );
}
