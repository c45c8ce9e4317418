/** Pixels of a line over time. Values are floats for their heights alone: what is said of them is their text. */

export interface ChartPoint {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly value: number;
  /** The same value exactly, as a decimal string. */
  readonly text: string;
}

export function chartPoint(time: number, text: string): ChartPoint {
  return { time, value: Number(text), text };
}

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

export interface AreaGeometry {
  readonly line: string;
  readonly at: readonly Place[];
  /** Where the first value stands. */
  readonly baseY: number;
  readonly high: Place | undefined;
  readonly last: Place | undefined;
}

/** The least part of the highest value that the height stands for: a dollar on a thousand is no cliff. */
const LEAST_SPAN = 0.01;

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
  const span = Math.max(high - low, Math.abs(high) * LEAST_SPAN) || 1;
  const top = (high + low + span) / 2;
  const duration = last.time - first.time || 1;
  const at = points.map((point) => ({
    x: round(((point.time - first.time) / duration) * width),
    // A tenth of the height stays free below, so that the fill is seen under the lowest value.
    y: round(((top - point.value) / span) * height * 0.9),
    text: point.text,
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

/** Px around a label of the dotted line. */
const LABEL_GAP = 6;
const LABEL_HEIGHT = 11;
const LABEL_STEP = 8;

/**
 * Where a label of the dotted line ends: as far right as it stands clear of the course, above the
 * dotted line or under it; null where there is no such place.
 */
export function baseLabelPlace(
  shape: AreaGeometry,
  width: number,
  labelWidth: number,
): { x: number; y: number } | null {
  // No higher than the course, where the highest value has its own label.
  const above = Math.max(shape.baseY - LABEL_GAP, LABEL_HEIGHT);
  const under = shape.baseY + LABEL_GAP + LABEL_HEIGHT;
  for (let end = width - LABEL_STEP; end - labelWidth >= LABEL_STEP; end -= LABEL_STEP) {
    const near = nearTo(shape.at, end - labelWidth - LABEL_GAP, end + LABEL_GAP);
    const [top, bottom] = [Math.min(...near), Math.max(...near)];
    if (above < shape.baseY && top > above + LABEL_GAP - 2) return { x: end, y: above };
    if (bottom < under - LABEL_HEIGHT - 2) return { x: end, y: under };
    if (above < shape.baseY && bottom < above - LABEL_HEIGHT - 2) return { x: end, y: above };
    if (top > under + LABEL_GAP - 2) return { x: end, y: under };
  }
  return null;
}

/** Heights of the course between two places of the x axis, those just outside as well. */
function nearTo(at: readonly Place[], from: number, to: number): number[] {
  const first = at.findLastIndex((place) => place.x <= from);
  const behind = at.findIndex((place) => place.x >= to);
  const part = at.slice(Math.max(first, 0), behind < 0 ? at.length : behind + 1);
  return part.map((place) => place.y);
}

export interface Tick {
  readonly x: number;
  readonly time: number;
}

const HOUR_MS = 3_600_000;
/** Hours between two ticks. */
const TICK_HOURS = [1, 2, 3, 4, 6, 12, 24, 48, 72, 168, 336];

/** Round times of this machine's clock, at most `count` of them. */
export function timeTicks(points: readonly ChartPoint[], width: number, count: number): Tick[] {
  const first = points[0]?.time;
  const last = points.at(-1)?.time;
  if (first === undefined || last === undefined || width <= 0 || last <= first) return [];
  const hours = TICK_HOURS.find((step) => (last - first) / (step * HOUR_MS) <= count);
  if (hours === undefined) return [];
  const ticks: Tick[] = [];
  for (let step = 0; ; step++) {
    // By the calendar, so that a day stays a day when clocks are changed.
    const at = new Date(first);
    at.setHours(hours * step, 0, 0, 0);
    if (at.getTime() > last) return ticks;
    if (at.getTime() >= first) {
      ticks.push({
        x: round(((at.getTime() - first) / (last - first)) * width),
        time: at.getTime(),
      });
    }
  }
}

/** A time under the plot. */
export interface AxisLabel extends Tick {
  readonly anchor: "start" | "middle" | "end";
}

/** Room that half a label takes, and what the two at the edges keep from them. */
const LABEL_ROOM = 32;
const EDGE = 16;

/** At most `count` round times, none so near to an edge that it would be cut; null for the first and the last. */
export function areaTicks(points: readonly ChartPoint[], width: number, count: number | null): AxisLabel[] {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return [];
  if (count !== null) {
    return timeTicks(points, width, count)
      .filter(({ x }) => x >= LABEL_ROOM && x <= width - LABEL_ROOM)
      .map((tick) => ({ ...tick, anchor: "middle" }));
  }
  return [
    { time: first.time, x: EDGE, anchor: "start" },
    { time: last.time, x: width - EDGE, anchor: "end" },
  ];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
