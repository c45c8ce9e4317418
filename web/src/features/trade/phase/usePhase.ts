"use client";

import { priceToTicks } from "@cse/client";
import { useStore } from "zustand";
import { useRoom } from "../MarketRoom";
import { type AuctionReason, auctionReason, type Phase, phaseOf } from "./phase";

/** What the market lets happen now. */
export function usePhase(): Phase {
  const { listing, feed } = useRoom();
  return useStore(feed, (state) => phaseOf(listing.status, state.auction));
}

/** Why the market is in auction; null where it is not known yet. */
export function useAuctionReason(): AuctionReason | null {
  const { feed } = useRoom();
  return useStore(feed, (state) => auctionReason(state.rules, state.ticker));
}

/** The price at which an auction would trade now, in ticks; null where nothing would. */
export function useIndicative(): bigint | null {
  const { listing, feed } = useRoom();
  const text = useStore(feed, (state) => state.auction?.price ?? null);
  return text === null ? null : priceToTicks(text, listing);
}
