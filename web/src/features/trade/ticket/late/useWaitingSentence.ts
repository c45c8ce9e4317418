"use client";

import { type DraftList, type DraftOrder, firesAtOrBelow, isLimitType, trimUnits } from "@cse/client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { useFormat } from "@/providers/format";
import { useRoom } from "../../MarketRoom";

/** An order that waits, or several that are linked, as a sentence: "Sell 8,000 LUNA if the price falls to 0.04011". */
export function useWaitingSentence(): (order: DraftOrder, list: DraftList | null) => string {
  const t = useTranslations("ordering.send");
  const { listing, texts } = useRoom();
  const format = useFormat();
  return useCallback(
    (order, list) => {
      const asset = listing.base;
      const price = (ticks: bigint | undefined) => texts.price(ticks ?? 0n);
      const what =
        order.quantity === undefined
          ? t("whatFor", { asset, amount: `${texts.quote(order.quoteAmount ?? 0n)} ${listing.quote}` })
          : t("what", { size: texts.quantity(order.quantity), asset });
      const [, second, third] = list?.orders ?? [];
      if (list?.kind === "bracket") {
        return t("bracket", {
          what,
          limit: price(order.price),
          profit: price(second?.price),
          stop: price(third?.stopPrice),
        });
      }
      const side = order.side === "buy" ? "Buy" : "Sell";
      if (list?.kind === "oco") {
        return t(`oco${side}`, { what, limit: price(order.price), stop: price(second?.stopPrice) });
      }
      if (order.trailing) {
        const { trailing } = order;
        const by =
          "ticks" in trailing
            ? texts.price(trailing.ticks)
            : `${format.decimal(trimUnits(trailing.ppm, 4))} %`;
        return t(`trail${side}`, { what, by });
      }
      const way = firesAtOrBelow(order) ? "fall" : "rise";
      const stop = price(order.stopPrice);
      return isLimitType(order.type)
        ? t(`${way}${side}Limit`, { what, limit: price(order.price), stop })
        : t(`${way}${side}`, { what, stop });
    },
    [t, listing, texts, format],
  );
}
