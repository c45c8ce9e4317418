"use client";

import { useQuery } from "@tanstack/react-query";
import { exchange } from "@/providers/exchange";

/** What the exchange says of itself, asked every 15 seconds; one failure is enough to say so. */
export function useHealth() {
  return useQuery({
    queryKey: ["health"],
    refetchInterval: 15_000,
    retry: false,
    queryFn: async ({ signal }) => {
      const asked = performance.now();
      const report = await exchange().health({ signal });
      return { ...report, tookMs: performance.now() - asked, at: Date.now() };
    },
  });
}
