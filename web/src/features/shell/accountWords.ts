"use client";

import type { AccountView, HeldAccount } from "@cse/client";
import { useTranslations } from "next-intl";
import { valuation } from "@/features/own/valuation";
import { useListings } from "@/providers/market/markets";
import { tickerBoard, useTickers } from "@/providers/market/tickers";

/** What an account is called: its name, or that it is the main one. */
export function useAccountName(): (account: AccountView) => string {
  const t = useTranslations("common.accounts");
  return (account) => account.name ?? t("main");
}

/** What an account is worth at the last prices, in units of the value asset; null while that is not known. */
export function useTotalOf(): (held: HeldAccount) => { units: bigint; decimals: number } | null {
  const listings = useListings();
  const tickers = useTickers();
  return ({ balances }) => {
    if (!listings.data || tickers.isPending) return null;
    const { total, decimals } = valuation(balances, listings.data, (market) => tickerBoard.get(market));
    return total === null ? null : { units: total, decimals };
  };
}
