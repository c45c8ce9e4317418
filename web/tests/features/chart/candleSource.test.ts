import type { Bar, CandleView } from "@cse/client";
import { describe, expect, it, vi } from "vitest";
import { CandleSource, PAGE, type SourceParts, type SourceState } from "@/features/chart/candleSource";

const NOON = Date.parse("2026-11-25T12:00:00Z");

function candle(minute: number, close = String(minute), trades = 1): CandleView {
  return {
    time: new Date(NOON + minute * 60_000).toISOString(),
    open: close,
    high: close,
    low: close,
    close,
    base_volume: "1",
    quote_volume: "1",
    trades,
    closed: true,
  };
}

function sourceOf(candles: (query: { from?: string; to?: string }) => Promise<CandleView[]>, nowMinute = 0) {
  let stream: (frame: unknown) => void = () => {};
  const states: SourceState[] = [];
  const told: (readonly Bar[])[] = [];
  const fetch = vi.fn(candles);
  const source = new CandleSource({
    client: {
      candles: async (query: { from?: string; to?: string }) => ({ items: await fetch(query) }),
    } as unknown as SourceParts["client"],
    streams: {
      subscribe: (_: string, listener: (frame: unknown) => void) => {
        stream = listener;
        return () => {};
      },
    } as unknown as SourceParts["streams"],
    market: "LUNA-USDC",
    interval: "1m",
    now: () => NOON + nowMinute * 60_000,
  });
  const hear = (reset: boolean, ...items: CandleView[]) =>
    stream({ market: "LUNA-USDC", interval: "1m", reset, candles: items });
  const start = () =>
    source.start({ onState: (state) => states.push(state), onBars: (bars) => told.push(bars) });
  const closes = () => source.series.all.map((bar) => bar.closeText);
  return { source, fetch, states, told, hear, start, closes };
}

describe("a chart's source", () => {
  it("joins what the stream said before the first page had come", async () => {
    const parts = sourceOf(async () => {
      parts.hear(true, candle(3, "9"));
      return [candle(1), candle(2)];
    }, 3);
    await parts.start();
    expect(parts.states).toEqual(["loading", "ready"]);
    expect(parts.closes()).toEqual(["1", "2", "9"]);
  });

  it("is empty until the first trade", async () => {
    const parts = sourceOf(async () => []);
    await parts.start();
    parts.hear(false, candle(0));
    expect(parts.states).toEqual(["loading", "empty", "ready"]);
  });

  it("says that it failed, and keeps why", async () => {
    const error = new Error("away");
    const parts = sourceOf(() => Promise.reject(error));
    await parts.start();
    expect(parts.states).toEqual(["loading", "failed"]);
    expect(parts.source.error).toBe(error);
  });

  it("fetches what it missed when the stream begins anew, and lets the stream go on meanwhile", async () => {
    let answer: (page: CandleView[]) => void = () => {};
    const parts = sourceOf(
      ({ from }) =>
        from
          ? new Promise((resolve) => {
              answer = resolve;
            })
          : Promise.resolve([candle(1), candle(2)]),
      2,
    );
    await parts.start();
    parts.hear(true, candle(6));
    parts.hear(false, candle(6, "7", 2));
    answer([candle(2, "3", 2), candle(4), candle(6)]);
    await vi.waitFor(() => expect(parts.closes()).toEqual(["1", "3", "3", "4", "4", "7"]));
    expect(parts.fetch.mock.calls[1]?.[0]).toMatchObject({ from: "2026-11-25T12:02:00.000Z" });
  });

  it("loads older pages until one is not full", async () => {
    const whole = Array.from({ length: PAGE }, (_, index) => candle(index - PAGE + 1));
    const parts = sourceOf(async ({ to }) => (to ? [candle(-PAGE)] : whole));
    await parts.start();
    expect(parts.source.more).toBe(true);
    expect((await parts.source.older()).map((bar) => bar.closeText)).toEqual([String(-PAGE)]);
    expect(parts.source.more).toBe(false);
    expect(await parts.source.older()).toEqual([]);
  });

  it("tells nothing after it was stopped", async () => {
    const parts = sourceOf(async () => [candle(0)]);
    await parts.start();
    parts.source.stop();
    parts.hear(false, candle(0, "5"));
    expect(parts.told).toEqual([]);
  });
});
