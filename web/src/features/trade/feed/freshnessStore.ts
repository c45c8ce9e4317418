/** How old the figures are, kept up once a second and at each change of the connection. */

import type { StreamClient } from "@cse/client";
import { createStore, type StoreApi } from "zustand/vanilla";
import { type Age, ageOf } from "./freshness";
import type { MarketFeed } from "./marketFeed";

const EVERY_MS = 1_000;

/** Nothing is old before the first connection has had its chance. */
const GRACE_MS = 5_000;

/** A socket that is only changed for another, as at a sign-out, is back sooner than this. */
const BLINK_MS = 500;

export function freshStore(): StoreApi<Age> {
  return createStore<Age>(() => ({ freshness: "live", seconds: null }));
}

/** Keeps the store up to date; gives what ends that. */
export function runFreshness(
  store: StoreApi<Age>,
  feed: MarketFeed,
  streams: Pick<StreamClient, "status" | "onStatus">,
  now: () => number = Date.now,
): () => void {
  const begunAtMs = now();
  let lostAtMs: number | null = null;
  let blink: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    const { state, lastMessageAt } = streams.status;
    const blinking = lostAtMs !== null && now() - lostAtMs < BLINK_MS;
    const starting = lastMessageAt === null && now() - begunAtMs < GRACE_MS;
    const age = ageOf(
      {
        connected: state === "live" || starting || blinking,
        lastMessageAtMs: lastMessageAt ?? (starting ? null : begunAtMs),
        lastMarketAtMs: feed.getState().changedAtMs,
      },
      now(),
    );
    const before = store.getState();
    const same =
      before.freshness === age.freshness && (age.freshness === "live" || before.seconds === age.seconds);
    if (!same) store.setState(age, true);
  };
  const changed = () => {
    if (streams.status.state === "live") lostAtMs = null;
    else if (lostAtMs === null) {
      lostAtMs = now();
      clearTimeout(blink);
      blink = setTimeout(look, BLINK_MS);
    }
    look();
  };
  const timer = setInterval(look, EVERY_MS);
  const end = streams.onStatus(changed);
  look();
  return () => {
    clearInterval(timer);
    clearTimeout(blink);
    end();
  };
}
