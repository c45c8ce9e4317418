import { describe, expect, it } from "vitest";
import { ageOf, type Freshness, type Heard } from "@/features/trade/feed/freshness";

const NOW = 100_000;

describe("how old the figures may be", () => {
  it.each<[string, Heard, Freshness, number | null]>([
    ["all is heard", { connected: true, lastMessageAtMs: NOW, lastMarketAtMs: NOW }, "live", 0],
    ["nothing yet", { connected: true, lastMessageAtMs: null, lastMarketAtMs: null }, "live", null],
    [
      "the market rests for 2.9 s",
      { connected: true, lastMessageAtMs: NOW, lastMarketAtMs: NOW - 2_900 },
      "live",
      0,
    ],
    [
      "the market rests for 3 s",
      { connected: true, lastMessageAtMs: NOW, lastMarketAtMs: NOW - 3_000 },
      "quiet",
      3,
    ],
    [
      "the market rests for an hour",
      { connected: true, lastMessageAtMs: NOW - 4_000, lastMarketAtMs: NOW - 3_600_000 },
      "quiet",
      3_600,
    ],
    [
      "no sign of life for 9.9 s",
      { connected: true, lastMessageAtMs: NOW - 9_900, lastMarketAtMs: NOW - 9_900 },
      "quiet",
      9,
    ],
    [
      "no sign of life for 10 s",
      { connected: true, lastMessageAtMs: NOW - 10_000, lastMarketAtMs: NOW - 10_000 },
      "stale",
      10,
    ],
    [
      "the connection is lost",
      { connected: false, lastMessageAtMs: NOW - 1_000, lastMarketAtMs: NOW - 1_000 },
      "stale",
      1,
    ],
    [
      "a clock that jumped back",
      { connected: true, lastMessageAtMs: NOW + 5_000, lastMarketAtMs: NOW + 5_000 },
      "live",
      0,
    ],
  ])("%s", (_, heard, freshness, seconds) => {
    expect(ageOf(heard, NOW)).toEqual({ freshness, seconds });
  });
});
