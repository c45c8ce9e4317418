/**
 * One's open orders as lines, with a tag each, and the price in the side's outline at the axis. An order off
 * the scale becomes a quiet tag at the edge. Who presses and drags meets the elements that stand over the
 * tags, whose places are told from here.
 */

import { type OverlayFigure, utils } from "klinecharts";
import { type Drawing, frame, isOnScale, level, priceOverlay, text, triangle } from "./figures";
import { isUnderLast } from "./lastLabel";
import { lineTag, TAG_HEIGHT, TAG_LEFT, TAG_PADDING, tagWidth } from "./lineTag";
import { asideFor, type TagPlace } from "./tagPlaces";

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

const EDGE_GAP = 8;
/** Below the legend, which reaches as far as the tags on a phone. */
const EDGE_TOP = 30;
const EDGE_STEP = TAG_HEIGHT + 4;
const ARROW_WIDTH = 12;

export const orderLineTemplate = priceOverlay<OrderLineData>(ORDER_LINE, inPane, axisLabel);

/** The line with its tag, or a tag at the edge beyond which it lies. */
export function inPane({ y, data, bounding, axis }: Drawing<OrderLineData>): OverlayFigure[] {
  const heights = data.all.map((line) => axis.convertToPixel(line.value));
  const earlier = heights.slice(0, data.index);
  const beyond = (heights: readonly number[], above: boolean) =>
    heights.filter((height) => (above ? height < 0 : height > bounding.height)).length;
  if (!isOnScale(y, bounding)) {
    data.onPlaced(data.line.id, null);
    return edgeTag(data, y < 0, bounding, beyond(earlier, y < 0));
  }
  const tags = earlier.map((height, at) => ({
    y: height,
    width: widthOf(data.all[at] ?? data.line, data),
  }));
  const aside = asideFor({ y }, tags, TAG_HEIGHT + 2);
  const above = EDGE_TOP + beyond(heights, true) * EDGE_STEP;
  const below = bounding.height - EDGE_GAP - beyond(heights, false) * EDGE_STEP;
  // A line goes neither through another's tag nor through those at the edge.
  const from = aside > 0 ? TAG_LEFT + aside : 0;
  const to = y < above || y > below ? bounding.width - edgeWidth(data) - 2 * EDGE_GAP : bounding.width;
  const left = TAG_LEFT + aside;
  data.onPlaced(data.line.id, {
    left,
    top: Math.round(y - TAG_HEIGHT / 2),
    width: widthOf(data.line, data),
    height: TAG_HEIGHT,
  });
  const { label, movable, waits } = data.line;
  const color = colourOf(data);
  return [
    level(y, [from, to], { color, dash: waits ? [1, 3] : [4, 3] }),
    ...lineTag({ words: label, movable }, left, y, { ...data.colours, border: color }),
  ];
}

function colourOf({ line, colours }: OrderLineData): string {
  return line.buy ? colours.up : colours.down;
}

function widthOf({ label, movable }: OrderLine, { colours }: OrderLineData): number {
  return tagWidth({ words: label, movable }, colours.family);
}

function edgeWidth({ line, colours }: OrderLineData): number {
  return utils.calcTextWidth(line.edgeLabel, 11, 400, colours.family) + 2 * TAG_PADDING + ARROW_WIDTH;
}

function edgeTag(
  data: OrderLineData,
  above: boolean,
  bounding: { width: number; height: number },
  place: number,
): OverlayFigure[] {
  const { ground, quiet, family, text: color } = data.colours;
  const width = edgeWidth(data);
  const x = bounding.width - width - EDGE_GAP;
  const beside = place * EDGE_STEP;
  const y = above ? EDGE_TOP + beside : bounding.height - EDGE_GAP - beside - TAG_HEIGHT;
  const tip = above ? -2.5 : 2.5;
  const middle = y + TAG_HEIGHT / 2;
  const arrow = x + TAG_PADDING;
  return [
    frame({ x: x + 0.5, y: y + 0.5, width, height: TAG_HEIGHT }, { ground, border: quiet }),
    triangle(
      [
        { x: arrow, y: middle - tip },
        { x: arrow + 6, y: middle - tip },
        { x: arrow + 3, y: middle + tip },
      ],
      colourOf(data),
    ),
    text(data.line.edgeLabel, { x: arrow + ARROW_WIDTH, y: middle + 0.5 }, { color, family }),
  ];
}

function axisLabel({ y, data, bounding, axis }: Drawing<OrderLineData>): OverlayFigure[] {
  if (isUnderLast(y, data.lastPrice(), axis)) return [];
  const color = colourOf(data);
  const { ground, family } = data.colours;
  return [
    frame(
      { x: 3.5, y: Math.round(y) - 9.5, width: bounding.width - 7, height: 19 },
      { ground, border: color, radius: 3 },
    ),
    text(
      data.line.priceText,
      { x: bounding.width / 2, y: y + 0.5, align: "center" },
      { color, family, size: 12 },
    ),
  ];
}
