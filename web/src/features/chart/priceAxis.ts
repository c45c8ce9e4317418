/** The axis of the candles: its scale, its labels, and which price is drawn at which height. */

import type { Bar } from "@cse/client";
import { type Chart, utils } from "klinecharts";
import { LABEL_PADDING, PRICE_AXIS_WIDTH } from "./chartTheme";
import { placedTicks } from "./priceTicks";
import type { ChartScale } from "./settings";

/** The pane of the candles, as the library calls it. */
export const CANDLE_PANE = "candle_pane";
/** What the library calls the axis of each scale. */
const AXES: Record<ChartScale, string> = { linear: "normal", log: "logarithm", percent: "percentage" };
/** Half the height of the last price's label, which has two lines, in pixels. */
const LAST_HALF = 26;

/** A label that stands at the axis: at which price, and half its height in pixels. */
export interface AxisLabel {
  value: number;
  half: number;
}

export class PriceAxis {
  private labels: readonly AxisLabel[] = [];
  /** What the last price's label was made wide enough for. */
  private fitted = "";

  constructor(
    private readonly chart: Chart,
    private readonly element: HTMLElement,
    private scale: ChartScale,
    private readonly last: () => Bar | null,
  ) {}

  /** Lays prices out by another scale; by the same one again, fits them to the candles in sight. */
  scaleBy(scale: ChartScale, family: string): void {
    this.scale = scale;
    this.placeTicks();
    this.fitLabel(family);
  }

  /** Says what is labelled at the axis beside the last price; ticks keep clear of it. */
  label(labels: readonly AxisLabel[]): void {
    this.labels = labels;
    this.placeTicks();
  }

  /** Makes the last price's label, whose digits are all as wide, as wide as the axis it stands in. */
  fitLabel(family: string): void {
    const text = this.scale === "percent" ? "00.00%" : (this.last()?.closeText ?? "");
    const form = text.replaceAll(/\d/g, "0");
    if (form === this.fitted) return;
    this.fitted = form;
    const words = utils.calcTextWidth(text, 12, 600, family);
    const paddingRight = Math.max(LABEL_PADDING, PRICE_AXIS_WIDTH - LABEL_PADDING - words);
    this.chart.setStyles({ candle: { priceMark: { last: { text: { paddingRight } } } } });
  }

  /** Fits the label anew, after the styles were set. */
  refitLabel(family: string): void {
    this.fitted = "";
    this.fitLabel(family);
  }

  /** The price at a height of the window, for the pixel; null outside of the candles' pane. */
  priceAt(clientY: number): number | null {
    const { top, height } = this.pane();
    if (clientY < top || clientY > top + height) return null;
    const point = this.chart.convertFromPixel([{ y: clientY - top }], { paneId: CANDLE_PANE });
    return (Array.isArray(point) ? point[0]?.value : point.value) ?? null;
  }

  /** The height in the window at which a price is drawn. */
  heightOf(price: number): number {
    return this.pane().top + this.heightInPane(price);
  }

  /** Lets the axis' labels be chosen anew, around what is labelled now. */
  private placeTicks(): void {
    this.chart.overrideYAxis({
      paneId: CANDLE_PANE,
      name: AXES[this.scale],
      gap: { top: 0.14, bottom: 0.06 },
      createTicks: ({ defaultTicks }) => placedTicks(defaultTicks, this.taken()),
    });
  }

  /** Heights at the axis that are taken, with half their height. */
  private taken(): { y: number; half: number }[] {
    const last = this.last();
    const labels = last ? [...this.labels, { value: last.close, half: LAST_HALF }] : this.labels;
    return labels.map(({ value, half }) => ({ y: this.heightInPane(value), half }));
  }

  private heightInPane(value: number): number {
    const point = this.chart.convertToPixel({ value }, { paneId: CANDLE_PANE });
    return (Array.isArray(point) ? point[0]?.y : point.y) ?? Number.NEGATIVE_INFINITY;
  }

  /** The pane in the window. */
  private pane(): { top: number; height: number } {
    const pane = this.chart.getSize(CANDLE_PANE, "main");
    const { top } = this.element.getBoundingClientRect();
    return { top: top + (pane?.top ?? 0), height: pane?.height ?? 0 };
  }
}
