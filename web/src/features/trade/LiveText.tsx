"use client";

import { useEffect, useRef } from "react";
import { drawNoMore, drawSoon } from "@/canvas/frame";
import type { FeedState, MarketFeed } from "./feed/marketFeed";

/** A text that follows the feed, with the tone it is shown in. */
export interface LiveValue {
  text: string;
  tone?: "up" | "down" | "flat";
}

/**
 * A figure that follows the feed without React: its text and its `data-tone` are written at the next
 * frame. `read` must give the same answer for the same state.
 */
export function Live({
  feed,
  read,
  className,
  dir,
}: {
  feed: MarketFeed;
  read: (state: FeedState) => LiveValue;
  className?: string;
  /** `auto` where the text has words of the page's language in it. */
  dir?: "auto";
}) {
  const element = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const write = () => {
      const node = element.current;
      if (!node) return;
      const { text, tone } = read(feed.getState());
      if (node.textContent !== text) node.textContent = text;
      if (node.dataset.tone !== tone) {
        if (tone) node.dataset.tone = tone;
        else delete node.dataset.tone;
      }
    };
    write();
    const end = feed.subscribe(() => drawSoon(write));
    return () => {
      end();
      drawNoMore(write);
    };
  }, [feed, read]);
  return <span ref={element} className={className} dir={dir} />;
}
