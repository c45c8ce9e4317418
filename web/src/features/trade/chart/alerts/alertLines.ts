/** Price alerts that wait, as lines of the chart with their prices. */

import { type Chart, type OverlayTemplate, registerOverlay } from "klinecharts";
import { currentPalette, onPalette, type Palette } from "@/canvas/palette";

export interface AlertLine {
  /** For the pixel. */
  readonly value: number;
  readonly text: string;
}

const ALERT_LINE = "price_alert";

const template: OverlayTemplate<AlertLine & { palette: Palette }> = {
  name: ALERT_LINE,
  totalStep: 2,
  needDefaultPointFigure: false,
  needDefaultXAxisFigure: false,
  needDefaultYAxisFigure: false,
  createPointFigures: ({ overlay, coordinates, bounding }) => {
    const y = coordinates[0]?.y;
    if (y === undefined || y < 0 || y > bounding.height) return [];
    const { text, palette } = overlay.extendData;
    const ends = [
      { x: 0, y },
      { x: bounding.width, y },
    ];
    return [
      {
        type: "line",
        attrs: { coordinates: ends },
        styles: { style: "dashed", dashedValue: [6, 4], size: 1, color: palette.accent },
        ignoreEvent: true,
      },
      {
        type: "text",
        attrs: { x: bounding.width - 8, y: y - 3, text, align: "right", baseline: "bottom" },
        styles: {
          style: "fill",
          color: palette.text2,
          size: 11,
          weight: 400,
          family: palette.family,
          backgroundColor: "transparent",
          borderSize: 0,
        },
        ignoreEvent: true,
      },
    ];
  },
};

registerOverlay(template);

/** Draws the lines, in the colours of the theme, until what is returned is called. */
export function drawAlerts(chart: Chart, lines: readonly AlertLine[]): () => void {
  const draw = (palette: Palette) => {
    chart.removeOverlay({ name: ALERT_LINE });
    for (const line of lines) {
      chart.createOverlay({
        name: ALERT_LINE,
        lock: true,
        zLevel: -1,
        points: [{ value: line.value }],
        extendData: { ...line, palette },
      });
    }
  };
  draw(currentPalette());
  const end = onPalette(draw);
  return () => {
    end();
    chart.removeOverlay({ name: ALERT_LINE });
  };
}
