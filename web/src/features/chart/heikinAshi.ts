/**
 * Heikin-Ashi: candles that are averages of the ones before. They are drawn in place of the market's own;
 * the legend, the table, indicators and the last price stay those of the market.
 */

import type { IndicatorTemplate } from "klinecharts";
import { faded } from "@/canvas/palette";
import { type BarColours, UP_FILL } from "./chartTheme";

export const HEIKIN_ASHI = "own_heikin_ashi";

export interface Prices {
  open: number;
  high: number;
  low: number;
  close: number;
}

/**
 * A candle for each: its close is the mean of the four prices, its open the middle of the body before, and
 * it reaches as far as its own prices and the market's.
 */
export function heikinAshi(bars: readonly Prices[]): Prices[] {
  let before: Prices | undefined;
  return bars.map((bar) => {
    const close = (bar.open + bar.high + bar.low + bar.close) / 4;
    const open = before ? (before.open + before.close) / 2 : (bar.open + bar.close) / 2;
    before = { open, close, high: Math.max(bar.high, open, close), low: Math.min(bar.low, open, close) };
    return before;
  });
}

export const heikinAshiTemplate: IndicatorTemplate<Prices, number, () => BarColours> = {
  name: HEIKIN_ASHI,
  shortName: "",
  series: "price",
  // Nothing is drawn of these: they are what the axis has to have room for.
  figures: [{ key: "high" }, { key: "low" }],
  createTooltipDataSource: () => ({ name: "", calcParamsText: "", features: [], legends: [] }),
  calc: (bars) => heikinAshi(bars),
  draw: ({ ctx, chart, indicator, xAxis, yAxis }) => {
    const { up, down, flat } = indicator.extendData();
    const { from, to } = chart.getVisibleRange();
    const half = chart.getBarSpace().halfGapBar;
    for (let index = from; index < to; index += 1) {
      const candle = indicator.result[index];
      if (!candle) continue;
      const rises = candle.close > candle.open;
      ctx.strokeStyle = rises ? up : candle.close < candle.open ? down : flat;
      ctx.fillStyle = rises ? faded(up, UP_FILL) : ctx.strokeStyle;
      drawCandle(ctx, Math.round(xAxis.convertToPixel(index)) + 0.5, half, {
        high: yAxis.convertToPixel(candle.high),
        low: yAxis.convertToPixel(candle.low),
        open: yAxis.convertToPixel(candle.open),
        close: yAxis.convertToPixel(candle.close),
      });
    }
    return true;
  },
};

/** Wicks above and below the body, in pixels; the body is a hair high where it opens and closes alike. */
function drawCandle(ctx: CanvasRenderingContext2D, x: number, half: number, at: Prices): void {
  const top = Math.round(Math.min(at.open, at.close)) + 0.5;
  const bottom = Math.max(top + 1, Math.round(Math.max(at.open, at.close)) + 0.5);
  ctx.lineWidth = 1;
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.moveTo(x, at.high);
  ctx.lineTo(x, top);
  ctx.moveTo(x, bottom);
  ctx.lineTo(x, at.low);
  ctx.rect(x - half, top, half * 2, bottom - top);
  ctx.fillRect(x - half, top, half * 2, bottom - top);
  ctx.stroke();
}
