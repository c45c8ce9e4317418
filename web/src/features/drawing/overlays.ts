/** What each tool looks like: the library's own lines, and a rectangle, a text and a measure of ours. */

import { type OverlayFigure, type OverlayTemplate, registerOverlay } from "klinecharts";
import type { Tool } from "./drawing";

export const OVERLAYS: Record<Tool, string> = {
  trend: "segment",
  ray: "rayLine",
  horizontal: "horizontalStraightLine",
  channel: "parallelStraightLine",
  fibonacci: "fibonacciLine",
  rectangle: "own_rectangle",
  text: "own_text",
  measure: "own_measure",
};

export interface DrawnData {
  text: string;
  /** A stretch of the chart in words: change of the price, in percent, and bars. */
  measured: (from: { value: number; at: number }, to: { value: number; at: number }) => string;
}

interface Corner {
  x: number;
  y: number;
}

const common = { needDefaultPointFigure: true, needDefaultXAxisFigure: true, needDefaultYAxisFigure: true };

const rectangle: OverlayTemplate<DrawnData> = {
  ...common,
  name: OVERLAYS.rectangle,
  totalStep: 3,
  createPointFigures: ({ coordinates }) => box(coordinates),
};

const text: OverlayTemplate<DrawnData> = {
  ...common,
  name: OVERLAYS.text,
  totalStep: 2,
  createPointFigures: ({ coordinates, overlay }) => {
    const [at] = coordinates;
    const words = overlay.extendData.text;
    return at && words ? [label(at, words, "bottom")] : [];
  },
};

const measure: OverlayTemplate<DrawnData> = {
  ...common,
  name: OVERLAYS.measure,
  totalStep: 3,
  createPointFigures: ({ coordinates, overlay, chart, bounding }) => {
    const [from, to] = overlay.points;
    const corners = box(coordinates);
    const end = coordinates[1];
    if (!end || from?.value === undefined || to?.value === undefined) return corners;
    const at = (point: typeof from) => placeOf(chart.convertToPixel(point));
    const words = overlay.extendData.measured(
      { value: from.value, at: at(from) / chart.getBarSpace().bar },
      { value: to.value, at: at(to) / chart.getBarSpace().bar },
    );
    const align = end.x > bounding.width / 2 ? "right" : "left";
    return [...corners, label(end, words, to.value >= from.value ? "bottom" : "top", align)];
  },
};

export function registerDrawings(): void {
  registerOverlay(rectangle);
  registerOverlay(text);
  registerOverlay(measure);
}

function placeOf(pixel: Partial<Corner> | Partial<Corner>[]): number {
  return (Array.isArray(pixel) ? pixel[0]?.x : pixel.x) ?? 0;
}

function box([from, to]: readonly Corner[]): OverlayFigure[] {
  if (!from || !to) return [];
  const attrs = {
    x: Math.min(from.x, to.x),
    y: Math.min(from.y, to.y),
    width: Math.abs(to.x - from.x),
    height: Math.abs(to.y - from.y),
  };
  return [{ type: "rect", attrs, styles: { style: "stroke_fill" } }];
}

function label(
  { x, y }: Corner,
  words: string,
  baseline: "top" | "bottom",
  align: "left" | "right" = "left",
): OverlayFigure {
  const apart = baseline === "bottom" ? -6 : 6;
  return { type: "text", attrs: { x, y: y + apart, text: words, align, baseline } };
}
