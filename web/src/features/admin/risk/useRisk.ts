"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { desk } from "@/providers/desk";

/** The limits that tiers have of their own, in all markets. */
export function useRiskLimits() {
  return useQuery({
    queryKey: ["own", "desk", "risk"],
    queryFn: ({ signal }) => desk().riskLimits({ signal }),
  });
}

/** What was told of accounts, page by page. */
export function useFlags(sought: { account: string; market: string }) {
  return useInfiniteQuery({
    queryKey: ["own", "desk", "flags", sought],
    queryFn: ({ pageParam, signal }) => desk().flags(sought, pageParam, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    retry: false,
  });
}
