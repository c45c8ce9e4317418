"use client";

import { formatInput } from "@cse/client";
import { useState } from "react";
import { createPortal } from "react-dom";
import { usePriceAlerts } from "@/features/alerts/usePriceAlerts";
import type { OverChart } from "@/features/chart/ChartPanel";
import { snapped } from "@/features/chart/snapping";
import { useFormat } from "@/providers/format";
import { useRoom } from "../../MarketRoom";
import { AlertDialog } from "./AlertDialog";
import { AlertHandles } from "./AlertHandles";
import { AxisButton } from "./AxisButton";
import { useReached } from "./useReached";

/** Alerts that wait as lines that are moved, a button at the price axis that sets one there, and the form of them. */
export function ChartAlerts(parts: OverChart) {
  const { tools, chart, wish, onWish } = parts;
  const { listing } = useRoom();
  const { numberLocale } = useFormat();
  const { data: alerts } = usePriceAlerts();
  const [at, setAt] = useState("");
  useReached(alerts);
  const close = () => {
    setAt("");
    onWish(null);
  };
  const take = (clientY: number) => {
    const price = chart.current?.priceAt(clientY) ?? null;
    const ticks = price === null ? null : snapped(price, listing);
    if (ticks === null) return;
    setAt(formatInput(ticks * listing.tickSize, listing.tickDecimals, numberLocale));
    onWish("alert");
  };
  return (
    <>
      <AlertHandles {...parts} />
      <AxisButton tools={tools} onTake={take} within={(y) => (chart.current?.priceAt(y) ?? null) !== null} />
      {wish === "alert" && createPortal(<AlertDialog at={at} onClose={close} />, document.body)}
    </>
  );
}
