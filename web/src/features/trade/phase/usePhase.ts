"use client";

import { priceToTicks } from "@cse/client";
import { useStore } from "zustand";
import { useRoom } from "../MarketRoom";
import { type Phase, phaseOf } from "./phase";

/** What the market lets happen now. */
export function usePhase(): Phase {
  const { listing, feed } = useRoom();
  return useStore(feed, (state) => phaseOf(listing.status, state.auction));
}

/** The price at which an auction would trade now, in ticks; null where nothing would. */
export function useIndicative(): bigint | null {
  const { listing, feed } = useRoom();
  const text = useStore(feed, (state) => state.auction?.price ?? null);
  return text === null ? null : priceToTicks(text, listing);
}
