import type { StreamStatus } from "@cse/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { followStreamStatus } from "@/providers/streamStatus";

const status = (changed: Partial<StreamStatus>): StreamStatus =>
  ({ state: "live", latencyMs: null, journalSequence: 0n, ...changed }) as StreamStatus;

describe("the state of the feed as components show it", () => {
  const shown: (readonly [string, number | null])[] = [];
  let take: (status: StreamStatus) => void;

  beforeEach(() => {
    vi.useFakeTimers();
    shown.length = 0;
    take = followStreamStatus((now) => shown.push([now.state, now.latencyMs]));
  });
  afterEach(() => vi.useRealTimers());

  it("tells a change of state at once", () => {
    take(status({ state: "connecting" }));
    take(status({ state: "live" }));
    expect(shown.map(([state]) => state)).toEqual(["connecting", "live"]);
  });

  it("tells the first figures at once", () => {
    take(status({}));
    take(status({ latencyMs: 1 }));
    take(status({ latencyMs: 1, journalSequence: 9n }));
    expect(shown).toEqual([
      ["live", null],
      ["live", 1],
      ["live", 1],
    ]);
  });

  it("tells figures at most once a second, the newest of them", () => {
    take(status({ latencyMs: 1 }));
    take(status({ latencyMs: 2 }));
    take(status({ latencyMs: 3 }));
    vi.advanceTimersByTime(999);
    expect(shown).toEqual([["live", 1]]);
    vi.advanceTimersByTime(1);
    expect(shown).toEqual([
      ["live", 1],
      ["live", 3],
    ]);
  });

  it("does not tell a change of state twice", () => {
    take(status({ latencyMs: 1 }));
    take(status({ latencyMs: 2 }));
    take(status({ state: "reconnecting" }));
    vi.advanceTimersByTime(5_000);
    expect(shown.map(([state]) => state)).toEqual(["live", "reconnecting"]);
  });
});
