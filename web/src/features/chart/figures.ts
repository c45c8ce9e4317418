/** Overlays that stand at one price, and the figures of which they are drawn. None of them takes the pointer. */

import type { OverlayFigure, OverlayTemplate } from "klinecharts";

/** One overlay in its pane, in pixels. */
export interface Drawing<Data> {
  /** The height of its price. */
  y: number;
  data: Data;
  bounding: { width: number; height: number };
  axis: { convertToPixel(value: number): number };
}

/** An overlay of a price: what is drawn in the pane, and at the axis while the price is on the scale. */
export function priceOverlay<Data>(
  name: string,
  inPane: (drawing: Drawing<Data>) => OverlayFigure[],
  atAxis: (drawing: Drawing<Data>) => OverlayFigure[] = () => [],
): OverlayTemplate<Data> {
  return {
    name,
    totalStep: 2,
    needDefaultPointFigure: false,
    needDefaultXAxisFigure: false,
    needDefaultYAxisFigure: false,
    createPointFigures: ({ overlay, coordinates, bounding, yAxis }) => {
      const y = coordinates[0]?.y;
      return y === undefined || !yAxis ? [] : inPane({ y, data: overlay.extendData, bounding, axis: yAxis });
    },
    createYAxisFigures: ({ overlay, coordinates, bounding, yAxis }) => {
      const y = coordinates[0]?.y;
      if (y === undefined || !yAxis || !isOnScale(y, bounding)) return [];
      return atAxis({ y, data: overlay.extendData, bounding, axis: yAxis });
    },
  };
}

/** Whether a height is within the pane. */
export function isOnScale(y: number, { height }: { height: number }): boolean {
  return y >= 0 && y <= height;
}

interface Coordinate {
  x: number;
  y: number;
}

/** A line between two points; dashed where `dash` says how long its strokes and gaps are. */
export function line(
  from: Coordinate,
  to: Coordinate,
  { color, size = 1, dash }: { color: string; size?: number; dash?: [stroke: number, gap: number] },
): OverlayFigure {
  return {
    type: "line",
    attrs: { coordinates: [from, to] },
    styles: { style: dash ? "dashed" : "solid", dashedValue: dash ?? [], size, color },
    ignoreEvent: true,
  };
}

/** A level line from one side to another. */
export function level(
  y: number,
  [from, to]: [from: number, to: number],
  look: Parameters<typeof line>[2],
): OverlayFigure {
  return line({ x: from, y }, { x: to, y }, look);
}

interface Rectangle extends Coordinate {
  width: number;
  height: number;
}

/** A box with a border on a ground. */
export function frame(
  at: Rectangle,
  { ground, border, radius = 4 }: { ground: string; border: string; radius?: number },
): OverlayFigure {
  return {
    type: "rect",
    attrs: at,
    styles: {
      style: "stroke_fill",
      color: ground,
      borderColor: border,
      borderSize: 1,
      borderRadius: radius,
    },
    ignoreEvent: true,
  };
}

/** A box of one colour, or several. */
export function filled(at: Rectangle | Rectangle[], color: string, radius = 0): OverlayFigure {
  return {
    type: "rect",
    attrs: at,
    styles: { style: "fill", color, borderRadius: radius },
    ignoreEvent: true,
  };
}

/** A triangle of one colour. */
export function triangle(coordinates: [Coordinate, Coordinate, Coordinate], color: string): OverlayFigure {
  return { type: "polygon", attrs: { coordinates }, styles: { style: "fill", color }, ignoreEvent: true };
}

/** A text without a ground; its height is that of its middle, unless `baseline` says else. */
export function text(
  words: string,
  { x, y, align = "left", baseline = "middle" }: Coordinate & { align?: string; baseline?: string },
  look: { color: string; family: string; size?: number; weight?: number },
): OverlayFigure {
  return {
    type: "text",
    attrs: { x, y, text: words, align, baseline },
    styles: {
      style: "fill",
      size: 11,
      weight: 400,
      ...look,
      backgroundColor: "transparent",
      borderSize: 0,
      paddingLeft: 0,
      paddingRight: 0,
      paddingTop: 0,
      paddingBottom: 0,
    },
    ignoreEvent: true,
  };
}
