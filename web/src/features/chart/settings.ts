/** How a person likes the chart: kept in the browser, for every market alike. */

import { INTERVALS, type Interval } from "@cse/client";
import * as z from "zod/mini";
import { create } from "zustand";
import { browserStorage, keep, onKeptElsewhere, readKept } from "@/providers/kept";
import { INTERVAL_AT_FIRST, PINNED_AT_FIRST } from "./intervals";

const KEY = "cse.chart";
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

interface ChartSettings extends Kept {
  choose(interval: Interval): void;
  draw(style: ChartStyle): void;
  scaleBy(scale: ChartScale): void;
  /** Pins an interval to the toolbar, or takes it away. */
  pin(interval: Interval): void;
}

const AT_FIRST: Kept = {
  interval: INTERVAL_AT_FIRST,
  style: "candles",
  scale: "linear",
  pinned: [...PINNED_AT_FIRST],
};

export const useChartSettings = create<ChartSettings>((set, get) => {
  const change = (change: Partial<Kept>) => {
    set(change);
    const { interval, style, scale, pinned } = get();
    keep(browserStorage(), KEY, { interval, style, scale, pinned });
  };
  const read = () => readKept(browserStorage(), KEY, KEPT, AT_FIRST);
  onKeptElsewhere(KEY, () => set(read()));
  return {
    ...read(),
    choose: (interval) => change({ interval }),
    draw: (style) => change({ style }),
    scaleBy: (scale) => change({ scale }),
    pin: (interval) => change({ pinned: withPin(get().pinned, interval) }),
  };
});

/** The pinned intervals with one more or less, always in their own order. */
export function withPin(pinned: readonly Interval[], interval: Interval): Interval[] {
  if (pinned.includes(interval)) return pinned.filter((other) => other !== interval);
  if (pinned.length >= PINNED_MAX) return [...pinned];
  return INTERVALS.filter((other) => other === interval || pinned.includes(other));
}
