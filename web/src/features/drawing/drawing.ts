/**
 * What a person draws on a chart: a tool and its anchors.
 *
 * An anchor is the start of a bar and a count of bars behind it. The count is above zero only to the right
 * of the newest bar, where there is no bar yet; it counts bars of the interval that was drawn on, so that the
 * drawing stands at the same time on every interval. Prices are floats: nothing is ordered by them.
 */

import { bucketAfter, bucketsBetween, INTERVALS, type Interval } from "@cse/client";
import * as z from "zod/mini";

export const TOOLS = [
  "trend",
  "ray",
  "horizontal",
  "channel",
  "fibonacci",
  "rectangle",
  "text",
  "measure",
] as const;
export type Tool = (typeof TOOLS)[number];

/** How many points each tool is drawn by. */
export const POINTS: Record<Tool, number> = {
  trend: 2,
  ray: 2,
  horizontal: 1,
  channel: 3,
  fibonacci: 2,
  rectangle: 2,
  text: 1,
  measure: 2,
};

export const DRAWINGS_MAX = 100;
export const TEXT_MAX = 120;

const ANCHOR = z.object({ time: z.int(), bars: z.int().check(z.gte(0), z.lte(10_000)), value: z.number() });

const DRAWING = z
  .object({
    id: z.int(),
    tool: z.enum(TOOLS),
    interval: z.enum(INTERVALS),
    anchors: z.array(ANCHOR),
    text: z.string().check(z.maxLength(TEXT_MAX)),
  })
  .check(z.refine((drawing) => drawing.anchors.length === POINTS[drawing.tool]));

export const DRAWINGS = z.array(DRAWING).check(z.maxLength(DRAWINGS_MAX));

export type Anchor = z.infer<typeof ANCHOR>;
export type Drawing = z.infer<typeof DRAWING>;

/** A point of the chart: milliseconds since 1970, and a price. */
export interface ChartPoint {
  timestamp: number;
  value: number;
}

/** The anchor of a point, where `newest` is the start of the newest bar. */
export function anchorOf({ timestamp, value }: ChartPoint, newest: number, interval: Interval): Anchor {
  if (timestamp <= newest) return { time: timestamp, bars: 0, value };
  return { time: newest, bars: bucketsBetween(newest, timestamp, interval), value };
}

/** Where an anchor is on a chart of any interval. */
export function pointOf({ time, bars, value }: Anchor, interval: Interval): ChartPoint {
  return { timestamp: bucketAfter(time, interval, bars), value };
}

/** The drawing, moved by whole bars of `interval` and by a price: all of it, or its last point alone. */
export function shifted(
  drawing: Drawing,
  by: { bars: number; value: number },
  newest: number,
  interval: Interval,
  lastAlone = false,
): Drawing {
  const anchors = drawing.anchors.map((anchor, at) => {
    if (lastAlone && at < drawing.anchors.length - 1) return anchor;
    const point = pointOf(anchor, drawing.interval);
    const timestamp = bucketAfter(point.timestamp, interval, by.bars);
    return anchorOf({ timestamp, value: point.value + by.value }, newest, interval);
  });
  return { ...drawing, anchors, interval };
}
