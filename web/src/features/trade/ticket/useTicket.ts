"use client";

import {
  type Available,
  type DraftOrder,
  formatInput,
  gridOf,
  parseInput,
  type Quote,
  quantityForPercent,
  steppedOn,
  twiceMiddle,
} from "@cse/client";
import { useCallback, useEffect, useMemo } from "react";
import { useStore } from "zustand";
import { useFormat } from "@/providers/format";
import { availableOf } from "@/providers/own/available";
import { useOwn } from "@/providers/own/own";
import { firstMet, ownLevels, restingOrders } from "../book/ownLevels";
import { ticksOrNull } from "../feed/lastPrice";
import type { FeedState } from "../feed/marketFeed";
import { useFollowed } from "../feed/useFollowed";
import { useRoom } from "../MarketRoom";
import { isAuction, type Phase } from "../phase/phase";
import { useIndicative, usePhase } from "../phase/usePhase";
import { accepted, type Draft, edited } from "./draft";
import { isBySpend } from "./kinds";
import { type QuoteScene, quoted } from "./quoted";
import { type DraftReading, type NumberName, readDraft } from "./reading";

/** How often the estimates follow the book while nobody types. */
const FOLLOW_MS = 250;

/** The fields that are stepped by ticks or lots, and those into which a number is put. */
export type StepField = Exclude<NumberName, "trail" | "spend">;
type WrittenField = StepField | "spend";

export interface Ticket {
  /** What the market lets happen now; the draft is one that it takes. */
  phase: Phase;
  draft: Draft;
  reading: DraftReading;
  complete: boolean;
  estimate: Quote;
  available: Available | null;
  bestBid: bigint | null;
  bestAsk: bigint | null;
  /** Null while a side is empty, and in an auction, whose book may be crossed. */
  twiceMiddle: bigint | null;
  /** The price at which an auction would trade now, and the market's last one, in ticks. */
  indicative: bigint | null;
  last: bigint | null;
  /** The best of one's own prices that the order would meet, in ticks: it would end there. */
  ownInTheWay: bigint | null;
  /** Share of the free balance that the order takes, 0 to 100; null where it cannot be told. */
  percent: number | null;
  edit: (edit: Partial<Draft>) => void;
  step: (field: StepField, direction: 1 | -1, factor: 1 | 10 | 100) => void;
  choosePercent: (percent: number) => void;
  /** Puts ticks, lots or quote units into a field as a person would have typed them. */
  write: (field: WrittenField, value: bigint) => string;
}

/** What the estimates are made of. Trades move the last price more often than anybody reads an estimate. */
function bookAndLast({ book, ticker }: FeedState) {
  return { book, lastText: ticker?.last_price ?? null };
}

/** The ticket's one state: what is typed, read once, estimated once, shown everywhere. */
export function useTicket(): Ticket {
  const { listing, draft: store } = useRoom();
  const { numberLocale } = useFormat();
  const phase = usePhase();
  const auction = isAuction(phase);
  const kept = useStore(store);
  const draft = useMemo(() => accepted(kept, auction), [kept, auction]);
  const reading = useMemo(() => readDraft(draft, listing, numberLocale), [draft, listing, numberLocale]);
  const scene = useScene();
  const estimate = useMemo(() => quoted(reading, scene), [reading, scene]);
  useTaken(reading, estimate);
  const { book, available, last, indicative } = scene;
  const { bids, asks } = book ?? { bids: [], asks: [] };
  const best = { bid: bids[0]?.[0] ?? null, ask: asks[0]?.[0] ?? null };
  return {
    phase,
    draft,
    reading,
    complete: reading.complete,
    estimate,
    available,
    bestBid: best.bid,
    bestAsk: best.ask,
    twiceMiddle: book && !auction ? twiceMiddle(book) : null,
    indicative,
    last,
    ownInTheWay: useOwnInTheWay(reading, estimate),
    percent: draft.percent ?? shareOf(estimate, available, listing.quote),
    ...useEdits(draft, scene, auction, best),
  };
}

/** There is nothing to buy with: what helps is money, not another order. */
export function lacksMoney({ draft, available }: Pick<Ticket, "draft" | "available">): boolean {
  return draft.side === "buy" && available?.quote === 0n;
}

/** By what the ticket's estimates are made; its book follows the market's at leisure. */
function useScene(): QuoteScene {
  const { listing: market, feed } = useRoom();
  const balances = useOwn((state) => state.balances);
  const { book, lastText } = useFollowed(feed, FOLLOW_MS, bookAndLast);
  const indicative = useIndicative();
  const last = ticksOrNull(lastText, market);
  return useMemo(
    () => ({ book, market, available: availableOf(balances, market), last, indicative }),
    [book, market, balances, last, indicative],
  );
}

/** The best of one's own prices that the order would meet. */
function useOwnInTheWay({ order: { side } }: DraftReading, { worstPrice }: Quote): bigint | null {
  const { listing } = useRoom();
  const orders = useOwn((state) => state.orders);
  return useMemo(
    () => firstMet(side, ownLevels(restingOrders(orders, listing.market), listing), worstPrice),
    [orders, listing, side, worstPrice],
  );
}

/** How the draft is changed: by what is typed, step by step, and by a share of what is free. */
function useEdits(
  draft: Draft,
  { book, market, available, last, indicative }: QuoteScene,
  auction: boolean,
  best: { bid: bigint | null; ask: bigint | null },
): Pick<Ticket, "edit" | "step" | "choosePercent" | "write"> {
  const { draft: store } = useRoom();
  const { numberLocale } = useFormat();
  const write = useCallback(
    (field: WrittenField, value: bigint) => {
      if (field === "spend") return formatInput(value, market.quoteDecimals, numberLocale);
      if (isLots(field)) return formatInput(value * market.lotSize, market.lotDecimals, numberLocale);
      return formatInput(value * market.tickSize, market.tickDecimals, numberLocale);
    },
    [market, numberLocale],
  );
  const amountFor = (next: Draft, percent: number): Partial<Draft> => {
    const { order, list } = readDraft(next, market, numberLocale);
    if (isBySpend(next) && next.side === "buy") {
      const share = ((available?.quote ?? 0n) * BigInt(Math.round(percent * 100))) / 10_000n;
      return { spend: share > 0n ? write("spend", share) : "", percent };
    }
    const price = dearest(list?.kind === "oco" ? list.orders : [order]);
    const lots = quantityForPercent(percent, next.side, order.type, price, book, market, available);
    return { size: lots > 0n ? write("size", lots) : "", by: "quantity", percent };
  };
  const edit = (change: Partial<Draft>) => {
    const next = accepted(edited(store.getState(), change), auction);
    // A size that was chosen as a share follows what the share depends on.
    const follows =
      next.percent !== null &&
      (change.price !== undefined || change.worst !== undefined || change.side || change.type || change.by);
    store.edit(follows ? { ...change, ...amountFor(next, next.percent ?? 0) } : change);
  };
  const step: Ticket["step"] = (field, direction, factor) => {
    const text = draft[field];
    const grid = gridOf(market, isLots(field) ? "quantity" : "price");
    const touch = direction > 0 ? best.ask : best.bid;
    const first = auction ? (indicative ?? last) : field === "price" ? touch : (last ?? touch);
    const from = !isLots(field) && text.trim() === "" ? first : null;
    const typed = parseInput(text, numberLocale, grid.decimals);
    const next = steppedOn(grid, typed.ok ? typed.units : 0n, direction * factor);
    edit({ [field]: write(field, from ?? next / grid.unit) });
  };
  return {
    edit,
    step,
    write,
    choosePercent: (percent) => store.edit(amountFor(accepted(store.getState(), auction), percent)),
  };
}

function isLots(field: StepField): field is "size" | "shown" {
  return field === "size" || field === "shown";
}

/** The price by which orders are held of which only one will trade; undefined while it is not known. */
function dearest(orders: readonly DraftOrder[]): bigint | undefined {
  let most = 0n;
  for (const { price } of orders) {
    if (price === undefined) return undefined;
    if (price > most) most = price;
  }
  return most;
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
