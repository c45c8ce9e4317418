"use client";

import type { CostMethod, PortfolioPeriod } from "@cse/client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { create } from "zustand";
import { browserStorage, keep, readKept } from "./kept";
import { useOwn } from "./own/own";
import { exchangeOf, useSession } from "./session";

export const COST_METHODS: readonly CostMethod[] = ["average", "fifo", "lifo"];
const COST_KEY = "cse.cost";
const AGAIN_MS = 30_000;
const SETTLED_MS = 1_000;

/** What the account's positions cost and gained; asked again whenever its balances change. */
export function usePortfolio(cost: CostMethod) {
  const { account, signedIn } = useWho();
  const balances = useOwn((state) => state.balances);
  const query = useQuery({
    queryKey: ["portfolio", account, cost],
    enabled: signedIn,
    refetchInterval: AGAIN_MS,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => exchangeOf(account).portfolio(cost, { signal }),
  });
  const { refetch } = query;
  const seen = useRef(balances);
  useEffect(() => {
    if (!signedIn || seen.current === balances) return;
    // Fills come in flocks: once they have settled, all of them are asked for.
    const later = setTimeout(() => {
      seen.current = balances;
      void refetch();
    }, SETTLED_MS);
    return () => clearTimeout(later);
  }, [balances, signedIn, refetch]);
  return query;
}

/** What the account was worth over a period. */
export function usePortfolioValue(period: PortfolioPeriod) {
  const { account, signedIn } = useWho();
  return useQuery({
    queryKey: ["portfolio-value", account, period],
    enabled: signedIn,
    refetchInterval: AGAIN_MS * 2,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => exchangeOf(account).portfolioValue(period, { signal }),
  });
}

function useWho() {
  const account = useSession((state) => state.account);
  const signedIn = useSession((state) => state.state === "user");
  return { account, signedIn };
}

interface CostChoice {
  readonly cost: CostMethod;
  choose(cost: CostMethod): void;
}

/** Which units are taken to leave first, as this browser was told. */
export const useCostMethod = create<CostChoice>((set) => ({
  cost: readKept<CostMethod>(browserStorage(), COST_KEY, { safeParse: costOf }, "average"),
  choose: (cost) => {
    keep(browserStorage(), COST_KEY, cost);
    set({ cost });
  },
}));

function costOf(value: unknown): { success: true; data: CostMethod } | { success: false } {
  const known = COST_METHODS.find((one) => one === value);
  return known ? { success: true, data: known } : { success: false };
}
