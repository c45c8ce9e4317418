/**
 * Where a chart's bars come from: pages of history over HTTP, then the stream.
 *
 * Stream messages that arrive before the first page wait for it. After a break of the connection the
 * stream begins with a snapshot; what happened in between is fetched, so that no bar is missing.
 */

import {
  type Bar,
  CandleSeries,
  type CandlesFrame,
  type CandleView,
  type CseClient,
  type Interval,
  type StreamClient,
} from "@cse/client";

export type SourceState = "loading" | "ready" | "empty" | "failed";

export interface SourceParts {
  client: Pick<CseClient, "candles">;
  streams: Pick<StreamClient, "subscribe">;
  market: string;
  interval: Interval;
  /** The server's time as well as it is known, in milliseconds since 1970. */
  now: () => number;
  /** So many bars are there at first, where the market has them: what indicators stand on. */
  atLeast?: number;
}

export interface SourceListener {
  onState(state: SourceState): void;
  /** Bars that are new or changed, ascending. */
  onBars(bars: readonly Bar[]): void;
}

export const PAGE = 500;

export class CandleSource {
  readonly series: CandleSeries;
  /** Why the first page could not be loaded. */
  error: unknown = null;
  private state: SourceState = "loading";
  private hasOlder = false;
  private waiting: CandleView[] = [];
  private listener: SourceListener | null = null;
  private unsubscribe: (() => void) | null = null;
  private readonly cancel = new AbortController();

  constructor(private readonly parts: SourceParts) {
    this.series = new CandleSeries(parts.interval);
  }

  get interval(): Interval {
    return this.parts.interval;
  }

  get more(): boolean {
    return this.hasOlder;
  }

  get current(): SourceState {
    return this.state;
  }

  /** Loads the newest page and follows the stream from then on. */
  async start(listener: SourceListener): Promise<void> {
    this.listener = listener;
    this.unsubscribe ??= this.parts.streams.subscribe(
      `candles.${this.parts.market}.${this.parts.interval}`,
      (frame) => this.heard(frame),
    );
    this.become("loading");
    try {
      const page = await this.fetch({ limit: PAGE });
      this.hasOlder = page.length === PAGE;
      this.series.merge(page);
      await this.reachBack();
      this.series.merge(this.waiting);
      this.waiting = [];
      this.series.advance(this.parts.now());
      this.become(this.series.last ? "ready" : "empty");
    } catch (error) {
      if (this.cancel.signal.aborted) return;
      this.error = error;
      this.become("failed");
    }
  }

  /** Loads the page before the first bar; nothing where there is none, or where it cannot be had now. */
  async older(): Promise<Bar[]> {
    const first = this.series.all[0];
    if (!first || !this.hasOlder) return [];
    try {
      const page = await this.fetch({ limit: PAGE, to: new Date(first.timestamp).toISOString() });
      this.hasOlder = page.length === PAGE;
      return this.series.prepend(page);
    } catch {
      return [];
    }
  }

  private async reachBack(): Promise<void> {
    const least = this.parts.atLeast ?? 0;
    for (let known = 0; this.hasOlder && this.series.all.length < least; ) {
      if (this.series.all.length === known) return;
      known = this.series.all.length;
      await this.older();
    }
  }

  /** Goes on with the clock: a bucket without a trade is a flat bar. */
  tick(): void {
    if (this.state === "ready") this.tell(this.series.advance(this.parts.now()));
  }

  stop(): void {
    this.cancel.abort();
    this.unsubscribe?.();
    this.unsubscribe = null;
    this.listener = null;
  }

  private heard(frame: CandlesFrame): void {
    if (this.state === "loading" || this.state === "failed") {
      this.waiting = [...this.waiting, ...frame.candles].slice(-PAGE);
      return;
    }
    if (frame.reset && this.state === "ready") void this.fillHole();
    this.take(frame.candles);
  }

  private take(candles: readonly CandleView[]): void {
    const changed = this.series.merge(candles);
    if (this.state === "empty" && this.series.last) this.become("ready");
    else this.tell(changed);
  }

  /** Fetches from the newest candle known, that one included: it may have gone on after the break. */
  private async fillHole(): Promise<void> {
    const newest = this.series.newestFromServer;
    if (newest === null) return;
    try {
      const page = await this.fetch({ limit: 1_000, from: new Date(newest).toISOString() });
      this.tell(this.series.rejoin(page));
    } catch {
      // The stream goes on; the next break or reload fills what is missing.
    }
  }

  private async fetch(range: { limit: number; from?: string; to?: string }): Promise<CandleView[]> {
    const { client, market, interval } = this.parts;
    const page = await client.candles({ market, interval, ...range }, { signal: this.cancel.signal });
    return page.items;
  }

  private become(state: SourceState): void {
    this.state = state;
    this.listener?.onState(state);
  }

  private tell(bars: readonly Bar[]): void {
    if (bars.length > 0) this.listener?.onBars(bars);
  }
}
