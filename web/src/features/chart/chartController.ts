/**
 * The chart library behind a few verbs. Loaded lazily: this module and what it imports are the chart's
 * own chunk.
 */

import type { Bar, Interval } from "@cse/client";
import { type Chart, dispose, init, type KLineData, registerIndicator, utils } from "klinecharts";
import type { Palette } from "@/canvas/palette";
import type { Chosen } from "@/features/indicators/chosen";
import type { IndicatorLayer } from "@/features/indicators/indicatorLayer";
import { CandleFeed } from "./candleFeed";
import type { CandleSource, SourceState } from "./candleSource";
import { AXIS_TEXT, chartStyles, VOLUME_HEIGHT, volumeColours } from "./chartTheme";
import { HEIKIN_ASHI, heikinAshiTemplate } from "./heikinAshi";
import { VOLUME, volumeTemplate } from "./indicators";
import { countdown } from "./intervals";
import { OwnOverlays } from "./ownOverlays";
import { pictureOf } from "./picture";
import { CANDLE_PANE, PriceAxis } from "./priceAxis";
import type { ChartScale, ChartStyle } from "./settings";
import type { TagPlace } from "./tagPlaces";
import { wholeTicks } from "./timeTicks";

registerIndicator(volumeTemplate);
registerIndicator(heikinAshiTemplate);

export interface ChartParts {
  element: HTMLElement;
  ticker: string;
  priceDecimals: number;
  volumeDecimals: number;
  palette: Palette;
  style: ChartStyle;
  scale: ChartScale;
  /** Room at the right of the newest bar, and how wide a bar is, in CSS pixels. */
  freeRight: number;
  barWidth: number;
  /** A price as the axis has it, in the reader's marks. */
  write: (price: string) => string;
  /** What a volume is written as. */
  compact: (volume: number) => string;
  /** The server's time as well as it is known. */
  now: () => number;
  /** The bar under the crosshair, or the newest. */
  onBar: (bar: Bar | null) => void;
  onState: (state: SourceState) => void;
  /** Where the tag of an order's line stands; null while it stands nowhere. */
  onPlaced: (orderId: string, place: TagPlace | null) => void;
  onDraw: () => void;
  /** The largest volume in sight. */
  onVolume: (largest: number) => void;
}

/** A chart as layers beside its data take it. */
export interface ChartTools {
  chart: Chart;
  pricePane: string;
  priceDecimals: number;
  interval: () => Interval;
  bars: () => readonly Bar[];
}

const VOLUME_PANE = "volume";

export class ChartController {
  readonly axis: PriceAxis;
  readonly own: OwnOverlays;
  private readonly chart: Chart;
  private readonly feed: CandleFeed;
  private hovered: Bar | null = null;
  private chosen: readonly Chosen[] = [];
  private layer: Promise<IndicatorLayer> | null = null;
  private palette: Palette;
  private gone = false;

  constructor(private readonly parts: ChartParts) {
    const { element, palette, style, scale } = parts;
    this.palette = palette;
    this.chart = begun(parts, (bar) => this.countdownOf(bar));
    this.feed = new CandleFeed(this.chart, {
      onState: parts.onState,
      onBegun: () => {
        this.axis.fitLabel(this.palette.family);
        parts.onBar(this.feed.last);
      },
      onChanged: () => {
        if (!this.hovered) parts.onBar(this.feed.last);
        this.axis.fitLabel(this.palette.family);
        this.moved();
      },
    });
    this.axis = new PriceAxis(this.chart, element, scale, () => this.feed.last);
    this.prepare();
    this.own = new OwnOverlays({
      chart: this.chart,
      palette,
      lastPrice: () => this.feed.last?.close ?? null,
      onPlaced: parts.onPlaced,
      onLabels: (labels) => this.axis.label(labels),
    });
    this.drawHeikinAshi(style);
  }

  /** Shows a market's bars; what was shown before is gone at once. */
  show(source: CandleSource): void {
    this.hovered = null;
    this.parts.onBar(null);
    this.feed.show(source);
  }

  restyle(palette: Palette, style: ChartStyle): void {
    this.palette = palette;
    this.chart.setStyles(chartStyles(palette, style));
    this.drawHeikinAshi(style);
    this.axis.refitLabel(palette.family);
    this.own.restyle(palette);
    void this.layer?.then((layer) => layer.restyle(palette));
  }

  /** Lays prices out by another scale; by the same one again, fits them to the candles in sight. */
  scaleBy(scale: ChartScale): void {
    this.axis.scaleBy(scale, this.palette.family);
  }

  /** The library's chart, for what is drawn on it beside its data. */
  tools(): ChartTools {
    return {
      chart: this.chart,
      pricePane: CANDLE_PANE,
      priceDecimals: this.parts.priceDecimals,
      interval: () => this.feed.interval ?? "1m",
      bars: () => this.feed.bars,
    };
  }

  /** What is drawn, as a picture with a caption. */
  picture(caption: string): Promise<Blob | null> {
    const { panel, text1, family } = this.palette;
    return pictureOf(this.parts.element, panel, { text: caption, colour: text1, family });
  }

  /** Draws the indicators that are chosen; what draws and computes them comes with the first. */
  showIndicators(chosen: readonly Chosen[]): void {
    this.chosen = chosen;
    if (chosen.length === 0 && !this.layer) return;
    this.layer ??= import("@/features/indicators/indicatorLayer").then(
      ({ IndicatorLayer }) => new IndicatorLayer(this.layerParts()),
    );
    void this.layer.then((layer) => {
      if (!this.gone) layer.show(this.chosen);
    });
  }

  resize(): void {
    this.chart.resize();
    void this.layer?.then((layer) => layer.resize());
  }

  /** Goes on with the clock. */
  tick(): void {
    this.feed.tick();
  }

  dispose(): void {
    this.feed.stop();
    this.gone = true;
    dispose(this.chart);
  }

  private layerParts() {
    const { element, priceDecimals, write, compact } = this.parts;
    return {
      chart: this.chart,
      element,
      pricePane: CANDLE_PANE,
      priceDecimals,
      palette: this.palette,
      write,
      compact,
      interval: () => this.feed.interval,
    };
  }

  private prepare(): void {
    const { chart, parts } = this;
    chart.setBarSpace(parts.barWidth);
    chart.setOffsetRightDistance(parts.freeRight);
    chart.createIndicator({
      name: VOLUME,
      paneId: VOLUME_PANE,
      extendData: () => volumeColours(this.palette),
    });
    chart.setPaneOptions({
      id: VOLUME_PANE,
      height: VOLUME_HEIGHT,
      minHeight: VOLUME_HEIGHT,
      dragEnabled: false,
      // Below the panes of indicators.
      order: 1,
    });
    this.axis.label([]);
    chart.overrideXAxis({
      name: "normal",
      createTicks: ({ bounding, defaultTicks }) =>
        wholeTicks(defaultTicks, bounding.width, (text) =>
          utils.calcTextWidth(text, AXIS_TEXT.size, AXIS_TEXT.weight, this.palette.family),
        ),
    });
    chart.overrideYAxis({
      paneId: VOLUME_PANE,
      gap: { top: 0.3, bottom: 0 },
      createTicks: () => [],
    });
    chart.setSymbol({
      ticker: parts.ticker,
      pricePrecision: parts.priceDecimals,
      volumePrecision: parts.volumeDecimals,
    });
    chart.subscribeAction("onCrosshairChange", (event) => this.pointed(event as { kLineData?: KLineData }));
    chart.subscribeAction("onVisibleRangeChange", () => this.moved());
  }

  /** Heikin-Ashi's candles, where they are the way of drawing. */
  private drawHeikinAshi(style: ChartStyle): void {
    this.chart.removeIndicator({ name: HEIKIN_ASHI });
    if (style !== "heikin") return;
    const { up, down, text3: flat } = this.palette;
    this.chart.createIndicator(
      { name: HEIKIN_ASHI, paneId: CANDLE_PANE, zLevel: -1, extendData: () => ({ up, down, flat }) },
      true,
    );
  }

  /** Called whenever other bars are in sight, or the same ones with other figures. */
  private moved(): void {
    const { from, to } = this.chart.getVisibleRange();
    const bars = this.chart.getDataList().slice(from, to);
    this.parts.onVolume(bars.reduce((largest, bar) => Math.max(largest, bar.volume ?? 0), 0));
    this.parts.onDraw();
  }

  private pointed(event: { kLineData?: KLineData }): void {
    this.hovered = (event.kLineData as Bar | undefined) ?? null;
    this.parts.onBar(this.hovered ?? this.feed.last);
  }

  private countdownOf(bar: KLineData): string {
    const { interval } = this.feed;
    return interval ? countdown(interval, bar.timestamp, this.parts.now()) : "";
  }
}

/** The library's chart in its element; `beside` is what stands below the last price. */
function begun(
  { element, palette, style, compact, write }: ChartParts,
  beside: (bar: KLineData) => string,
): Chart {
  const chart = init(element, {
    styles: chartStyles(palette, style),
    formatter: {
      formatExtendText: ({ data }) => beside(data),
      formatBigNumber: (value) => compact(Number(value)),
    },
    thousandsSeparator: { format: (value) => write(String(value)) },
    decimalFold: { threshold: 99 },
    hotkey: { enabled: false },
    zoomAnchor: { main: "last_bar", xAxis: "last_bar" },
  });
  if (!chart) throw new Error("The chart has no element to stand in");
  // The chart stands beside its twin as a table: the keyboard and screen readers use that one.
  for (const focusable of element.querySelectorAll("[tabindex]")) focusable.setAttribute("tabindex", "-1");
  return chart;
}
