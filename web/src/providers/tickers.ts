"use client";

import type { Ticker } from "@cse/client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { exchange, liveStreams } from "./exchange";

/**
 * The one source of last prices: filled over HTTP, kept up by streams. Two places of the app never
 * show different prices, and a cell is drawn anew only when its own market moved.
 */
class TickerBoard {
  readonly #tickers = new Map<string, Ticker>();
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #everywhere = new Set<() => void>();
  #version = 0;

  get(market: string): Ticker | undefined {
    return this.#tickers.get(market);
  }

  get version(): number {
    return this.#version;
  }

  /** Keeps the newer of two words about a market. */
  put(ticker: Ticker): void {
    const held = this.#tickers.get(ticker.market);
    if (held && BigInt(held.sequence) > BigInt(ticker.sequence)) return;
    this.#tickers.set(ticker.market, ticker);
    this.#version += 1;
    for (const listener of this.#listeners.get(ticker.market) ?? []) listener();
    for (const listener of this.#everywhere) listener();
  }

  listen(market: string, listener: () => void): () => void {
    const set = this.#listeners.get(market) ?? new Set();
    this.#listeners.set(market, set.add(listener));
    return () => set.delete(listener);
  }

  listenToAll(listener: () => void): () => void {
    this.#everywhere.add(listener);
    return () => this.#everywhere.delete(listener);
  }
}

export const tickerBoard = new TickerBoard();

/** Fetches all tickers once a minute as a ground under the streams. */
export function useTickers() {
  const query = useQuery({
    queryKey: ["tickers"],
    queryFn: async ({ signal }) => {
      const { items } = await exchange().tickers({ signal });
      for (const ticker of items) tickerBoard.put(ticker);
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
