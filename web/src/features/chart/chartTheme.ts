/** The chart library's styles out of the theme's colours. */

import type { CandleType, DeepPartial, Styles } from "klinecharts";
import { faded, type Palette } from "@/canvas/palette";
import type { ChartStyle } from "./settings";

export const UP_FILL = 0.24;
const VOLUME_FILL = 0.34;

export const PRICE_AXIS_WIDTH = 66;
export const TIME_AXIS_HEIGHT = 24;
export const VOLUME_HEIGHT = 64;
export const LABEL_PADDING = 6;
const LEGENDS_LEFT = 12;
export const AXIS_TEXT = { size: 12, weight: "400" } as const;

/** Heikin-Ashi has candles of its own, drawn where those of the library are left clear. */
const TYPES: Record<ChartStyle, CandleType> = {
  candles: "candle_solid",
  hollow: "candle_up_stroke",
  bars: "ohlc",
  line: "area",
  area: "area",
  heikin: "candle_solid",
};

/** Up candles are outlined and lightly filled, down candles full, so that direction is a shape too. */
export function chartStyles(palette: Palette, style: ChartStyle): DeepPartial<Styles> {
  const text = { family: palette.family, ...AXIS_TEXT };
  return {
    grid: {
      horizontal: { style: "solid", size: 1, color: palette.lineRow },
      vertical: { style: "solid", size: 1, color: palette.lineRow },
    },
    candle: {
      type: TYPES[style],
      bar: barStyles(palette, style),
      area: areaStyles(palette, style),
      priceMark: {
        high: { show: false },
        low: { show: false },
        last: lastPriceStyles(palette, text, compareRuleOf(style)),
      },
      // Where it would stand, the legends of indicators begin: below that of prices, which is no canvas.
      tooltip: { showRule: "none", offsetLeft: LEGENDS_LEFT, offsetTop: 30 },
    },
    indicator: {
      tooltip: legendStyles(palette),
      lastValueMark: { show: false },
      lines: [{ color: palette.accent, size: 1, style: "solid", smooth: false, dashedValue: [2, 2] }],
    },
    xAxis: axisStyles(palette, text, TIME_AXIS_HEIGHT),
    yAxis: axisStyles(palette, text, PRICE_AXIS_WIDTH),
    separator: { size: 1, color: palette.lineRow, fill: true, activeBackgroundColor: "transparent" },
    crosshair: {
      horizontal: crosshairStyles(palette, text),
      vertical: crosshairStyles(palette, text),
    },
  };
}

/** Names and values of indicators in the corner of their pane. */
function legendStyles(palette: Palette): DeepPartial<Styles["indicator"]["tooltip"]> {
  const margins = { marginLeft: 0, marginRight: 8, marginTop: 0, marginBottom: 3 };
  const text = { family: palette.family, size: 11, weight: "400", color: palette.text2, ...margins };
  return {
    showRule: "always",
    offsetLeft: LEGENDS_LEFT,
    offsetTop: 5,
    title: { ...text, showParams: false },
    legend: text,
  };
}

/** Colours by where a bar closed from its open. */
export interface BarColours {
  up: string;
  down: string;
  flat: string;
}

/** Colours of the bars of the volume pane. */
export function volumeColours(palette: Palette): BarColours {
  return {
    up: faded(palette.up, VOLUME_FILL),
    down: faded(palette.down, VOLUME_FILL),
    flat: faded(palette.text3, VOLUME_FILL),
  };
}

/** A hollow candle says by its body where it closed from its open, by its colour where from the one before. */
function compareRuleOf(style: ChartStyle): "previous_close" | "current_open" {
  return style === "hollow" ? "previous_close" : "current_open";
}

function barStyles(palette: Palette, style: ChartStyle): DeepPartial<Styles["candle"]["bar"]> {
  const clear = style === "heikin";
  const [up, down, flat] = clear
    ? ["transparent", "transparent", "transparent"]
    : [palette.up, palette.down, palette.text3];
  return {
    compareRule: compareRuleOf(style),
    upColor: style === "candles" ? faded(up, UP_FILL) : up,
    upBorderColor: up,
    upWickColor: up,
    downColor: down,
    downBorderColor: down,
    downWickColor: down,
    noChangeColor: flat,
    noChangeBorderColor: flat,
    noChangeWickColor: flat,
  };
}

function areaStyles(palette: Palette, style: ChartStyle): DeepPartial<Styles["candle"]["area"]> {
  const ground = style === "area" ? 0.16 : 0;
  return {
    lineSize: 1.5,
    lineColor: palette.accent,
    smooth: false,
    value: "close",
    backgroundColor: [
      { offset: 0, color: faded(palette.accent, 0) },
      { offset: 1, color: faded(palette.accent, ground) },
    ],
    point: { show: false, animation: false },
  };
}

type Text = { family: string; size: number; weight: string };

/** The last price has the colour of its candle. */
function lastPriceStyles(
  palette: Palette,
  text: Text,
  compareRule: "previous_close" | "current_open",
): DeepPartial<Styles["candle"]["priceMark"]["last"]> {
  const label = {
    ...text,
    color: palette.onDirection,
    borderSize: 0,
    borderRadius: 0,
    paddingLeft: LABEL_PADDING,
    paddingRight: LABEL_PADDING,
  };
  return {
    compareRule,
    upColor: palette.up,
    downColor: palette.down,
    noChangeColor: palette.text3,
    line: { style: "dashed", dashedValue: [1, 2], size: 1 },
    text: { ...label, weight: "600", paddingTop: 5, paddingBottom: 2 },
    extendTexts: [
      {
        ...label,
        size: 11,
        show: true,
        style: "fill",
        position: "below_price",
        updateInterval: 1_000,
        borderStyle: "solid",
        borderColor: "transparent",
        borderDashedValue: [2, 2],
        paddingTop: 1,
        paddingBottom: 5,
      },
    ],
  };
}

function axisStyles(palette: Palette, text: Text, size: number): DeepPartial<Styles["xAxis"]> {
  return {
    size,
    axisLine: { show: true, color: palette.line, size: 1 },
    tickLine: { show: false },
    tickText: { ...text, color: palette.text3, marginStart: 4, marginEnd: 6 },
  };
}

function crosshairStyles(palette: Palette, text: Text): DeepPartial<Styles["crosshair"]["vertical"]> {
  return {
    line: { style: "dashed", dashedValue: [3, 3], size: 1, color: palette.text3 },
    text: {
      ...text,
      color: palette.text1,
      backgroundColor: palette.hover,
      borderColor: palette.hover,
      borderRadius: 3,
      paddingLeft: 6,
      paddingRight: 6,
      paddingTop: 4,
      paddingBottom: 4,
    },
  };
}
