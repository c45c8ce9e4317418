"use client";

import { useMemo } from "react";
import { type ChartPoint, chartPoint } from "@/components/areaGeometry";
import { serverNow } from "@/providers/exchange";
import { type RangeKey, useCourse } from "@/providers/market/candles";
import { pricesChangePpm } from "@/providers/market/change";
import type { Listing } from "@/providers/market/markets";
import { useTicker } from "@/providers/market/tickers";

export interface HeroCourse {
  /** To the last price, which moves; empty while it is on its way. */
  readonly points: readonly ChartPoint[];
  readonly loaded: boolean;
  /** The course is younger than the range. */
  readonly partial: boolean;
  /** The period's first price and the last one, as the wire has them. */
  readonly first: string | null | undefined;
  readonly last: string | null | undefined;
  /** From the first to the last, in parts per million. */
  readonly changePpm: bigint | null;
}

/** How a market's price went over a range, up to this moment. */
export function useHeroCourse(listing: Listing | null, range: RangeKey): HeroCourse {
  const course = useCourse(listing?.market ?? null, range);
  const last = useTicker(listing?.market ?? null)?.last_price;
  const points = useMemo(() => {
    const known = course.data?.points ?? [];
    const end = known.at(-1);
    if (!end || last == null) return known;
    return [...known.slice(0, -1), chartPoint(Math.max(end.time, serverNow()), last)];
  }, [course.data, last]);
  return {
    points,
    loaded: course.data !== undefined,
    partial: course.data?.partial ?? false,
    first: course.data?.first,
    last,
    changePpm: pricesChangePpm(last, course.data?.first),
  };
}
