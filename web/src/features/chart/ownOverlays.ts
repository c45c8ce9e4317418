/** What is one's own over the candles: open orders, what the holding cost, fills, and where a line would be moved. */

import { type Chart, registerIndicator, registerOverlay } from "klinecharts";
import type { Palette } from "@/canvas/palette";
import { COST_LINE, type CostLine, costLineTemplate } from "./costLine";
import type { FillMark } from "./fillClusters";
import { GHOST_LINE, type Ghost, ghostLineTemplate } from "./ghostLine";
import { FILL_MARKS, fillMarksTemplate } from "./indicators";
import { ORDER_LINE, type OrderLine, orderLineTemplate } from "./orderLines";
import { type AxisLabel, CANDLE_PANE } from "./priceAxis";
import type { TagPlace } from "./tagPlaces";

registerOverlay(orderLineTemplate);
registerOverlay(ghostLineTemplate);
registerOverlay(costLineTemplate);
registerIndicator(fillMarksTemplate);

export interface OverlayParts {
  chart: Chart;
  palette: Palette;
  /** The last price, whose label at the axis is not printed over. */
  lastPrice: () => number | null;
  /** Where the tag of an order's line stands; null while it stands nowhere. */
  onPlaced: (orderId: string, place: TagPlace | null) => void;
  /** What is labelled at the axis. */
  onLabels: (labels: readonly AxisLabel[]) => void;
}

export class OwnOverlays {
  private lines: readonly OrderLine[] = [];
  private marks: ReadonlyMap<number, FillMark> = new Map();
  private cost: CostLine | null = null;
  private palette: Palette;

  constructor(private readonly parts: OverlayParts) {
    this.palette = parts.palette;
    parts.chart.createIndicator(
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
  }

  restyle(palette: Palette): void {
    this.palette = palette;
    this.drawOrders();
    this.drawCost();
  }

  /** Draws one's open orders and marks one's fills, by start of bar. */
  show(lines: readonly OrderLine[], marks: ReadonlyMap<number, FillMark>): void {
    this.lines = lines;
    this.marks = marks;
    this.drawOrders();
    this.label();
  }

  /** Draws what the holding cost on average. */
  showCost(cost: CostLine | null): void {
    this.cost = cost;
    this.drawCost();
    this.label();
  }

  /** Draws where a line would stand that is being moved. */
  showGhost(ghost: Ghost | null): void {
    const { chart } = this.parts;
    chart.removeOverlay({ name: GHOST_LINE });
    if (!ghost) return;
    const { accent: colour, panel: ground, family } = this.palette;
    chart.createOverlay({
      name: GHOST_LINE,
      lock: true,
      zLevel: 1,
      points: [{ value: ghost.value }],
      extendData: { text: ghost.text, colour, ground, family },
    });
  }

  private drawOrders(): void {
    const { chart, lastPrice, onPlaced } = this.parts;
    const all = this.lines;
    chart.removeOverlay({ name: ORDER_LINE });
    const { up, down, panel, text1, lineStrong, family } = this.palette;
    const colours = { up, down, ground: panel, text: text1, quiet: lineStrong, family };
    chart.createOverlay(
      all.map((line, index) => ({
        name: ORDER_LINE,
        lock: true,
        points: [{ value: line.value }],
        extendData: { line, all, index, lastPrice, colours, onPlaced },
      })),
    );
  }

  private drawCost(): void {
    const { chart, lastPrice } = this.parts;
    chart.removeOverlay({ name: COST_LINE });
    if (!this.cost) return;
    const { accent: line, text2: text, family } = this.palette;
    chart.createOverlay({
      name: COST_LINE,
      lock: true,
      zLevel: -1,
      points: [{ value: this.cost.value }],
      extendData: { ...this.cost, line, text, family, lastPrice },
    });
  }

  private label(): void {
    const labels = this.lines.map(({ value }) => ({ value, half: 12 }));
    if (this.cost) labels.push({ value: this.cost.value, half: 8 });
    this.parts.onLabels(labels);
  }
}
