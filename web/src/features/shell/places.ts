"use client";

import { usePathname } from "next/navigation";
import { withoutLocale } from "@/i18n/locales";
import { usePreferences } from "@/providers/kept/preferences";
import { useListings } from "@/providers/market/markets";

/** The room a path is in, as the navigation names it. */
export type Place = "home" | "markets" | "trade" | "portfolio" | "account" | "other";

const ROOMS: Record<string, Place> = {
  "": "home",
  markets: "markets",
  trade: "trade",
  portfolio: "portfolio",
  transfers: "portfolio",
  settings: "account",
  notifications: "account",
  "close-account": "account",
  organisations: "account",
  verification: "account",
  "sign-in": "account",
  "sign-up": "account",
};

export function placeOf(pathname: string): Place {
  return ROOMS[withoutLocale(pathname).split("/")[1] ?? ""] ?? "other";
}

export function usePlace(): Place {
  return placeOf(usePathname());
}

/** Where "Trade" leads: the market looked at last, else the first one, else the list of markets. */
export function useTradeHref(): string {
  const last = usePreferences((state) => state.lastMarket);
  const { data } = useListings();
  const known = last !== null && (data === undefined || data.byMarket.has(last)) ? last : null;
  const market = known ?? data?.all.find((listing) => listing.creator)?.market ?? data?.all[0]?.market;
  return market ? `/trade/${market}` : "/markets";
}
