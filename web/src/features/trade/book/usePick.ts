"use client";

import { formatInput } from "@cse/client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { useFormat } from "@/providers/format";
import { useRoom } from "../MarketRoom";
import type { BookRow, BookSide, BookUnit } from "./rows";

/** What a click on a row does: its price goes into the ticket, with Shift the size up to it as well. */
export function usePick(onPicked?: () => void): (row: BookRow, side: BookSide, withSize: boolean) => void {
  const { listing, draft } = useRoom();
  const { numberLocale } = useFormat();
  return useCallback(
    (row, _, withSize) => {
      const write = (units: bigint, decimals: number) => formatInput(units, decimals, numberLocale);
      draft.edit({
        type: "limit",
        price: write(row.price * listing.tickSize, listing.tickDecimals),
        ...(withSize && { size: write(row.cumulative * listing.lotSize, listing.lotDecimals) }),
      });
      onPicked?.();
    },
    [draft, listing, numberLocale, onPicked],
  );
}

/** A row in words, for who does not see it. */
export function useRowWords(unit: BookUnit = "base"): (row: BookRow) => string {
  const t = useTranslations("trade.book");
  const { texts } = useRoom();
  const amount = unit === "base" ? texts.quantity : texts.worth;
  return useCallback(
    (row) => {
      const parts = {
        price: texts.price(row.price),
        size: amount(row.size),
        total: amount(row.total),
      };
      return row.own > 0n ? t("rowWordsOwn", { ...parts, own: amount(row.ownSize) }) : t("rowWords", parts);
    },
    [t, texts, amount],
  );
}
