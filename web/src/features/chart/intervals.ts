/** The intervals that the chart offers at first, how its library names them, and what is left of a bar. */

import { bucketAfter, type Interval } from "@cse/client";

/** Shown in the toolbar until a person pins others. */
export const PINNED_AT_FIRST: readonly Interval[] = ["1m", "5m", "15m", "1h", "4h", "1d"];

export const INTERVAL_AT_FIRST: Interval = "15m";

const UNIT_WORD = { s: "second", m: "minute", h: "hour", d: "day", w: "week", M: "month" } as const;

type Unit = keyof typeof UNIT_WORD;

export interface Period {
  type: (typeof UNIT_WORD)[Unit];
  span: number;
}

/** The interval as a count of a unit, the way the chart library names it. */
export function periodOf(interval: Interval): Period {
  return { type: UNIT_WORD[interval.slice(-1) as Unit], span: Number(interval.slice(0, -1)) };
}

/** The interval in words, such as "15 minutes"; figures are Latin in every language. */
export function intervalWords(interval: Interval, locale: string): string {
  const { type, span } = periodOf(interval);
  const style = { style: "unit", unit: type, unitDisplay: "long", numberingSystem: "latn" } as const;
  return new Intl.NumberFormat(locale, style).format(span);
}

/** What is left of a bar as `mm:ss`, `h:mm:ss` or, for more than a day, `2d 4h`. */
export function countdown(interval: Interval, startMs: number, nowMs: number): string {
  const leftMs = Math.max(0, bucketAfter(startMs, interval) - nowMs);
  const seconds = Math.ceil(leftMs / 1_000);
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3_600);
  if (days > 0) return `${days}d ${hours}h`;
  const minutes = Math.floor((seconds % 3_600) / 60);
  const clock = `${pad(minutes)}:${pad(seconds % 60)}`;
  return hours > 0 ? `${hours}:${clock}` : clock;
}

function pad(number: number): string {
  return number.toString().padStart(2, "0");
}
