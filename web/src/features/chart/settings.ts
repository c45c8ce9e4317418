/** How a person likes the chart: kept in the browser, for every market alike. */

import * as z from "zod/mini";
import { create } from "zustand";
import type { ChartStyle } from "./chartTheme";
import { INTERVAL_AT_FIRST, INTERVALS, type Interval, PINNED_AT_FIRST } from "./intervals";

const KEY = "cse.chart";
export const PINNED_MAX = 8;

const KEPT = z.object({
  interval: z.enum(INTERVALS),
  style: z.enum(["candles", "line", "area"]),
  pinned: z.array(z.enum(INTERVALS)).check(z.maxLength(PINNED_MAX)),
});

type Kept = z.infer<typeof KEPT>;

interface ChartSettings extends Kept {
  choose(interval: Interval): void;
  draw(style: ChartStyle): void;
  /** Pins an interval to the toolbar, or takes it away. */
  pin(interval: Interval): void;
}

function atFirst(): Kept {
  const plain: Kept = { interval: INTERVAL_AT_FIRST, style: "candles", pinned: [...PINNED_AT_FIRST] };
  try {
    const kept = globalThis.localStorage?.getItem(KEY);
    const parsed = kept ? KEPT.safeParse(JSON.parse(kept)) : null;
    return parsed?.success ? parsed.data : plain;
  } catch {
    return plain;
  }
}

export const useChartSettings = create<ChartSettings>((set, get) => {
  const change = (change: Partial<Kept>) => {
    set(change);
    const { interval, style, pinned } = get();
    try {
      globalThis.localStorage?.setItem(KEY, JSON.stringify({ interval, style, pinned }));
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  };
  return {
    ...atFirst(),
    choose: (interval) => change({ interval }),
    draw: (style) => change({ style }),
    pin: (interval) => change({ pinned: withPin(get().pinned, interval) }),
  };
});

/** The pinned intervals with one more or less, always in their own order. */
export function withPin(pinned: readonly Interval[], interval: Interval): Interval[] {
  if (pinned.includes(interval)) return pinned.filter((other) => other !== interval);
  if (pinned.length >= PINNED_MAX) return [...pinned];
  return INTERVALS.filter((other) => other === interval || pinned.includes(other));
}
