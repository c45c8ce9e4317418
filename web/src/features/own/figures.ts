"use client";

import { useMemo } from "react";
import { useFormat } from "@/providers/format";
import { useListings, valuedIn } from "@/providers/market/markets";

/** How the figures of one's own data are written, wherever they stand. Texts are decimal strings of the wire. */
export interface OwnFigures {
  /** In the tick's decimals of its market, or all that it has. */
  price(market: string, text: string | null): string;
  /** In the lot's decimals of its market. */
  quantity(market: string, text: string | null): string;
  /** A value or a fee: two decimals or all that it has. */
  money(text: string | null): string;
  /** Units of an asset, with the decimals of its lots or, where there is more, all of them. */
  held(asset: string, units: bigint): string;
  /** Day and time. */
  time(at: string): string;
}

const MONEY_DECIMALS = 2;

export function useOwnFigures(): OwnFigures {
  const format = useFormat();
  const { data } = useListings();
  return useMemo(
    () => ({
      price: (market, text) => format.decimal(text, data?.byMarket.get(market)?.tickDecimals),
      quantity: (market, text) => format.decimal(text, data?.byMarket.get(market)?.lotDecimals),
      money: (text) => format.decimal(text, MONEY_DECIMALS),
      held: (asset, units) => {
        const lots = data?.byMarket.get(valuedIn(asset))?.lotDecimals;
        return format.amount(units, data?.assets.get(asset)?.decimals ?? 0, lots ?? MONEY_DECIMALS);
      },
      time: (at) => format.dateTime(at),
    }),
    [format, data],
  );
}
