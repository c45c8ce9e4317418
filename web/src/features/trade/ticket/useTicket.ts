"use client";

import { type Available, formatInput, type Quote, quantityForPercent, quote, twiceMiddle } from "@cse/client";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useStore } from "zustand";
import { useFormat } from "@/providers/format";
import { availableOf } from "@/providers/own/available";
import { useOwn } from "@/providers/own/own";
import type { MarketFeed } from "../feed/marketFeed";
import { useRoom } from "../MarketRoom";
import { firstMet, ownLevels, restingOrders } from "../ownOrders";
import { type Draft, edited } from "./draft";
import { type DraftReading, isComplete, readDraft, stepped } from "./reading";

/** How often the estimates follow the book while nobody types. */
const FOLLOW_MS = 250;

export interface Ticket {
  draft: Draft;
  reading: DraftReading;
  complete: boolean;
  estimate: Quote;
  available: Available | null;
  bestBid: bigint | null;
  bestAsk: bigint | null;
  twiceMiddle: bigint | null;
  /** The best of one's own prices that the order would meet, in ticks: it would end there. */
  ownInTheWay: bigint | null;
  /** Share of the free balance that the order takes, 0 to 100; null where it cannot be told. */
  percent: number | null;
  edit: (edit: Partial<Draft>) => void;
  step: (field: "price" | "size", direction: 1 | -1, factor: 1 | 10 | 100) => void;
  choosePercent: (percent: number) => void;
  /** Puts ticks, lots or quote units into a field as a person would have typed them. */
  write: (field: "price" | "size" | "spend", value: bigint) => string;
}

/** The ticket's one state: what is typed, read once, estimated once, shown everywhere. */
export function useTicket(): Ticket {
  const { listing, feed, draft: store } = useRoom();
  const { numberLocale } = useFormat();
  const draft = useStore(store);
  const balances = useOwn((state) => state.balances);
  const book = useFollowedBook(feed);
  const available = useMemo(() => availableOf(balances, listing), [balances, listing]);
  const reading = useMemo(() => readDraft(draft, listing, numberLocale), [draft, listing, numberLocale]);
  const estimate = useMemo(
    () => quote(reading.order, book, listing, available),
    [reading, book, listing, available],
  );
  useTaken(reading, estimate);

  const write = useCallback(
    (field: "price" | "size" | "spend", value: bigint) => {
      if (field === "price") return formatInput(value * listing.tickSize, listing.tickDecimals, numberLocale);
      if (field === "size") return formatInput(value * listing.lotSize, listing.lotDecimals, numberLocale);
      return formatInput(value, listing.quoteDecimals, numberLocale);
    },
    [listing, numberLocale],
  );

  const amountFor = (next: Draft, percent: number): Partial<Draft> => {
    const { order } = readDraft(next, listing, numberLocale);
    if (next.type === "market" && next.by === "spend" && next.side === "buy") {
      const share = ((available?.quote ?? 0n) * BigInt(Math.round(percent * 100))) / 10_000n;
      return { spend: share > 0n ? write("spend", share) : "", percent };
    }
    const lots = quantityForPercent(percent, next.side, next.type, order.price, book, listing, available);
    return { size: lots > 0n ? write("size", lots) : "", by: "quantity", percent };
  };
  const edit = (change: Partial<Draft>) => {
    const next = edited(store.getState(), change);
    // A size that was chosen as a share follows what the share depends on.
    const follows =
      next.percent !== null && (change.price !== undefined || change.side || change.type || change.by);
    store.edit(follows ? { ...change, ...amountFor(next, next.percent ?? 0) } : change);
  };
  const orders = useOwn((state) => state.orders);
  const ownInTheWay = useMemo(() => {
    const own = ownLevels(restingOrders(orders, listing.market), listing);
    return firstMet(reading.order.side, own, estimate.worstPrice);
  }, [orders, listing, reading.order.side, estimate.worstPrice]);
  const { bids, asks } = book ?? { bids: [], asks: [] };
  return {
    draft,
    reading,
    complete: isComplete(reading),
    estimate,
    available,
    bestBid: bids[0]?.[0] ?? null,
    bestAsk: asks[0]?.[0] ?? null,
    twiceMiddle: book ? twiceMiddle(book) : null,
    ownInTheWay,
    percent: draft.percent ?? shareOf(estimate, available, listing.quote),
    edit,
    step: (field, direction, factor) => {
      const price = field === "price";
      const [text, decimals, size] = price
        ? [draft.price, listing.tickDecimals, listing.tickSize]
        : [draft.size, listing.lotDecimals, listing.lotSize];
      const from = price && text.trim() === "" ? (direction > 0 ? asks[0]?.[0] : bids[0]?.[0]) : undefined;
      const value = from ?? stepped(text, decimals, size, numberLocale, direction * factor);
      edit(price ? { price: write("price", value) } : { size: write("size", value) });
    },
    choosePercent: (percent) => store.edit(amountFor(store.getState(), percent)),
    write,
  };
}

/** The book as it was at most a quarter of a second ago; nothing renders while the tab is hidden. */
function useFollowedBook(feed: MarketFeed) {
  const [book, setBook] = useState(() => feed.getState().book);
  useEffect(() => {
    const read = () => setBook(feed.getState().book);
    const timer = setInterval(() => document.hidden || read(), FOLLOW_MS);
    const end = feed.subscribe((state, before) => {
      if ((state.book === null) !== (before.book === null)) read();
    });
    read();
    return () => {
      clearInterval(timer);
      end();
    };
  }, [feed]);
  return book;
}

/** Tells the book which of its levels the draft would take: the same ones as in the estimate. */
function useTaken({ order }: DraftReading, { worstPrice }: Quote): void {
  const { book } = useRoom();
  useEffect(() => {
    book.take(worstPrice === null ? null : { side: order.side === "buy" ? "ask" : "bid", to: worstPrice });
    return () => book.take(null);
  }, [book, order.side, worstPrice]);
}

function shareOf({ hold }: Quote, available: Available | null, quoteAsset: string): number | null {
  if (!available) return null;
  const free = hold.asset === quoteAsset ? available.quote : available.base;
  return free > 0n ? Math.min(100, Number((hold.amount * 10_000n) / free) / 100) : null;
}
