/** What one's holding cost on average: a dotted line with its name, and the price at the axis. */

import { isOnScale, level, priceOverlay, text } from "./figures";
import { isUnderLast } from "./lastLabel";

export interface CostLine {
  /** For the pixel. */
  value: number;
  price: string;
  label: string;
}

export interface CostData extends CostLine {
  /** The last price, whose label at the axis is not printed over. */
  lastPrice: () => number | null;
  line: string;
  text: string;
  family: string;
}

/** Px between the line and its name, and the height of that. */
const LABEL_GAP = 7;
const LABEL_HEIGHT = 14;

/** Whether the line of the last price goes through the name, where that stands over its own line. */
export function isStruck(
  y: number,
  lastPrice: number | null,
  axis: { convertToPixel(value: number): number },
): boolean {
  if (lastPrice === null) return false;
  const over = y - axis.convertToPixel(lastPrice);
  return over > 0 && over < LABEL_GAP + LABEL_HEIGHT;
}

export const COST_LINE = "own_cost";

export const costLineTemplate = priceOverlay<CostData>(
  COST_LINE,
  ({ y, data, bounding, axis }) => {
    if (!isOnScale(y, bounding)) return [];
    const under = isStruck(y, data.lastPrice(), axis);
    return [
      level(y, [0, bounding.width], { color: data.line, dash: [1, 3] }),
      text(
        data.label,
        {
          x: bounding.width - 12,
          y: under ? y + LABEL_GAP : y - LABEL_GAP,
          align: "right",
          baseline: under ? "top" : "bottom",
        },
        { color: data.text, family: data.family },
      ),
    ];
  },
  ({ y, data, bounding, axis }) =>
    isUnderLast(y, data.lastPrice(), axis)
      ? []
      : [
          text(
            data.price,
            { x: bounding.width / 2, y, align: "center" },
            { color: data.text, family: data.family },
          ),
        ],
);
