"use client";

import { isOpenRow } from "@/features/own/orderRows";
import { useOpenRows } from "@/features/own/useOpenRows";
import { valuation } from "@/features/own/valuation";
import { useCostMethod } from "@/providers/kept/costMethod";
import { useListings } from "@/providers/market/markets";
import { useMovedTickers } from "@/providers/market/movedTickers";
import { tickerBoard, useTickers } from "@/providers/market/tickers";
import { ownFeed, useBalances } from "@/providers/own/own";
import { usePortfolio } from "@/providers/portfolio";
import { useSession } from "@/providers/session";
import { marketsOf, positionsOf } from "./positions";
import { SAMPLE } from "./sample";

const tickerOf = (market: string) => tickerBoard.get(market);

export type PortfolioPage = ReturnType<typeof usePortfolioPage>;

/** What a person has and what it is worth at the last prices; of a visitor, what a sample is. */
export function usePortfolioPage() {
  const session = useSession((state) => state.state);
  const visitor = session === "visitor";
  const listings = useListings();
  const tickers = useTickers();
  const balances = useBalances();
  const open = useOpenRows(null);
  const portfolio = usePortfolio(useCostMethod((state) => state.cost));
  useMovedTickers(marketsOf(portfolio.data, listings.data));
  const priced = tickers.isPending ? undefined : listings.data;
  const held = visitor ? SAMPLE : balances.data && [...balances.data.values()];
  return {
    session,
    visitor,
    open,
    openOrders: visitor ? 0 : (open.rows?.filter(isOpenRow).length ?? null),
    portfolio,
    /** Null while they are on their way. */
    value: held && priced ? valuation(held, priced, tickerOf) : null,
    positions: portfolio.data && priced ? positionsOf(portfolio.data, priced, tickerOf) : null,
    /** Why there is nothing to value. */
    failed: listings.error ?? (balances.standing === "error" && !visitor ? balances.error : null),
    retry: () => void Promise.all([listings.refetch(), ownFeed().refresh()]),
  };
}
