"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import { late } from "@/components/late";
import { liveStreams } from "@/providers/exchange";
import { useFormat } from "@/providers/format";
import type { Listing } from "@/providers/market/markets";
import { tickerBoard } from "@/providers/market/tickers";
import { AtRest } from "./AtRest";
import { BookModel } from "./book/model";
import type { Age } from "./feed/freshness";
import { freshStore, runFreshness } from "./feed/freshnessStore";
import { emptyFeed, type MarketFeed, runFeed } from "./feed/marketFeed";
import { type MarketTexts, marketTexts } from "./marketTexts";
import { withRules } from "./phase/liveListing";
import { type DraftStore, draftStore } from "./ticket/draftStore";

const MarketKeys = late(() => import("./keys/MarketKeys"));

/** What the parts of one market's page share. */
export interface Room {
  /** With status and rules as they are now. */
  readonly listing: Listing;
  readonly texts: MarketTexts;
  readonly feed: MarketFeed;
  readonly age: StoreApi<Age>;
  readonly draft: DraftStore;
  readonly book: BookModel;
}

const RoomContext = createContext<Room | null>(null);

export function useRoom(): Room {
  const room = useContext(RoomContext);
  if (!room) throw new Error("This part stands outside of a market's page");
  return room;
}

/**
 * Opens a market: its streams, its draft, its book. It must be keyed by the market, so that nothing of
 * one market is ever shown under another's name.
 */
export function MarketRoom({ listing: listed, children }: { listing: Listing; children: ReactNode }) {
  const { numberLocale } = useFormat();
  const [stores] = useState(() => openStores(listed));
  const rules = useStore(stores.feed, (state) => state.rules);
  const listing = useMemo(() => withRules(listed, rules), [listed, rules]);
  // How numbers are written never changes.
  const texts = useMemo(() => marketTexts(listed, numberLocale), [listed, numberLocale]);
  useEffect(() => {
    const ends = [
      runFeed(stores.feed, liveStreams()),
      runFreshness(stores.age, stores.feed, liveStreams()),
      stores.feed.subscribe(({ ticker }, before) => {
        if (ticker && ticker !== before.ticker) tickerBoard.put(ticker);
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [stores]);
  const room = useMemo(() => ({ listing, texts, ...stores }), [listing, texts, stores]);
  return (
    <RoomContext value={room}>
      {children}
      <AtRest>
        <MarketKeys />
      </AtRest>
    </RoomContext>
  );
}

function openStores(listing: Listing) {
  const feed = emptyFeed(listing.market);
  const known = tickerBoard.get(listing.market);
  if (known) feed.setState({ ticker: known });
  const still = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches ?? false;
  return {
    feed,
    age: freshStore(),
    draft: draftStore(listing.market),
    book: new BookModel(feed, !still),
  };
}
