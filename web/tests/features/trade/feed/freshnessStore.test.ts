import { INITIAL_STATUS, type StreamStatus } from "@cse/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { freshStore, runFreshness } from "@/features/trade/feed/freshnessStore";
import { emptyFeed } from "@/features/trade/feed/marketFeed";

/** A connection whose states are told by the test. */
function scripted() {
  let status: StreamStatus = { ...INITIAL_STATUS, state: "live", lastMessageAt: Date.now() };
  let listener = (_: StreamStatus) => {};
  return {
    get status() {
      return status;
    },
    onStatus(heard: (status: StreamStatus) => void) {
      listener = heard;
      return () => {};
    },
    become(state: StreamStatus["state"]) {
      status = { ...status, state };
      listener(status);
    },
  };
}

describe("the age of what is shown", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it.each<[string, number, "live" | "stale"]>([
    ["a socket that is changed for another makes nothing old", 100, "live"],
    ["half a second without one does", 500, "stale"],
  ])("%s", (_, awayMs, freshness) => {
    const streams = scripted();
    const store = freshStore();
    const end = runFreshness(store, emptyFeed("LUNA-USDC"), streams);
    streams.become("reconnecting");
    vi.advanceTimersByTime(awayMs);
    expect(store.getState().freshness).toBe(freshness);
    streams.become("live");
    expect(store.getState().freshness).toBe("live");
    end();
  });
});
