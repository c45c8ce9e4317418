import { parseUnits, type ValueHistory } from "@cse/client";
import type { ChartPoint } from "@/components/areaGeometry";

/** Transfers of one point of the course together: units of the value asset, below zero where they left. */
export interface CourseFlow {
  readonly time: number;
  readonly worth: bigint;
}

/** What the account was worth, for a picture: in floats, and only where it was worth anything yet. */
export function courseOf(history: ValueHistory, now: { time: number; value: number } | null): ChartPoint[] {
  const known = history.points.flatMap(({ time, value }) =>
    value === null ? [] : [{ time: Date.parse(time), value: Number(value) }],
  );
  const first = known.findIndex((point) => point.value !== 0);
  if (first < 0) return [];
  const points = known.slice(first);
  const last = points.at(-1);
  if (!now || !last) return points;
  return [...(now.time > last.time ? points : points.slice(0, -1)), now];
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
