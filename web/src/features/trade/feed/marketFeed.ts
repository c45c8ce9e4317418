/**
 * What the streams say of one market, in a store beside React.
 *
 * Book, tape and ticker change many times a second: canvases and single text nodes listen to the store
 * and draw at the next frame; no component renders for them.
 */

import type {
  AuctionView,
  BookFrame,
  MarketFrame,
  MarketView,
  StreamClient,
  TapeTrade,
  Ticker,
  TradesFrame,
} from "@cse/client";
import { createStore, type StoreApi } from "zustand/vanilla";

export interface FeedState {
  readonly market: string;
  /** Null until the first snapshot, and again while a book is fetched anew. */
  readonly book: BookFrame | null;
  readonly ticker: Ticker | null;
  /** Status and rules as they are now; the same object for as long as they are the same. */
  readonly rules: MarketView | null;
  /** What an auction would trade if it ended now. */
  readonly auction: AuctionView | null;
  /** Newest first. */
  readonly trades: readonly TapeTrade[];
  /** Whether the first word on trades has come, though there may be none. */
  readonly tradesKnown: boolean;
  /** When book or tape last changed, on this machine's clock; null before the first. */
  readonly changedAtMs: number | null;
}

export type MarketFeed = StoreApi<FeedState>;

export const TAPE_MAX = 200;
const BOOK_DEPTH = 500;

/** A feed without anything in it yet. */
export function emptyFeed(market: string): MarketFeed {
  return createStore<FeedState>(() => ({
    market,
    book: null,
    ticker: null,
    rules: null,
    auction: null,
    trades: [],
    tradesKnown: false,
    changedAtMs: null,
  }));
}

/** Subscribes the feed to the streams of its market; gives what ends it. */
export function runFeed(
  feed: MarketFeed,
  streams: Pick<StreamClient, "subscribe">,
  now: () => number = Date.now,
): () => void {
  const { market } = feed.getState();
  const ends = [
    streams.subscribe(`orderbook.${market}`, (book) => feed.setState({ book, changedAtMs: now() }), {
      depth: BOOK_DEPTH,
    }),
    streams.subscribe(`ticker.${market}`, (ticker) => feed.setState({ ticker })),
    streams.subscribe(`market.${market}`, (frame) => feed.setState(withMarket(feed.getState(), frame))),
    streams.subscribe(`trades.${market}`, (frame) => {
      const { trades } = feed.getState();
      feed.setState({ trades: withNewer(trades, frame), tradesKnown: true, changedAtMs: now() });
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/** What a market's frame changes: its rules keep their object where only the auction is another. */
export function withMarket(
  { rules }: Pick<FeedState, "rules">,
  frame: MarketFrame,
): Pick<FeedState, "rules" | "auction"> {
  const same = rules !== null && JSON.stringify(rules) === JSON.stringify(frame.rules);
  return { rules: same ? rules : frame.rules, auction: frame.auction };
}

/** The tape with a frame's trades on top; those it has already are not shown twice. */
export function withNewer(tape: readonly TapeTrade[], frame: TradesFrame): readonly TapeTrade[] {
  const kept = frame.reset ? [] : tape;
  const newest = kept[0] ? BigInt(kept[0].trade_id) : -1n;
  const fresh = frame.trades.filter((trade) => BigInt(trade.trade_id) > newest).reverse();
  return fresh.length === 0 && !frame.reset ? tape : [...fresh, ...kept].slice(0, TAPE_MAX);
}
