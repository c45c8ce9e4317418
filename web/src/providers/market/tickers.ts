"use client";

import type { Ticker } from "@cse/client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { exchange, liveStreams } from "../exchange";

/**
 * The one source of last prices: filled over HTTP, kept up by streams. Two places of the app never
 * show different prices, and a cell is drawn anew only when its own market moved.
 */
class TickerBoard {
  readonly #tickers = new Map<string, Ticker>();
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #fetchListeners = new Set<() => void>();
  #fetches = 0;

  get(market: string): Ticker | undefined {
    return this.#tickers.get(market);
  }

  /** Keeps the newer of two words about a market. */
  put(ticker: Ticker): void {
    const held = this.#tickers.get(ticker.market);
    if (held && BigInt(held.sequence) > BigInt(ticker.sequence)) return;
    this.#tickers.set(ticker.market, ticker);
    for (const listener of this.#listeners.get(ticker.market) ?? []) listener();
  }

  listen(market: string, listener: () => void): () => void {
    const set = this.#listeners.get(market) ?? new Set();
    this.#listeners.set(market, set.add(listener));
    return () => set.delete(listener);
  }

  /** How often all tickers were fetched: what is ordered by volume is ordered anew then, not at every tick. */
  get fetches(): number {
    return this.#fetches;
  }

  putAll(tickers: readonly Ticker[]): void {
    for (const ticker of tickers) this.put(ticker);
    this.#fetches += 1;
    for (const listener of this.#fetchListeners) listener();
  }

  readonly listenToFetches = (listener: () => void): (() => void) => {
    this.#fetchListeners.add(listener);
    return () => this.#fetchListeners.delete(listener);
  };
}

export const tickerBoard = new TickerBoard();

/** Fetches all tickers once a minute as a ground under the streams. */
export function useTickers() {
  const query = useQuery({
    queryKey: ["tickers"],
    queryFn: async ({ signal }) => {
      const { items } = await exchange().tickers({ signal });
      tickerBoard.putAll(items);
      return items;
    },
    refetchInterval: 60_000,
  });
  return query;
}

/** The newest word about a market; `live` subscribes while the component is on the page. */
export function useTicker(market: string | null, live = true): Ticker | undefined {
  useEffect(() => {
    if (market === null || !live) return;
    return liveStreams().subscribe(`ticker.${market}`, (ticker) => tickerBoard.put(ticker));
  }, [market, live]);
  return useSyncExternalStore(
    (listener) => (market === null ? () => {} : tickerBoard.listen(market, listener)),
    () => (market === null ? undefined : tickerBoard.get(market)),
    () => undefined,
  );
}
