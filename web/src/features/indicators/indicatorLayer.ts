/** The indicators of a chart: over the candles or in panes of their own, with their values under the crosshair. */

import { type Bar, type Interval, UNKNOWN } from "@cse/client";
import { type Chart, type Indicator, type IndicatorFigure, registerIndicator } from "klinecharts";
import { faded, type Palette } from "@/canvas/palette";
import type { Chosen } from "./chosen";
import { type Point, pointsOf, stretchMs } from "./columns";
import { type ListedEntry, shortName, usable } from "./list";
import { figureOf, shownOutputs } from "./outputs";

interface LayerParts {
  chart: Chart;
  element: HTMLElement;
  pricePane: string;
  priceDecimals: number;
  palette: Palette;
  /** A figure in the reader's marks, and a large one in few signs. */
  write: (figure: string) => string;
  compact: (value: number) => string;
  interval: () => Interval | undefined;
}

type Drawn = Chosen & { entry: ListedEntry };

const TEMPLATE = "listed";
const PANE_HEIGHT = { most: 88, least: 36 };
/** Of the chart's height, for all panes of indicators together. */
const PANES_SHARE = 0.36;
registerIndicator({ name: TEMPLATE, calc: () => [] });

export class IndicatorLayer {
  private palette: Palette;
  private drawn: Drawn[] = [];
  private asked: readonly Chosen[] = [];

  constructor(private readonly parts: LayerParts) {
    this.palette = parts.palette;
  }

  /** Draws these, in their order, and no others. */
  show(chosen: readonly Chosen[]): void {
    this.asked = chosen;
    const wanted = chosen.map(usable).filter((one) => one !== null);
    const same = wanted.findIndex((one, at) => JSON.stringify(one) !== JSON.stringify(this.drawn[at]));
    const from = same < 0 ? wanted.length : same;
    for (const gone of this.drawn.slice(from)) this.parts.chart.removeIndicator({ id: idOf(gone) });
    for (const one of wanted.slice(from)) this.create(one);
    this.drawn = wanted;
    this.resize();
  }

  restyle(palette: Palette): void {
    this.palette = palette;
    const { asked } = this;
    this.show([]);
    this.show(asked);
  }

  /** Gives the panes their share of the chart's height. */
  resize(): void {
    const panes = this.drawn.filter((one) => one.drawn === "pane");
    const share = (this.parts.element.clientHeight * PANES_SHARE) / Math.max(1, panes.length);
    const height = Math.round(Math.min(PANE_HEIGHT.most, Math.max(PANE_HEIGHT.least, share)));
    for (const one of panes) {
      this.parts.chart.setPaneOptions({ id: paneOf(one), height, minHeight: PANE_HEIGHT.least });
    }
  }

  private create(one: Drawn): void {
    const { chart, pricePane, interval, priceDecimals } = this.parts;
    const overPrice = one.drawn === "price";
    chart.createIndicator(
      {
        name: TEMPLATE,
        id: idOf(one),
        shortName: shortName(one),
        paneId: overPrice ? pricePane : paneOf(one),
        series: overPrice ? "price" : "normal",
        precision: one.entry.drawn === "price" ? priceDecimals : 2,
        shouldFormatBigNumber: !overPrice,
        figures: this.figuresOf(one) as IndicatorFigure[],
        calc: (bars) => pointsOf(bars as Bar[], one.entry, one, stretchMs(interval())),
        createTooltipDataSource: ({ indicator, crosshair }) => ({
          name: shortName(one),
          calcParamsText: "",
          features: [],
          legends: this.legends(one, indicator as Indicator<Point>, crosshair.dataIndex),
        }),
      },
      true,
    );
  }

  private figuresOf(one: Drawn): IndicatorFigure<Point>[] {
    return shownOutputs(one.entry).map((output) => {
      const type = figureOf(one.entry, output);
      const colour = this.colour(one, output);
      return {
        key: output,
        type,
        ...(type === "bar" ? { baseValue: 0 } : {}),
        styles: () => ({ color: type === "bar" ? faded(colour, 0.6) : colour }),
      };
    });
  }

  private legends(one: Drawn, indicator: Indicator<Point>, at: number | undefined) {
    const { result } = indicator;
    const point = (at === undefined ? undefined : result[at]) ?? result.at(-1) ?? {};
    return shownOutputs(one.entry).map((output) => ({
      title: "",
      value: { text: this.written(one, point[output]), color: this.colour(one, output) },
    }));
  }

  private written(one: Drawn, value: number | undefined): string {
    const { priceDecimals, write, compact } = this.parts;
    if (value === undefined) return UNKNOWN;
    if (one.entry.drawn === "price") return write(value.toFixed(priceDecimals));
    if (Math.abs(value) >= 1_000) return compact(value);
    return Math.abs(value) >= 1 || value === 0 ? value.toFixed(2) : value.toPrecision(3);
  }

  private colour(one: Drawn, output: string): string {
    const { series1, series2, series3, series4, series5, series6 } = this.palette;
    const colours = [series1, series2, series3, series4, series5, series6];
    const number = one.colours[one.entry.outputs.indexOf(output)] ?? 0;
    return colours[number % colours.length] ?? series1;
  }
}

function idOf(one: Chosen): string {
  return `listed-${one.id}`;
}

function paneOf(one: Chosen): string {
  return `listed-pane-${one.id}`;
}
