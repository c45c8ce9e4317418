import { useMemo } from "react";
import type { FeedState } from "../feed/marketFeed";
import type { LiveValue } from "../LiveText";

/** The same value in the tone of the newest trade's direction: up where it was bought, down where sold. */
export function useTickTone(read: (state: FeedState) => LiveValue): (state: FeedState) => LiveValue {
  return useMemo(
    () => (state) => {
      const newest = state.trades[0];
      return { text: read(state).text, tone: newest ? (newest.side === "buy" ? "up" : "down") : "flat" };
    },
    [read],
  );
}
