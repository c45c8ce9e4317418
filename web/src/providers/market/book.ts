"use client";

import type { BookFrame, BookSides } from "@cse/client";
import { type Market, priceToTicks, quantityToLots } from "@cse/client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { exchange, liveStreams } from "../exchange";

/** A calculator needs no more: the frames between are left out. */
const COMMIT_EVERY_MS = 500;
const LEVELS = 100;
const FETCH_AFTER_MS = 2_000;

/**
 * A market's book for an estimate, drawn anew at most twice a second: the stream's, or until it speaks
 * the one fetched over HTTP. Null while there is none.
 */
export function useBook(market: Market | null): BookSides | null {
  const [frame, setFrame] = useState<BookFrame | null>(null);
  const name = market?.market ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a market's rules stay; its name says which it is
  useEffect(() => {
    setFrame(null);
    if (name === null || market === null) return;
    let newest: BookFrame | null = null;
    const timer = setInterval(() => newest && setFrame(newest), COMMIT_EVERY_MS);
    const stop = liveStreams().subscribe(
      `orderbook.${name}`,
      (book) => {
        if (newest === null) setFrame(book);
        newest = book;
      },
      { depth: LEVELS, market },
    );
    return () => {
      clearInterval(timer);
      stop();
    };
  }, [name]);
  // Only where the socket has not spoken for a while.
  const [waited, setWaited] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setWaited(true), FETCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  const fetched = useQuery({
    queryKey: ["book", name],
    enabled: market !== null && frame === null && waited,
    refetchInterval: 5_000,
    queryFn: async ({ signal }) => exchange().orderBook(name ?? "", LEVELS, { signal }),
  });
  if (market === null) return null;
  if (frame !== null && frame.market === name) return frame;
  if (!fetched.data) return null;
  const pairs = (levels: readonly (readonly string[])[]) =>
    levels.map(([price = "0", quantity = "0"]): [bigint, bigint] => [
      priceToTicks(price, market),
      quantityToLots(quantity, market),
    ]);
  return { bids: pairs(fetched.data.bids), asks: pairs(fetched.data.asks) };
}
