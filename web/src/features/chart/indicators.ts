/** The chart's own series: volume bars, and one's fills under or over the candles that caused them. */

import type { IndicatorTemplate, KLineData } from "klinecharts";

export const VOLUME = "own_volume";
export const FILL_MARKS = "own_fills";

export interface VolumeColours {
  up: string;
  down: string;
  flat: string;
}

interface VolumeBar {
  volume: number;
  open: number;
  close: number;
}

export const volumeTemplate: IndicatorTemplate<VolumeBar, number, () => VolumeColours> = {
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
        const colours = (indicator.extendData as () => VolumeColours)();
        if (!bar || bar.close === bar.open) return { color: colours.flat };
        return { color: bar.close > bar.open ? colours.up : colours.down };
      },
    },
  ],
  calc: (bars: KLineData[]) => bars.map(({ volume, open, close }) => ({ volume: volume ?? 0, open, close })),
};

export interface FillMark {
  buy: boolean;
  sell: boolean;
}

export interface FillMarks {
  /** By the start of the bar. */
  at: (timestamp: number) => FillMark | undefined;
  up: string;
  down: string;
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
    for (let index = from; index < to; index += 1) {
      const bar = bars[index];
      const mark = bar && marks.at(bar.timestamp);
      if (!bar || !mark) continue;
      const x = xAxis.convertToPixel(index);
      if (mark.buy) triangle(ctx, marks.up, true, x, yAxis.convertToPixel(bar.low) + 9);
      if (mark.sell) triangle(ctx, marks.down, false, x, yAxis.convertToPixel(bar.high) - 9);
    }
    return true;
  },
};

function triangle(ctx: CanvasRenderingContext2D, colour: string, up: boolean, x: number, y: number): void {
  const tip = up ? -3.5 : 3.5;
  ctx.fillStyle = colour;
  ctx.beginPath();
  ctx.moveTo(x - 4, y - tip);
  ctx.lineTo(x + 4, y - tip);
  ctx.lineTo(x, y + tip);
  ctx.closePath();
  ctx.fill();
}
