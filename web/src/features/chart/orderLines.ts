/**
 * One's open orders as lines: a tag with a grip, side, what is left and a cross, and the price in the side's
 * outline at the axis. An order off the scale becomes a quiet tag at the edge. Who presses and drags meets
 * the elements that stand over the tags, whose places are told from here.
 */

import { type OverlayFigure, type OverlayTemplate, utils } from "klinecharts";
import type { TagPlace } from "./handlePlaces";
import { isUnderLast } from "./lastLabel";
import { asideFor } from "./tagPlaces";

export interface OrderLine {
  id: string;
  buy: boolean;
  /** Its price, or that of the trade that it waits for, in ticks; `value` is the same for the pixel. */
  ticks: bigint;
  value: number;
  /** It waits for a trade and stands in no book yet. */
  waits: boolean;
  /** Whether it may be amended to another price. */
  movable: boolean;
  priceText: string;
  /** "Buy 7,350.0 left". */
  label: string;
  /** "Buy at 0.04174", for an order off the scale. */
  edgeLabel: string;
  cancelLabel: string;
}

export interface LineColours {
  up: string;
  down: string;
  ground: string;
  text: string;
  quiet: string;
  family: string;
}

export interface OrderLineData {
  line: OrderLine;
  /** All lines in the order of drawing, and which of them this one is; tags of earlier ones keep their places. */
  all: readonly OrderLine[];
  index: number;
  /** The last price, whose label at the axis is not printed over. */
  lastPrice: () => number | null;
  colours: LineColours;
  /** Where the line's tag stands; null while there is none. */
  onPlaced: (id: string, place: TagPlace | null) => void;
}

export const ORDER_LINE = "own_order";

const TAG_LEFT = 12;
const TAG_HEIGHT = 20;
const CROSS_WIDTH = 22;
const PADDING = 8;
const GRIP_WIDTH = 10;
const EDGE_GAP = 8;
/** Below the legend, which reaches as far as the tags on a phone. */
const EDGE_TOP = 30;
const EDGE_STEP = TAG_HEIGHT + 4;

export const orderLineTemplate: OverlayTemplate<OrderLineData> = {
  name: ORDER_LINE,
  totalStep: 2,
  needDefaultPointFigure: false,
  needDefaultXAxisFigure: false,
  needDefaultYAxisFigure: false,
  createPointFigures: ({ overlay, coordinates, bounding, yAxis }) => {
    const y = coordinates[0]?.y;
    const data = overlay.extendData;
    if (y === undefined || !yAxis) return [];
    const heights = data.all.map((line) => yAxis.convertToPixel(line.value));
    const earlier = heights.slice(0, data.index);
    const beyond = (heights: readonly number[], above: boolean) =>
      heights.filter((height) => (above ? height < 0 : height > bounding.height)).length;
    if (y < 0 || y > bounding.height) {
      data.onPlaced(data.line.id, null);
      return edgeTag(data, y < 0, bounding, beyond(earlier, y < 0));
    }
    const tags = earlier.map((height, at) => ({
      y: height,
      width: tagWidth(data.all[at] ?? data.line, data),
    }));
    const aside = asideFor({ y }, tags, TAG_HEIGHT + 2);
    const above = EDGE_TOP + beyond(heights, true) * EDGE_STEP;
    const below = bounding.height - EDGE_GAP - beyond(heights, false) * EDGE_STEP;
    // A line goes neither through another's tag nor through those at the edge.
    const from = aside > 0 ? TAG_LEFT + aside : 0;
    const to = y < above || y > below ? bounding.width - edgeWidth(data) - 2 * EDGE_GAP : bounding.width;
    data.onPlaced(data.line.id, {
      left: TAG_LEFT + aside,
      top: Math.round(y - TAG_HEIGHT / 2),
      width: tagWidth(data.line, data),
      height: TAG_HEIGHT,
    });
    return [...dashedLine(data, y, from, to), ...tag(data, y, aside)];
  },
  createYAxisFigures: ({ overlay, coordinates, bounding, yAxis }) => {
    const y = coordinates[0]?.y;
    if (y === undefined || y < 0 || y > bounding.height) return [];
    if (isUnderLast(y, overlay.extendData.lastPrice(), yAxis)) return [];
    return axisLabel(overlay.extendData, y, bounding.width);
  },
};

function colourOf({ line, colours }: OrderLineData): string {
  return line.buy ? colours.up : colours.down;
}

function dashedLine(data: OrderLineData, y: number, from: number, to: number): OverlayFigure[] {
  return [
    {
      type: "line",
      attrs: {
        coordinates: [
          { x: from, y },
          { x: to, y },
        ],
      },
      styles: {
        style: "dashed",
        dashedValue: data.line.waits ? [1, 3] : [4, 3],
        size: 1,
        color: colourOf(data),
      },
      ignoreEvent: true,
    },
  ];
}

function tagWidth(line: OrderLine, { colours }: OrderLineData): number {
  const words = utils.calcTextWidth(line.label, 11, 500, colours.family);
  return words + 2 * PADDING + (line.movable ? GRIP_WIDTH : 0) + CROSS_WIDTH;
}

function tag(data: OrderLineData, y: number, aside: number): OverlayFigure[] {
  const colour = colourOf(data);
  const { label, movable } = data.line;
  const words = tagWidth(data.line, data) - CROSS_WIDTH;
  const top = Math.round(y - TAG_HEIGHT / 2) + 0.5;
  const left = TAG_LEFT + aside;
  const cross = left + words;
  return [
    {
      type: "rect",
      attrs: { x: left + 0.5, y: top, width: words + CROSS_WIDTH, height: TAG_HEIGHT },
      styles: {
        style: "stroke_fill",
        color: data.colours.ground,
        borderColor: colour,
        borderSize: 1,
        borderRadius: 4,
      },
      ignoreEvent: true,
    },
    {
      type: "text",
      attrs: { x: left + PADDING + (movable ? GRIP_WIDTH : 0), y: y + 0.5, text: label, baseline: "middle" },
      styles: textStyle(data, data.colours.text),
      ignoreEvent: true,
    },
    ...(movable ? grip(left + PADDING, Math.round(y), data.colours.quiet) : []),
    {
      type: "line",
      attrs: {
        coordinates: [
          { x: cross, y: top },
          { x: cross, y: top + TAG_HEIGHT },
        ],
      },
      styles: { style: "solid", size: 1, color: colour },
      ignoreEvent: true,
    },
    ...crossLines(cross + CROSS_WIDTH / 2, Math.round(y) + 0.5, data.colours.text),
  ];
}

/** Two columns of three dots: what may be dragged. */
function grip(x: number, y: number, color: string): OverlayFigure[] {
  const dots = [0, 4].flatMap((right) =>
    [-4, 0, 4].map((down) => ({ x: x + right, y: y + down - 1, width: 1.5, height: 1.5 })),
  );
  return [{ type: "rect", attrs: dots, styles: { style: "fill", color }, ignoreEvent: true }];
}

function crossLines(x: number, y: number, colour: string): OverlayFigure[] {
  const arm = 3.5;
  const ends = [
    [-arm, -arm, arm, arm],
    [arm, -arm, -arm, arm],
  ] as const;
  return ends.map(([x1, y1, x2, y2]) => ({
    type: "line",
    attrs: {
      coordinates: [
        { x: x + x1, y: y + y1 },
        { x: x + x2, y: y + y2 },
      ],
    },
    styles: { style: "solid", size: 1.25, color: colour },
    ignoreEvent: true,
  }));
}

function edgeWidth({ line, colours }: OrderLineData): number {
  return utils.calcTextWidth(line.edgeLabel, 11, 400, colours.family) + 2 * PADDING + 12;
}

function edgeTag(
  data: OrderLineData,
  above: boolean,
  bounding: { width: number; height: number },
  place: number,
): OverlayFigure[] {
  const text = data.line.edgeLabel;
  const width = edgeWidth(data);
  const x = bounding.width - width - EDGE_GAP;
  const beside = place * EDGE_STEP;
  const y = above ? EDGE_TOP + beside : bounding.height - EDGE_GAP - beside - TAG_HEIGHT;
  const tip = above ? -2.5 : 2.5;
  const middle = y + TAG_HEIGHT / 2;
  return [
    {
      type: "rect",
      attrs: { x: x + 0.5, y: y + 0.5, width, height: TAG_HEIGHT },
      styles: {
        style: "stroke_fill",
        color: data.colours.ground,
        borderColor: data.colours.quiet,
        borderSize: 1,
        borderRadius: 4,
      },
      ignoreEvent: true,
    },
    {
      type: "polygon",
      attrs: {
        coordinates: [
          { x: x + PADDING, y: middle - tip },
          { x: x + PADDING + 6, y: middle - tip },
          { x: x + PADDING + 3, y: middle + tip },
        ],
      },
      styles: { style: "fill", color: colourOf(data) },
      ignoreEvent: true,
    },
    {
      type: "text",
      attrs: { x: x + PADDING + 12, y: middle + 0.5, text, baseline: "middle" },
      styles: textStyle(data, data.colours.text, 400),
      ignoreEvent: true,
    },
  ];
}

function axisLabel(data: OrderLineData, y: number, width: number): OverlayFigure[] {
  const colour = colourOf(data);
  return [
    {
      type: "rect",
      attrs: { x: 3.5, y: Math.round(y) - 9.5, width: width - 7, height: 19 },
      styles: {
        style: "stroke_fill",
        color: data.colours.ground,
        borderColor: colour,
        borderSize: 1,
        borderRadius: 3,
      },
      ignoreEvent: true,
    },
    {
      type: "text",
      attrs: { x: width / 2, y: y + 0.5, text: data.line.priceText, align: "center", baseline: "middle" },
      styles: textStyle(data, colour, 400, 12),
      ignoreEvent: true,
    },
  ];
}

function textStyle(data: OrderLineData, color: string, weight = 500, size = 11): Record<string, unknown> {
  return {
    style: "fill",
    color,
    size,
    weight,
    family: data.colours.family,
    backgroundColor: "transparent",
    borderSize: 0,
    paddingLeft: 0,
    paddingRight: 0,
    paddingTop: 0,
    paddingBottom: 0,
  };
}
