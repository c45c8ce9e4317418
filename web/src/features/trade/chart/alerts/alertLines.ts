/** Price alerts that wait, as lines of the chart with a tag each, beside those of orders. */

import { type Chart, registerOverlay } from "klinecharts";
import { currentPalette, onPalette, type Palette } from "@/canvas/palette";
import { type Drawing, isOnScale, level, priceOverlay } from "@/features/chart/figures";
import type { HandlePlaces } from "@/features/chart/handlePlaces";
import { lineTag, TAG_HEIGHT, TAG_LEFT, tagWidth } from "@/features/chart/lineTag";
import { clearOf, type TagPlace } from "@/features/chart/tagPlaces";

export interface AlertLine {
  id: string;
  /** For the pixel. */
  value: number;
  /** "Alert 0.04174". */
  words: string;
}

export interface AlertLineData extends AlertLine {
  palette: Palette;
  /** Tags that stand already: those of orders, and of alerts that are drawn before. */
  taken: () => readonly TagPlace[];
  onPlaced: (id: string, place: TagPlace | null) => void;
}

const ALERT_LINE = "price_alert";

registerOverlay(priceOverlay<AlertLineData>(ALERT_LINE, inPane));

/** The line from its tag on; nothing of an alert off the scale. */
export function inPane({ y, data, bounding }: Drawing<AlertLineData>) {
  const { id, words, palette } = data;
  if (!isOnScale(y, bounding)) {
    data.onPlaced(id, null);
    return [];
  }
  const tag = { words, movable: true };
  const place = clearOf(
    {
      left: TAG_LEFT,
      top: Math.round(y - TAG_HEIGHT / 2),
      width: tagWidth(tag, palette.family),
      height: TAG_HEIGHT,
    },
    data.taken(),
  );
  data.onPlaced(id, place);
  const { accent: border, panel: ground, text1: text, lineStrong: quiet, family } = palette;
  return [
    level(y, [place.left, bounding.width], { color: border, dash: [6, 4] }),
    ...lineTag(tag, place.left, y, { border, ground, text, quiet, family }),
  ];
}

/** Draws the lines, in the colours of the theme, until what is returned is called; `orders` has the tags of orders. */
export function drawAlerts(
  chart: Chart,
  lines: readonly AlertLine[],
  places: HandlePlaces,
  orders: HandlePlaces,
): () => void {
  const draw = (palette: Palette) => {
    chart.removeOverlay({ name: ALERT_LINE });
    lines.forEach((line, index) => {
      const earlier = lines.slice(0, index);
      const taken = () => [...orders.all(), ...earlier.flatMap(({ id }) => places.at(id) ?? [])];
      chart.createOverlay({
        name: ALERT_LINE,
        lock: true,
        points: [{ value: line.value }],
        extendData: { ...line, palette, taken, onPlaced: places.put.bind(places) },
      });
    });
  };
  draw(currentPalette());
  const end = onPalette(draw);
  return () => {
    end();
    chart.removeOverlay({ name: ALERT_LINE });
    for (const { id } of lines) places.put(id, null);
  };
}
