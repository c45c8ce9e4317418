"use client";

import { type Market, priceToTicks } from "@cse/client";
import { useStore } from "zustand";
import { useRoom } from "../MarketRoom";

/** A price of the wire in ticks; null where there is none. */
export function ticksOrNull(text: string | null | undefined, market: Market): bigint | null {
  return text ? priceToTicks(text, market) : null;
}

/** The market's last price in ticks; null before the first trade. */
export function useLastPrice(): bigint | null {
  const { feed, listing } = useRoom();
  return useStore(feed, ({ ticker }) => ticksOrNull(ticker?.last_price, listing));
}
