"use client";

import { useMemo, useSyncExternalStore } from "react";
import { usePreferences } from "@/providers/kept/preferences";
import { type Listing, useListings, VALUE_ASSET } from "@/providers/market/markets";
import { tickerBoard, useTickers } from "@/providers/market/tickers";
import { rowsOf, type View } from "./view";

export interface MarketList {
  /** Every market; undefined until they are known. */
  readonly all: readonly Listing[] | undefined;
  /** Those that the view lets through, in its order. */
  readonly rows: readonly Listing[];
  /** What creators do, each once. */
  readonly categories: readonly string[];
  /** What markets are paid in. */
  readonly quote: string;
  readonly loading: boolean;
  readonly error: unknown;
  retry(): void;
}

export const tickerOf = (market: string) => tickerBoard.get(market);

/** The markets as the address wants them. */
export function useMarketList({ tab, category, query, sort, descending }: View): MarketList {
  const listings = useListings();
  const tickers = useTickers();
  const starred = usePreferences((state) => state.starred);
  const fetches = useSyncExternalStore(
    tickerBoard.listenToFetches,
    () => tickerBoard.fetches,
    () => 0,
  );
  const all = listings.data?.all;
  // Rows keep their places while prices move; they are ordered anew with every fetch of all tickers.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `fetches` says when the tickers are new
  const rows = useMemo(
    () => rowsOf(all ?? [], { tab, category, query, sort, descending }, tickerOf, starred),
    [all, tab, category, query, sort, descending, starred, fetches],
  );
  const categories = useMemo(
    () => [...new Set((all ?? []).flatMap((listing) => listing.creator?.category ?? []))].sort(),
    [all],
  );
  const quotes = new Set((all ?? []).map((listing) => listing.quote));
  return {
    all,
    rows,
    categories,
    quote: (quotes.size === 1 ? [...quotes][0] : undefined) ?? VALUE_ASSET,
    loading: listings.isPending || tickers.isPending,
    error: listings.error,
    retry: () => void listings.refetch(),
  };
}
