/** What one's holding cost on average: a dotted line with its name, and the price at the axis. */

import type { OverlayTemplate } from "klinecharts";
import { isUnderLast } from "./lastLabel";

export interface AverageLine {
  /** For the pixel. */
  value: number;
  price: string;
  label: string;
}

export interface AverageData extends AverageLine {
  /** The last price, whose label at the axis is not printed over. */
  lastPrice: () => number | null;
  line: string;
  text: string;
  family: string;
}

export const AVERAGE_LINE = "own_average";

export const averageLineTemplate: OverlayTemplate<AverageData> = {
  name: AVERAGE_LINE,
  totalStep: 2,
  needDefaultPointFigure: false,
  needDefaultXAxisFigure: false,
  needDefaultYAxisFigure: false,
  createPointFigures: ({ overlay, coordinates, bounding }) => {
    const y = coordinates[0]?.y;
    if (y === undefined || y < 0 || y > bounding.height) return [];
    const { line, label } = overlay.extendData;
    const ends = [
      { x: 0, y },
      { x: bounding.width, y },
    ];
    return [
      {
        type: "line",
        attrs: { coordinates: ends },
        styles: { style: "dashed", dashedValue: [1, 3], size: 1, color: line },
        ignoreEvent: true,
      },
      {
        type: "text",
        attrs: { x: bounding.width - 8, y: y - 3, text: label, align: "right", baseline: "bottom" },
        styles: textStyle(overlay.extendData),
        ignoreEvent: true,
      },
    ];
  },
  createYAxisFigures: ({ overlay, coordinates, bounding, yAxis }) => {
    const y = coordinates[0]?.y;
    if (y === undefined || y < 0 || y > bounding.height) return [];
    if (isUnderLast(y, overlay.extendData.lastPrice(), yAxis)) return [];
    return [
      {
        type: "text",
        attrs: {
          x: bounding.width / 2,
          y,
          text: overlay.extendData.price,
          align: "center",
          baseline: "middle",
        },
        styles: textStyle(overlay.extendData),
        ignoreEvent: true,
      },
    ];
  },
};

function textStyle({ text: color, family }: AverageData): Record<string, unknown> {
  return {
    style: "fill",
    color,
    size: 11,
    weight: 400,
    family,
    backgroundColor: "transparent",
    borderSize: 0,
  };
}
