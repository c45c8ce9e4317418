"use client";

import { useEffect, useReducer } from "react";
import { liveStreams } from "../exchange";
import { tickerBoard } from "./tickers";

/** So often at most what is made of several prices is made anew. */
const EVERY_MS = 1_000;

/** Keeps the prices of these markets up, and has the component drawn anew once one has moved. */
export function useMovedTickers(markets: readonly string[]): void {
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const names = markets.join(" ");
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const moved = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        draw();
      }, EVERY_MS);
    };
    const ends = names
      .split(" ")
      .filter(Boolean)
      .flatMap((market) => [
        tickerBoard.listen(market, moved),
        liveStreams().subscribe(`ticker.${market}`, (ticker) => tickerBoard.put(ticker)),
      ]);
    return () => {
      clearTimeout(timer);
      for (const end of ends) end();
    };
  }, [names]);
}
