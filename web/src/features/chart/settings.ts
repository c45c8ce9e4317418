/** How a person likes the chart: kept in the browser, for every market alike. */

import { INTERVALS, type Interval } from "@cse/client";
import * as z from "zod/mini";
import { keptStore } from "@/providers/kept/keptStore";
import { INTERVAL_AT_FIRST, PINNED_AT_FIRST } from "./intervals";

export const PINNED_MAX = 8;

export const STYLES = ["candles", "hollow", "bars", "line", "area", "heikin"] as const;
export type ChartStyle = (typeof STYLES)[number];

/** How prices lie on their axis: evenly, by their ratio, or as changes from the first one in sight. */
export const SCALES = ["linear", "log", "percent"] as const;
export type ChartScale = (typeof SCALES)[number];

/** What a version before did not keep has its value at first. */
const KEPT = z.object({
  interval: z.enum(INTERVALS),
  style: z.enum(STYLES),
  scale: z._default(z.enum(SCALES), "linear"),
  pinned: z.array(z.enum(INTERVALS)).check(z.maxLength(PINNED_MAX)),
});

type Kept = z.infer<typeof KEPT>;

const AT_FIRST: Kept = {
  interval: INTERVAL_AT_FIRST,
  style: "candles",
  scale: "linear",
  pinned: [...PINNED_AT_FIRST],
};

export const useChartSettings = keptStore("cse.chart", KEPT, AT_FIRST, (change, now) => ({
  choose: (interval: Interval) => change({ interval }),
  draw: (style: ChartStyle) => change({ style }),
  scaleBy: (scale: ChartScale) => change({ scale }),
  /** Pins an interval to the toolbar, or takes it away. */
  pin: (interval: Interval) => change({ pinned: withPin(now().pinned, interval) }),
}));

/** The pinned intervals with one more or less, always in their own order. */
export function withPin(pinned: readonly Interval[], interval: Interval): Interval[] {
  if (pinned.includes(interval)) return pinned.filter((other) => other !== interval);
  if (pinned.length >= PINNED_MAX) return [...pinned];
  return INTERVALS.filter((other) => other === interval || pinned.includes(other));
}
