"use client";

import type { CandleView } from "@cse/client";
import { useQuery } from "@tanstack/react-query";
import { type ChartPoint, chartPoint } from "@/components/areaGeometry";
import { exchange, serverNow } from "../exchange";

export type RangeKey = "1D" | "1W" | "1M";

interface RangeRule {
  readonly interval: string;
  readonly seconds: number;
  readonly limit: number;
}

/** What a range shows: candles of an interval and how many reach back far enough. */
export const RANGES: Record<RangeKey, RangeRule> = {
  "1D": { interval: "5m", seconds: 300, limit: 288 },
  "1W": { interval: "1h", seconds: 3_600, limit: 168 },
  "1M": { interval: "4h", seconds: 14_400, limit: 186 },
};

/** The course of a market over a range. */
export interface Course {
  /** Ascending; the first is the opening price of the first candle. */
  readonly points: readonly ChartPoint[];
  /** The first price of all, as the wire has it. */
  readonly first: string | null;
  /** The market is younger than the range. */
  readonly partial: boolean;
}

export function useCourse(market: string | null, range: RangeKey) {
  const rule = RANGES[range];
  return useQuery({
    queryKey: ["course", market, range],
    enabled: market !== null,
    staleTime: (rule.seconds * 1000) / 5,
    refetchInterval: 60_000,
    queryFn: async ({ signal }) => {
      const { interval, limit, seconds } = rule;
      const now = serverNow();
      const from = new Date(now - limit * seconds * 1000).toISOString();
      const page = await exchange().candles({ market: market ?? "", interval, from, limit }, { signal });
      return courseOf(page.items, rule, now);
    },
  });
}

/** Prices at the end of each candle; an interval without a trade is left out, the line runs through. */
export function courseOf(candles: readonly CandleView[], rule: RangeRule, now: number): Course {
  const first = candles[0];
  if (!first) return { points: [], first: null, partial: false };
  const points: ChartPoint[] = [chartPoint(Date.parse(first.time), first.open)];
  for (const candle of candles) {
    const end = Date.parse(candle.time) + rule.seconds * 1000;
    points.push(chartPoint(candle.closed ? end : Math.min(end, now), candle.close));
  }
  const span = rule.limit * rule.seconds * 1000;
  const partial = (points.at(-1)?.time ?? 0) - (points[0]?.time ?? 0) < span * 0.9;
  return { points, first: first.open, partial };
}

/** A market's day: its closes by quarter hours, and when the first of them began. */
export interface SparkLine {
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly stepMs: number;
  readonly closes: readonly string[];
  /** The same for a picture. */
  readonly values: readonly number[];
}

const QUARTER_MS = 900_000;

/** The last 24 hours of every market, in one answer. */
export function useSparks(wanted = true) {
  return useQuery({
    queryKey: ["sparks"],
    enabled: wanted,
    staleTime: 120_000,
    refetchInterval: 300_000,
    queryFn: async ({ signal }) => {
      const { items } = await exchange().sparks({ signal });
      return new Map(
        items.map((item): [string, SparkLine] => [
          item.market,
          {
            start: Date.parse(item.time ?? ""),
            stepMs: QUARTER_MS,
            closes: item.closes,
            values: item.closes.map(Number),
          },
        ]),
      );
    },
  });
}

/** One market's day for the spark of a row. */
export function useSpark(market: string, seen = true): { values: readonly number[]; settled: boolean } {
  const sparks = useSparks(seen);
  return { values: sparks.data?.get(market)?.values ?? [], settled: !sparks.isPending };
}
