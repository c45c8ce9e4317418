/** Another market as a line over the candles, from the first bar in sight on. */

import type { Bar } from "@cse/client";
import { type Chart, registerIndicator } from "klinecharts";
import { drawNoMore, drawSoon } from "@/canvas/frame";
import { currentPalette } from "@/canvas/palette";
import { CandleSource, type SourceParts } from "@/features/chart/candleSource";
import type { ChartTools } from "@/features/chart/chartController";
import { changeInSight, ratioOf } from "./ratio";

const NAME = "compared_market";
/** Below this a ratio is the same; each other one is computed for every bar. */
const SAME = 1e-9;
/** No further back than this many pages behind the chart's own first bar. */
const PAGES_MAX = 8;

interface Point {
  other?: number;
}

registerIndicator<Point, number>({ name: NAME, calc: () => [] });

export class ComparedLine {
  private readonly chart: Chart;
  private readonly source: CandleSource;
  private readonly closes = new Map<number, number>();
  private ratio = 0;
  private pages = 0;
  private loading = false;
  private gone = false;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly tools: ChartTools,
    source: SourceParts,
    private readonly onChange: (ppm: bigint | null) => void,
  ) {
    this.chart = tools.chart;
    this.source = new CandleSource(source);
    this.chart.createIndicator(
      {
        name: NAME,
        paneId: tools.pricePane,
        series: "price",
        figures: [{ key: "other", type: "line", styles: () => ({ color: currentPalette().series1 }) }],
        calc: (bars) => bars.map(({ timestamp }) => this.pointAt(timestamp)),
        createTooltipDataSource: () => ({ name: "", calcParamsText: "", features: [], legends: [] }),
      },
      true,
    );
    this.chart.subscribeAction("onVisibleRangeChange", this.soon);
    void this.source.start({
      onState: (state) => {
        if (state === "ready") this.took(this.source.series.all);
      },
      onBars: (bars) => this.took(bars),
    });
    this.timer = setInterval(() => document.hidden || this.source.tick(), 1_000);
  }

  end(): void {
    this.gone = true;
    clearInterval(this.timer);
    this.source.stop();
    drawNoMore(this.follow);
    this.chart.unsubscribeAction("onVisibleRangeChange", this.soon);
    this.chart.removeIndicator({ name: NAME });
  }

  private readonly soon = () => drawSoon(this.follow);

  private took(bars: readonly Bar[]): void {
    for (const { timestamp, close } of bars) this.closes.set(timestamp, close);
    this.ratio = 0;
    this.soon();
  }

  private pointAt(timestamp: number): Point {
    const close = this.closes.get(timestamp);
    return close === undefined || this.ratio === 0 ? {} : { other: close * this.ratio };
  }

  /** The first bar in sight is another one, or the line's own bars are. */
  private readonly follow = () => {
    if (this.gone) return;
    const { from, to } = this.chart.getVisibleRange();
    const sight = this.chart.getDataList().slice(from, to);
    const ratio = ratioOf(sight, this.closes);
    this.onChange(changeInSight(sight, this.closes));
    if (ratio !== null && Math.abs(ratio - this.ratio) > SAME * ratio) {
      this.ratio = ratio;
      this.chart.overrideIndicator({ name: NAME, paneId: this.tools.pricePane, calcParams: [ratio] });
    }
    void this.reachBack(sight[0]?.timestamp);
  };

  /** Loads what lies before, as far as the chart shows it. */
  private async reachBack(wanted: number | undefined): Promise<void> {
    const first = this.source.series.all[0]?.timestamp;
    if (this.loading || wanted === undefined || first === undefined || first <= wanted) return;
    if (!this.source.more || this.pages >= PAGES_MAX) return;
    this.loading = true;
    this.pages += 1;
    const older = await this.source.older();
    this.loading = false;
    if (!this.gone && older.length > 0) this.took(older);
  }
}
