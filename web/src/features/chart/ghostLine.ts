/** Where a line would stand that is being moved: in the accent, with its price at the axis. */

import { filled, level, priceOverlay, text } from "./figures";

export interface Ghost {
  /** For the pixel. */
  value: number;
  text: string;
}

export interface GhostData {
  text: string;
  colour: string;
  ground: string;
  family: string;
}

export const GHOST_LINE = "own_ghost";

export const ghostLineTemplate = priceOverlay<GhostData>(
  GHOST_LINE,
  ({ y, data, bounding }) => [level(y, [0, bounding.width], { color: data.colour, size: 1.5, dash: [2, 3] })],
  ({ y, data, bounding }) => [
    filled({ x: 3, y: Math.round(y) - 10, width: bounding.width - 6, height: 20 }, data.colour, 3),
    text(
      data.text,
      { x: bounding.width / 2, y: y + 0.5, align: "center" },
      { color: data.ground, family: data.family, size: 12, weight: 600 },
    ),
  ],
);
