/** Brings a source's bars into the chart: those at first, older ones as they are scrolled to, and changes in place. */

import type { Bar, Interval } from "@cse/client";
import type { Chart, DataLoaderGetBarsParams, KLineData } from "klinecharts";
import type { CandleSource, SourceState } from "./candleSource";
import { periodOf } from "./intervals";

/** So often bars that change are drawn at most: each time the library draws all of its canvases. */
const LEAST_MS = 100;

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
  /** Bars that changed since the last drawing, by their time. */
  private readonly due = new Map<number, Bar>();
  private timer: ReturnType<typeof setTimeout> | null = null;

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
    this.stop();
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
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.due.clear();
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
        if (this.source === source) this.take(bars);
      },
    });
  }

  private begin(source: CandleSource, request: DataLoaderGetBarsParams): void {
    request.callback([...source.series.all], { forward: source.more, backward: false });
    this.listener.onBegun();
  }

  /** Shows bars at once where none were shown just before, else together with what comes meanwhile. */
  private take(bars: readonly Bar[]): void {
    for (const bar of bars) this.due.set(bar.timestamp, bar);
    if (this.timer === null) this.showDue();
  }

  private showDue(): void {
    this.timer = null;
    if (this.due.size === 0) return;
    const bars = [...this.due.values()].sort((one, other) => one.timestamp - other.timestamp);
    this.due.clear();
    this.apply(bars);
    this.timer = setTimeout(() => this.showDue(), LEAST_MS);
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
