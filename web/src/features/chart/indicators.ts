/** The chart's own series: volume bars, and one's fills under or over the candles that caused them. */

import type { IndicatorTemplate, KLineData } from "klinecharts";
import type { BarColours } from "./chartTheme";
import { clustered, type FillMark } from "./fillClusters";

export const VOLUME = "own_volume";
export const FILL_MARKS = "own_fills";

interface VolumeBar {
  volume: number;
  open: number;
  close: number;
}

export const volumeTemplate: IndicatorTemplate<VolumeBar, number, () => BarColours> = {
  name: VOLUME,
  shortName: "",
  series: "volume",
  minValue: 0,
  figures: [
    {
      key: "volume",
      type: "bar",
      baseValue: 0,
      styles: ({ data, indicator }) => {
        const bar = data.current;
        const colours = (indicator.extendData as () => BarColours)();
        if (!bar || bar.close === bar.open) return { color: colours.flat };
        return { color: bar.close > bar.open ? colours.up : colours.down };
      },
    },
  ],
  calc: (bars: KLineData[]) => bars.map(({ volume, open, close }) => ({ volume: volume ?? 0, open, close })),
};

export interface FillMarks {
  /** By the start of the bar. */
  at: (timestamp: number) => FillMark | undefined;
  up: string;
  down: string;
  family: string;
}

export const fillMarksTemplate: IndicatorTemplate<object, number, () => FillMarks> = {
  name: FILL_MARKS,
  shortName: "",
  series: "price",
  figures: [],
  calc: (bars) => bars.map(() => ({})),
  draw: ({ ctx, chart, indicator, xAxis, yAxis }) => {
    const marks = indicator.extendData();
    const bars = chart.getDataList();
    const { from, to } = chart.getVisibleRange();
    const shown = bars.slice(from, to).flatMap((bar, index) => {
      const mark = marks.at(bar.timestamp);
      return mark ? [{ at: from + index, ...mark }] : [];
    });
    for (const cluster of clustered(shown)) {
      const under = bars.slice(cluster.from, cluster.to + 1);
      const x = (xAxis.convertToPixel(cluster.from) + xAxis.convertToPixel(cluster.to)) / 2;
      // Only what stands for several bars says for how many fills.
      const count = (fills: number) => (cluster.to > cluster.from && fills > 1 ? String(fills) : "");
      if (cluster.buys > 0) {
        const low = yAxis.convertToPixel(Math.min(...under.map((bar) => bar.low)));
        mark(
          ctx,
          { colour: marks.up, family: marks.family, text: count(cluster.buys), up: true },
          x,
          low + 9,
        );
      }
      if (cluster.sells > 0) {
        const high = yAxis.convertToPixel(Math.max(...under.map((bar) => bar.high)));
        mark(
          ctx,
          { colour: marks.down, family: marks.family, text: count(cluster.sells), up: false },
          x,
          high - 9,
        );
      }
    }
    return true;
  },
};

interface Mark {
  colour: string;
  family: string;
  text: string;
  up: boolean;
}

/** A triangle that points at the candle, and behind it, away from the candle, how many fills it is. */
function mark(ctx: CanvasRenderingContext2D, { colour, family, text, up }: Mark, x: number, y: number): void {
  const tip = up ? -3.5 : 3.5;
  ctx.fillStyle = colour;
  ctx.beginPath();
  ctx.moveTo(x - 4, y - tip);
  ctx.lineTo(x + 4, y - tip);
  ctx.lineTo(x, y + tip);
  ctx.closePath();
  ctx.fill();
  if (!text) return;
  ctx.font = `500 10px ${family}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(text, x, y + (up ? 11 : -11));
}
