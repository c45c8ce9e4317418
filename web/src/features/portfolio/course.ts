import { parseUnits, type ValueHistory } from "@cse/client";
import { type ChartPoint, chartPoint } from "@/components/areaGeometry";
import { sumOf } from "@/providers/market/change";

/** Transfers of one point of the course together: units of the value asset, below zero where they left. */
interface CourseFlow {
  readonly time: number;
  readonly worth: bigint;
}

/** At most so many transfers of a period are told: where it has more, the first one told is not its first. */
const FLOWS_MAX = 100;

/** What the account was worth from when it was worth anything, up to `now`, where that is known. */
export function courseOf(history: ValueHistory, now: ChartPoint | null): ChartPoint[] {
  const known = history.points.flatMap(({ time, value }) =>
    value === null ? [] : [chartPoint(Date.parse(time), value)],
  );
  const at = known.findIndex((point) => point.value !== 0);
  const first = known[at];
  if (!first) return [];
  const points = [...openingOf(history, first.time), ...known.slice(at)];
  const last = points.at(-1);
  if (!now || !last) return points;
  // This machine's clock may be behind the exchange's.
  return now.time > last.time ? [...points, now] : [...points.slice(0, -1), { ...now, time: last.time }];
}

/**
 * What the first transfer made of an account that had nothing: points are told by intervals, and within the
 * first of them a young account would have no beginning to which its gain could be seen.
 */
function openingOf({ points, flows }: ValueHistory, beforeMs: number): ChartPoint[] {
  const first = flows[0];
  if (points[0]?.value == null || Number(points[0].value) !== 0 || flows.length >= FLOWS_MAX) return [];
  if (!first || Date.parse(first.time) >= beforeMs) return [];
  const together = flows.filter(({ time }) => time === first.time).map(({ worth }) => worth);
  return together.every((worth) => worth !== null)
    ? [chartPoint(Date.parse(first.time), sumOf(together))]
    : [];
}

/** The transfers of a period, those between two points of the course as one. */
export function flowsOf(
  history: ValueHistory,
  points: readonly ChartPoint[],
  decimals: number,
): CourseFlow[] {
  const found = new Map<number, bigint>();
  for (const flow of history.flows) {
    if (flow.worth === null) continue;
    const time = Date.parse(flow.time);
    const at = points.find((point) => point.time >= time)?.time;
    if (at === undefined) continue;
    found.set(at, (found.get(at) ?? 0n) + parseUnits(flow.worth, decimals));
  }
  return [...found].filter(([, worth]) => worth !== 0n).map(([time, worth]) => ({ time, worth }));
}

/** What the account would be worth now had it gained nothing over the period; null where that is not known. */
export function baseOf(history: ValueHistory, decimals: number): bigint | null {
  const last = history.points.at(-1)?.value ?? null;
  if (last === null || history.gain === null) return null;
  return parseUnits(last, decimals) - parseUnits(history.gain, decimals);
}
