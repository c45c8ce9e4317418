/** The chart's intervals, their buckets in UTC, and the words a person knows them by. */

export const INTERVALS = [
  "1s",
  "5s",
  "15s",
  "1m",
  "3m",
  "5m",
  "15m",
  "30m",
  "1h",
  "2h",
  "4h",
  "6h",
  "12h",
  "1d",
  "3d",
  "1w",
  "1M",
] as const;

export type Interval = (typeof INTERVALS)[number];

/** Shown in the toolbar until a person pins others. */
export const PINNED_AT_FIRST: readonly Interval[] = ["1m", "5m", "15m", "1h", "4h", "1d"];

export const INTERVAL_AT_FIRST: Interval = "15m";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** 1970-01-05 was the first Monday, and weeks begin on Mondays. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

const UNIT_MS = { s: SECOND_MS, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS, w: 7 * DAY_MS } as const;
const UNIT_WORD = { s: "second", m: "minute", h: "hour", d: "day", w: "week", M: "month" } as const;

type Unit = keyof typeof UNIT_WORD;

export interface Period {
  type: (typeof UNIT_WORD)[Unit];
  span: number;
}

export function isInterval(text: unknown): text is Interval {
  return INTERVALS.some((interval) => interval === text);
}

/** The interval as a count of a unit, the way the chart library names it. */
export function periodOf(interval: Interval): Period {
  const { count, unit } = split(interval);
  return { type: UNIT_WORD[unit], span: count };
}

/** Where the bucket of `timeMs` begins, in milliseconds since 1970. */
export function bucketStart(interval: Interval, timeMs: number): number {
  if (interval === "1M") {
    const date = new Date(timeMs);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  }
  const length = fixedLength(interval);
  const origin = interval === "1w" ? FIRST_MONDAY_MS : 0;
  return Math.floor((timeMs - origin) / length) * length + origin;
}

/** Where the bucket after the one that begins at `startMs` begins. */
export function nextBucket(interval: Interval, startMs: number): number {
  if (interval === "1M") {
    const date = new Date(startMs);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
  }
  return startMs + fixedLength(interval);
}

/** How many buckets lie between two starts; for months counted by the calendar. */
export function bucketsBetween(interval: Interval, fromMs: number, toMs: number): number {
  if (interval !== "1M") return Math.round((toMs - fromMs) / fixedLength(interval));
  const [from, to] = [new Date(fromMs), new Date(toMs)];
  return (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
}

/** What is left of a bar as `m:ss`, `h:mm:ss` or, for more than a day, `2d 4h`. */
export function countdown(interval: Interval, startMs: number, nowMs: number): string {
  const leftMs = Math.max(0, nextBucket(interval, startMs) - nowMs);
  const seconds = Math.ceil(leftMs / SECOND_MS);
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3_600);
  if (days > 0) return `${days}d ${hours}h`;
  const minutes = Math.floor((seconds % 3_600) / 60);
  const clock = `${pad(minutes)}:${pad(seconds % 60)}`;
  return hours > 0 ? `${hours}:${clock}` : clock;
}

function split(interval: Interval): { count: number; unit: Unit } {
  return { count: Number(interval.slice(0, -1)), unit: interval.slice(-1) as Unit };
}

function fixedLength(interval: Exclude<Interval, "1M">): number {
  const { count, unit } = split(interval);
  return count * UNIT_MS[unit as keyof typeof UNIT_MS];
}

function pad(number: number): string {
  return number.toString().padStart(2, "0");
}
