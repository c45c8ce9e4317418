/**
 * The chart library behind a few verbs. Loaded lazily: this module and what it imports are the chart's
 * own chunk.
 */

import type { Bar, Interval } from "@cse/client";
import {
  type Chart,
  type DataLoaderGetBarsParams,
  dispose,
  init,
  type KLineData,
  registerIndicator,
  registerOverlay,
  utils,
} from "klinecharts";
import type { Palette } from "@/canvas/palette";
import type { Chosen } from "@/features/indicators/chosen";
import type { IndicatorLayer } from "@/features/indicators/indicatorLayer";
import { AVERAGE_LINE, type AverageLine, averageLineTemplate } from "./averageLine";
import type { CandleSource, SourceState } from "./candleSource";
import {
  AXIS_TEXT,
  chartStyles,
  LABEL_PADDING,
  PRICE_AXIS_WIDTH,
  VOLUME_HEIGHT,
  volumeColours,
} from "./chartTheme";
import type { FillMark } from "./fillClusters";
import { GHOST_LINE, type Ghost, ghostLineTemplate } from "./ghostLine";
import type { TagPlace } from "./handlePlaces";
import { HEIKIN_ASHI, heikinAshiTemplate } from "./heikinAshi";
import { FILL_MARKS, fillMarksTemplate, VOLUME, volumeTemplate } from "./indicators";
import { countdown, periodOf } from "./intervals";
import { ORDER_LINE, type OrderLine, orderLineTemplate } from "./orderLines";
import { pictureOf } from "./picture";
import { placedTicks } from "./priceTicks";
import type { ChartScale, ChartStyle } from "./settings";
import { wholeTicks } from "./timeTicks";

registerOverlay(orderLineTemplate);
registerOverlay(ghostLineTemplate);
registerOverlay(averageLineTemplate);
registerIndicator(volumeTemplate);
registerIndicator(fillMarksTemplate);
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
const CANDLE_PANE = "candle_pane";
/** What the library calls the axis of each scale. */
const AXES: Record<ChartScale, string> = { linear: "normal", log: "logarithm", percent: "percentage" };

export class ChartController {
  private readonly chart: Chart;
  private source: CandleSource | null = null;
  private push: ((bar: KLineData) => void) | null = null;
  private hovered: Bar | null = null;
  private lines: readonly OrderLine[] = [];
  private marks: ReadonlyMap<number, FillMark> = new Map();
  private chosen: readonly Chosen[] = [];
  private average: AverageLine | null = null;
  private layer: Promise<IndicatorLayer> | null = null;
  private palette: Palette;
  private scale: ChartScale;
  /** What the last price's label was made wide enough for. */
  private fitted = "";
  private gone = false;

  constructor(private readonly parts: ChartParts) {
    const { element, palette, style, scale } = parts;
    this.palette = palette;
    this.scale = scale;
    const chart = init(element, {
      styles: chartStyles(palette, style),
      formatter: {
        formatExtendText: ({ data }) => this.countdownOf(data),
        formatBigNumber: (value) => parts.compact(Number(value)),
      },
      thousandsSeparator: { format: (value) => parts.write(String(value)) },
      decimalFold: { threshold: 99 },
      hotkey: { enabled: false },
      zoomAnchor: { main: "last_bar", xAxis: "last_bar" },
    });
    if (!chart) throw new Error("The chart has no element to stand in");
    // The chart stands beside its twin as a table: the keyboard and screen readers use that one.
    for (const focusable of element.querySelectorAll("[tabindex]")) focusable.setAttribute("tabindex", "-1");
    this.chart = chart;
    this.prepare();
    this.drawAverages(style);
  }

  /** Shows a market's bars; what was shown before is gone at once. */
  show(source: CandleSource): void {
    this.source?.stop();
    this.source = source;
    this.push = null;
    this.hovered = null;
    this.parts.onBar(null);
    this.chart.setDataLoader({
      getBars: (request) => void this.load(source, request),
      subscribeBar: ({ callback }) => {
        if (this.source === source) this.push = callback;
      },
    });
    this.chart.setPeriod(periodOf(source.interval));
  }

  restyle(palette: Palette, style: ChartStyle): void {
    this.palette = palette;
    this.chart.setStyles(chartStyles(palette, style));
    this.drawAverages(style);
    this.fitted = "";
    this.fitLabel();
    this.drawOrders(this.lines);
    this.showAverage(this.average);
    void this.layer?.then((layer) => layer.restyle(palette));
  }

  /** Lays prices out by another scale; by the same one again, fits them to the candles in sight. */
  scaleBy(scale: ChartScale): void {
    this.scale = scale;
    this.placeTicks();
    this.fitLabel();
  }

  /** The price at a height of the window, for the pixel; null outside of the candles' pane. */
  priceAt(clientY: number): number | null {
    const { top, height } = this.candlePane();
    if (clientY < top || clientY > top + height) return null;
    const point = this.chart.convertFromPixel([{ y: clientY - top }], { paneId: CANDLE_PANE });
    return (Array.isArray(point) ? point[0]?.value : point.value) ?? null;
  }

  /** The height in the window at which a price is drawn. */
  heightOf(price: number): number {
    return this.candlePane().top + this.heightInPane(price);
  }

  private readonly lastPrice = (): number | null => this.source?.series.last?.close ?? null;

  /** Draws what the holding cost on average. */
  showAverage(average: AverageLine | null): void {
    this.average = average;
    this.chart.removeOverlay({ name: AVERAGE_LINE });
    if (average) {
      const { accent: line, text2: text, family } = this.palette;
      this.chart.createOverlay({
        name: AVERAGE_LINE,
        lock: true,
        zLevel: -1,
        points: [{ value: average.value }],
        extendData: { ...average, line, text, family, lastPrice: this.lastPrice },
      });
    }
    this.placeTicks();
  }

  /** Draws where an order would stand that is being moved. */
  showGhost(ghost: Ghost | null): void {
    this.chart.removeOverlay({ name: GHOST_LINE });
    if (!ghost) return;
    const { accent: colour, panel: ground, family } = this.palette;
    this.chart.createOverlay({
      name: GHOST_LINE,
      lock: true,
      zLevel: 1,
      points: [{ value: ghost.value }],
      extendData: { text: ghost.text, colour, ground, family },
    });
  }

  /** The library's chart, for what is drawn on it beside its data. */
  tools(): ChartTools {
    return {
      chart: this.chart,
      pricePane: CANDLE_PANE,
      priceDecimals: this.parts.priceDecimals,
      interval: () => this.source?.interval ?? "1m",
      bars: () => this.source?.series.all ?? [],
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

  /** Draws one's open orders and marks one's fills, by start of bar. */
  showOwn(lines: readonly OrderLine[], marks: ReadonlyMap<number, FillMark>): void {
    this.marks = marks;
    this.drawOrders(lines);
  }

  resize(): void {
    this.chart.resize();
    void this.layer?.then((layer) => layer.resize());
  }

  /** Goes on with the clock. */
  tick(): void {
    this.source?.tick();
  }

  dispose(): void {
    this.source?.stop();
    this.source = null;
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
      interval: () => this.source?.interval,
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
    chart.createIndicator(
      {
        name: FILL_MARKS,
        paneId: CANDLE_PANE,
        extendData: () => ({
          at: (timestamp: number) => this.marks.get(timestamp),
          up: this.palette.up,
          down: this.palette.down,
          family: this.palette.family,
        }),
      },
      true,
    );
    chart.setPaneOptions({
      id: VOLUME_PANE,
      height: VOLUME_HEIGHT,
      minHeight: VOLUME_HEIGHT,
      dragEnabled: false,
      // Below the panes of indicators.
      order: 1,
    });
    this.placeTicks();
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
  private drawAverages(style: ChartStyle): void {
    this.chart.removeIndicator({ name: HEIKIN_ASHI });
    if (style !== "heikin") return;
    const { up, down, text3: flat } = this.palette;
    this.chart.createIndicator(
      { name: HEIKIN_ASHI, paneId: CANDLE_PANE, zLevel: -1, extendData: () => ({ up, down, flat }) },
      true,
    );
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
        this.parts.onState(state);
      },
      onBars: (bars) => {
        if (this.source === source) this.apply(bars);
      },
    });
  }

  /** Makes the last price's label, whose digits are all as wide, as wide as the axis it stands in. */
  private fitLabel(): void {
    const text = this.scale === "percent" ? "00.00%" : (this.source?.series.last?.closeText ?? "");
    const form = text.replaceAll(/\d/g, "0");
    if (form === this.fitted) return;
    this.fitted = form;
    const words = utils.calcTextWidth(text, 12, 600, this.palette.family);
    const paddingRight = Math.max(LABEL_PADDING, PRICE_AXIS_WIDTH - LABEL_PADDING - words);
    this.chart.setStyles({ candle: { priceMark: { last: { text: { paddingRight } } } } });
  }

  private begin(source: CandleSource, request: DataLoaderGetBarsParams): void {
    this.fitLabel();
    request.callback([...source.series.all], { forward: source.more, backward: false });
    this.parts.onBar(source.series.last ?? null);
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
    if (!this.hovered) this.parts.onBar(this.source?.series.last ?? null);
    this.fitLabel();
    this.moved();
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
    this.parts.onBar(this.hovered ?? this.source?.series.last ?? null);
  }

  private drawOrders(lines: readonly OrderLine[]): void {
    this.lines = lines;
    this.chart.removeOverlay({ name: ORDER_LINE });
    const { up, down, panel, text1, lineStrong, family } = this.palette;
    const colours = { up, down, ground: panel, text: text1, quiet: lineStrong, family };
    this.chart.createOverlay(
      lines.map((line, index) => ({
        name: ORDER_LINE,
        lock: true,
        points: [{ value: line.value }],
        extendData: {
          line,
          all: lines,
          index,
          lastPrice: this.lastPrice,
          colours,
          onPlaced: this.parts.onPlaced,
        },
      })),
    );
    this.placeTicks();
  }

  /** Lets the axis' labels be chosen anew, around what is labelled now. */
  private placeTicks(): void {
    this.chart.overrideYAxis({
      paneId: CANDLE_PANE,
      name: AXES[this.scale],
      gap: { top: 0.14, bottom: 0.06 },
      createTicks: ({ defaultTicks }) => placedTicks(defaultTicks, this.labelled()),
    });
  }

  /** Heights at the price axis that are taken by the last price and by orders, with half their height. */
  private labelled(): { y: number; half: number }[] {
    const values = this.lines.map((line) => ({ value: line.value, half: 12 }));
    if (this.average) values.push({ value: this.average.value, half: 8 });
    const last = this.source?.series.last;
    if (last) values.push({ value: last.close, half: 26 });
    return values.map(({ value, half }) => ({ y: this.heightInPane(value), half }));
  }

  private heightInPane(value: number): number {
    const point = this.chart.convertToPixel({ value }, { paneId: CANDLE_PANE });
    return (Array.isArray(point) ? point[0]?.y : point.y) ?? Number.NEGATIVE_INFINITY;
  }

  /** The pane of the candles in the window. */
  private candlePane(): { top: number; height: number } {
    const pane = this.chart.getSize(CANDLE_PANE, "main");
    const { top } = this.parts.element.getBoundingClientRect();
    return { top: top + (pane?.top ?? 0), height: pane?.height ?? 0 };
  }

  private countdownOf(bar: KLineData): string {
    return this.source ? countdown(this.source.interval, bar.timestamp, this.parts.now()) : "";
  }
}
