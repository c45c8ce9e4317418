/** Brings a source's bars into the chart: those at first, older ones as they are scrolled to, and changes in place. */

import type { Bar, Interval } from "@cse/client";
import type { Chart, DataLoaderGetBarsParams, KLineData } from "klinecharts";
import type { CandleSource, SourceState } from "./candleSource";
import { periodOf } from "./intervals";

export interface FeedListener {
  onState: (state: SourceState) => void;
  /** The first bars are there. */
  onBegun: () => void;
  /** Bars have other figures, or there are more. */
  onChanged: () => void;
}

export class CandleFeed {
  private source: CandleSource | null = null;
  private push: ((bar: KLineData) => void) | null = null;

  constructor(
    private readonly chart: Chart,
    private readonly listener: FeedListener,
  ) {}

  get interval(): Interval | undefined {
    return this.source?.interval;
  }

  get bars(): readonly Bar[] {
    return this.source?.series.all ?? [];
  }

  get last(): Bar | null {
    return this.source?.series.last ?? null;
  }

  /** Shows a market's bars; what was shown before is gone at once. */
  show(source: CandleSource): void {
    this.source?.stop();
    this.source = source;
    this.push = null;
    this.chart.setDataLoader({
      getBars: (request) => void this.load(source, request),
      subscribeBar: ({ callback }) => {
        if (this.source === source) this.push = callback;
      },
    });
    this.chart.setPeriod(periodOf(source.interval));
  }

  /** Goes on with the clock. */
  tick(): void {
    this.source?.tick();
  }

  stop(): void {
    this.source?.stop();
    this.source = null;
  }

  private async load(source: CandleSource, request: DataLoaderGetBarsParams): Promise<void> {
    if (request.type === "forward") {
      const older = await source.older();
      if (this.source === source) request.callback(older, { forward: source.more, backward: false });
      return;
    }
    if (request.type !== "init") return request.callback([], false);
    if (source.series.last) return this.begin(source, request);
    await source.start({
      onState: (state) => {
        if (this.source !== source) return;
        if (state === "ready") this.begin(source, request);
        this.listener.onState(state);
      },
      onBars: (bars) => {
        if (this.source === source) this.apply(bars);
      },
    });
  }

  private begin(source: CandleSource, request: DataLoaderGetBarsParams): void {
    request.callback([...source.series.all], { forward: source.more, backward: false });
    this.listener.onBegun();
  }

  /** Changes bars in place; the library itself only takes the last one and the ones after. */
  private apply(bars: readonly Bar[]): void {
    const { push } = this;
    const shown = this.chart.getDataList();
    const last = shown.at(-1);
    if (!push || !last) return;
    let pushed = false;
    for (const bar of bars) {
      if (bar.timestamp >= last.timestamp) {
        push(bar);
        pushed = true;
      } else {
        const index = shown.findIndex((other) => other.timestamp === bar.timestamp);
        if (index >= 0) shown[index] = bar;
      }
    }
    if (!pushed) push(shown.at(-1) ?? last);
    this.listener.onChanged();
  }
}
