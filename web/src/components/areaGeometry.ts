/** Pixels of a line over time. Values are floats here and nowhere else: nothing is computed from them. */

export interface ChartPoint {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly value: number;
}

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly value: number;
}

export interface AreaGeometry {
  readonly line: string;
  readonly at: readonly Place[];
  /** Where the first value stands. */
  readonly baseY: number;
  readonly high: Place | undefined;
  readonly last: Place | undefined;
}

/** Null where there is nothing to draw or no room for it. */
export function areaGeometry(
  points: readonly ChartPoint[],
  width: number,
  height: number,
): AreaGeometry | null {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last || points.length < 2 || width <= 0 || height <= 0) return null;
  const values = points.map((point) => point.value);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const span = high - low || 1;
  const duration = last.time - first.time || 1;
  const at = points.map((point) => ({
    x: round(((point.time - first.time) / duration) * width),
    // A tenth of the height stays free below, so that the fill is seen under the lowest value.
    y: round(high === low ? height / 2 : ((high - point.value) / span) * height * 0.9),
    value: point.value,
  }));
  return {
    line: `M${at.map((place) => `${place.x} ${place.y}`).join("L")}`,
    at,
    baseY: at[0]?.y ?? 0,
    high: at[values.indexOf(high)],
    last: at.at(-1),
  };
}

/** The index of the point nearest to a place on the x axis. */
export function nearestPoint(shape: AreaGeometry, x: number): number {
  let best = 0;
  let distance = Number.POSITIVE_INFINITY;
  shape.at.forEach((place, index) => {
    const away = Math.abs(place.x - x);
    if (away < distance) {
      best = index;
      distance = away;
    }
  });
  return best;
}

/** Times for the axis, evenly spread, the first at the start edge. */
export function timeTicks(
  points: readonly ChartPoint[],
  width: number,
  count: number,
): { x: number; time: number }[] {
  const first = points[0]?.time;
  const last = points.at(-1)?.time;
  if (first === undefined || last === undefined || width <= 0) return [];
  return Array.from({ length: count }, (_, index) => {
    const share = index / count;
    return { x: Math.max(16, round(share * width)), time: first + share * (last - first) };
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
