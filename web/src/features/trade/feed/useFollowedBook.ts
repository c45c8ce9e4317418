"use client";

import type { BookFrame } from "@cse/client";
import { useEffect, useState } from "react";
import type { MarketFeed } from "./marketFeed";

/** The book as it was at most so long ago, for what renders with it; nothing renders while the tab is hidden. */
export function useFollowedBook(feed: MarketFeed, everyMs: number): BookFrame | null {
  const [book, setBook] = useState(() => feed.getState().book);
  useEffect(() => {
    const read = () => setBook(feed.getState().book);
    const timer = setInterval(() => document.hidden || read(), everyMs);
    const end = feed.subscribe((state, before) => {
      if ((state.book === null) !== (before.book === null)) read();
    });
    read();
    return () => {
      clearInterval(timer);
      end();
    };
  }, [feed, everyMs]);
  return book;
}
