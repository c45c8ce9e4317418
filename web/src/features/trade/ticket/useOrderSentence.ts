"use client";

import type { DraftOrder } from "@cse/client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { useRoom } from "../MarketRoom";

/** An order as a sentence with its exact amount and price: "Buy 120.5 LUNA at 0.04203"; in an auction "up to". */
export function useOrderSentence(): (order: DraftOrder, complete: boolean) => string {
  const t = useTranslations("trade.submit");
  const { listing, texts } = useRoom();
  const auction = listing.status === "auction";
  return useCallback(
    (order, complete) => {
      const buy = order.side === "buy";
      const asset = listing.base;
      if (!complete) return t(buy ? "buyAsset" : "sellAsset", { asset });
      if (order.type === "limit") {
        const words = {
          size: texts.quantity(order.quantity ?? 0n),
          asset,
          price: texts.price(order.price ?? 0n),
        };
        if (auction) return t(buy ? "bid" : "offer", words);
        return t(buy ? "buyLimit" : "sellLimit", words);
      }
      if (order.quantity !== undefined) {
        return t(buy ? "buyMarket" : "sellMarket", { size: texts.quantity(order.quantity), asset });
      }
      const amount = `${texts.quote(order.quoteAmount ?? 0n)} ${listing.quote}`;
      return t(buy ? "buyFor" : "sellFor", { asset, amount });
    },
    [t, listing, texts, auction],
  );
}
