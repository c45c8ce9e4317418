/** Where an order would stand that is being moved: a line in the accent, with its price at the axis. */

import type { OverlayTemplate } from "klinecharts";

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

export const ghostLineTemplate: OverlayTemplate<GhostData> = {
  name: GHOST_LINE,
  totalStep: 2,
  needDefaultPointFigure: false,
  needDefaultXAxisFigure: false,
  needDefaultYAxisFigure: false,
  createPointFigures: ({ overlay, coordinates, bounding }) => {
    const y = coordinates[0]?.y;
    if (y === undefined) return [];
    const ends = [
      { x: 0, y },
      { x: bounding.width, y },
    ];
    return [
      {
        type: "line",
        attrs: { coordinates: ends },
        styles: { style: "dashed", dashedValue: [2, 3], size: 1.5, color: overlay.extendData.colour },
        ignoreEvent: true,
      },
    ];
  },
  createYAxisFigures: ({ overlay, coordinates, bounding }) => {
    const y = coordinates[0]?.y;
    if (y === undefined || y < 0 || y > bounding.height) return [];
    const { text, colour, ground, family } = overlay.extendData;
    return [
      {
        type: "rect",
        attrs: { x: 3, y: Math.round(y) - 10, width: bounding.width - 6, height: 20 },
        styles: { style: "fill", color: colour, borderRadius: 3 },
        ignoreEvent: true,
      },
      {
        type: "text",
        attrs: { x: bounding.width / 2, y: y + 0.5, text, align: "center", baseline: "middle" },
        styles: {
          style: "fill",
          color: ground,
          size: 12,
          weight: 600,
          family,
          backgroundColor: "transparent",
        },
        ignoreEvent: true,
      },
    ];
  },
};
