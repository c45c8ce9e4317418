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

export const COST_LINE = "own_cost";

export const costLineTemplate = priceOverlay<CostData>(
  COST_LINE,
  ({ y, data, bounding }) => {
    if (!isOnScale(y, bounding)) return [];
    return [
      level(y, [0, bounding.width], { color: data.line, dash: [1, 3] }),
      text(
        data.label,
        { x: bounding.width - 12, y: y - 7, align: "right", baseline: "bottom" },
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
