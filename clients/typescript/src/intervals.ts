/** Candle intervals: buckets `[start, end)` in UTC. */

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

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
/** 1970 began on a Thursday; weeks begin on Mondays. */
const WEEK_OFFSET_MS = 4 * 86_400_000;

/** Whether the text names an interval. */
export function isInterval(text: string): text is Interval {
  return (INTERVALS as readonly string[]).includes(text);
}

/** Length in milliseconds; null for months, which differ. */
export function intervalMs(interval: Interval): number | null {
  if (interval === "1M") return null;
  const unit = interval.slice(-1) as keyof typeof UNIT_MS;
  return Number(interval.slice(0, -1)) * UNIT_MS[unit];
}

/** The start of the bucket in which a time lies; milliseconds since 1970. */
export function bucketStart(timeMs: number, interval: Interval): number {
  const length = intervalMs(interval);
  if (length === null) {
    const date = new Date(timeMs);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  }
  const offset = interval === "1w" ? WEEK_OFFSET_MS : 0;
  return Math.floor((timeMs - offset) / length) * length + offset;
}

/** The start of the bucket behind the one that starts at `startMs`; `steps` may be below zero. */
export function bucketAfter(startMs: number, interval: Interval, steps = 1): number {
  const length = intervalMs(interval);
  if (length !== null) return startMs + steps * length;
  const date = new Date(startMs);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + steps, 1);
}

/** How many buckets lie between two starts; months by the calendar. */
export function bucketsBetween(fromMs: number, toMs: number, interval: Interval): number {
  const length = intervalMs(interval);
  if (length !== null) return Math.round((toMs - fromMs) / length);
  const [from, to] = [new Date(fromMs), new Date(toMs)];
  return (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
}
