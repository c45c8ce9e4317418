import type { Bar } from "@cse/client";
import type { Chart, DataLoader, KLineData } from "klinecharts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CandleFeed } from "@/features/chart/candleFeed";
import type { CandleSource, SourceListener } from "@/features/chart/candleSource";

const bar = (timestamp: number, close: number) => ({ timestamp, close }) as Bar;

/** A chart as far as the feed sees it, and a source that tells what a test tells it. */
function shown(first: readonly Bar[]) {
  let listener: SourceListener | undefined;
  const data: KLineData[] = [];
  const pushed: KLineData[] = [];
  const source = {
    interval: "1m",
    more: false,
    series: { all: first, last: null },
    start: async (heard: SourceListener) => {
      listener = heard;
      heard.onState("ready");
    },
    stop: vi.fn(),
  } as unknown as CandleSource;
  const chart = {
    getDataList: () => data,
    setDataLoader(loader: DataLoader) {
      loader.subscribeBar?.({ callback: (one: KLineData) => pushed.push(one) } as never);
      void loader.getBars({ type: "init", callback: (bars: KLineData[]) => data.push(...bars) } as never);
    },
    setPeriod: () => {},
  } as unknown as Chart;
  const onChanged = vi.fn();
  const feed = new CandleFeed(chart, { onState: () => {}, onBegun: () => {}, onChanged });
  feed.show(source);
  return { feed, data, pushed, onChanged, tell: (...bars: Bar[]) => listener?.onBars(bars) };
}

describe("bars that change", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("are shown at once, and then ten times a second, each as it was last", () => {
    const { pushed, tell, onChanged } = shown([bar(60, 1)]);
    tell(bar(60, 2));
    expect(pushed).toEqual([bar(60, 2)]);
    for (let close = 3; close < 20; close++) {
      tell(bar(60, close));
      vi.advanceTimersByTime(5);
    }
    tell(bar(120, 20));
    expect(pushed).toHaveLength(1);
    vi.advanceTimersByTime(100);
    expect(pushed.slice(1)).toEqual([bar(60, 19), bar(120, 20)]);
    expect(onChanged).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(1_000);
    tell(bar(120, 21));
    expect(pushed.at(-1)).toEqual(bar(120, 21));
  });

  it("are put in place where they are older than the last", () => {
    const { data, pushed, tell } = shown([bar(60, 1), bar(120, 2)]);
    tell(bar(60, 5));
    expect(data[0]).toEqual(bar(60, 5));
    expect(pushed).toEqual([bar(120, 2)]);
  });

  it("are forgotten when another source is shown, or none", () => {
    const { feed, pushed, tell } = shown([bar(60, 1)]);
    tell(bar(60, 2));
    tell(bar(60, 3));
    feed.stop();
    vi.advanceTimersByTime(1_000);
    tell(bar(60, 4));
    expect(pushed).toEqual([bar(60, 2)]);
  });
});
