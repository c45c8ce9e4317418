import { pairOf } from "@cse/client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { useBarValues } from "../bar/barValues";
import { useRoom } from "../MarketRoom";

/** The market as it is at this moment, in one sentence for who does not see it. */
export function usePriceWords(): () => string {
  const t = useTranslations("keys");
  const { feed, listing, texts, age } = useRoom();
  const values = useBarValues();
  return useCallback(() => {
    const state = feed.getState();
    const [bid, ask] = [state.book?.bids[0]?.[0], state.book?.asks[0]?.[0]];
    const price = (ticks: bigint | undefined) => (ticks === undefined ? t("unknown") : texts.price(ticks));
    const sentence = t("priceWords", {
      market: pairOf(listing.market),
      last: values.last(state).text,
      change: values.change(state).text,
      bid: price(bid),
      ask: price(ask),
      spread: values.spread(state).text,
    });
    return age.getState().freshness === "stale" ? `${sentence} ${t("old")}` : sentence;
  }, [t, feed, listing, texts, age, values]);
}
