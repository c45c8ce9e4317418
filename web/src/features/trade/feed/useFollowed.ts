"use client";

import type { BookFrame } from "@cse/client";
import { useEffect, useState } from "react";
import type { FeedState, MarketFeed } from "./marketFeed";

/** Part of a feed. What `select` gives is compared piece by piece. */
type Select<Part> = (state: FeedState) => Part;

/**
 * Part of a feed as it was at most so long ago, for what renders with it: at once where a piece comes or
 * goes, and never while the tab is hidden. `select` stands outside of the component.
 */
export function useFollowed<Part extends Readonly<Record<string, unknown>>>(
  feed: MarketFeed,
  everyMs: number,
  select: Select<Part>,
): Part {
  const [part, setPart] = useState(() => select(feed.getState()));
  useEffect(() => {
    const read = () => setPart((held) => kept(held, select(feed.getState())));
    const timer = setInterval(() => document.hidden || read(), everyMs);
    const end = feed.subscribe((state, before) => {
      if (cameOrWent(select(before), select(state))) read();
    });
    read();
    return () => {
      clearInterval(timer);
      end();
    };
  }, [feed, everyMs, select]);
  return part;
}

/** The book alone. */
export function useFollowedBook(feed: MarketFeed, everyMs: number): BookFrame | null {
  return useFollowed(feed, everyMs, bookOf).book;
}

function bookOf({ book }: FeedState) {
  return { book };
}

/** What is held where the newer is the same, so that nothing renders. */
export function kept<Part extends Readonly<Record<string, unknown>>>(held: Part, newer: Part): Part {
  return Object.entries(newer).every(([name, value]) => Object.is(held[name], value)) ? held : newer;
}

/** Whether a piece is there in one and not in the other. */
export function cameOrWent<Part extends Readonly<Record<string, unknown>>>(before: Part, now: Part): boolean {
  return Object.entries(now).some(([name, value]) => (value === null) !== (before[name] === null));
}
