import { type PriceAlertView, priceToTicks } from "@cse/client";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { showToast } from "@/components/Toast";
import { PRICE_ALERTS } from "@/features/alerts/usePriceAlerts";
import { useFormat } from "@/providers/format";
import { useListings } from "@/providers/market/markets";
import { useRoom } from "../../MarketRoom";
import { isThere, newlyReached, waitingIn } from "./reached";

/** The exchange looks at its alerts behind its trades; so long it is given. */
const BEHIND_MS = 1_500;

/** Tells once of each alert that is reached while the page is open, whichever its market. */
export function useReached(alerts: readonly PriceAlertView[] | undefined): void {
  const t = useTranslations("alerts");
  const format = useFormat();
  const { data: listings } = useListings();
  const before = useRef<readonly PriceAlertView[]>(undefined);
  useEffect(() => {
    for (const one of newlyReached(before.current, alerts)) {
      const listing = listings?.byMarket.get(one.market);
      showToast({
        key: `alert ${one.id}`,
        tone: "info",
        title: t("reached", {
          market: one.market.replace("-", "/"),
          price: listing ? format.price(one.price, listing) : format.decimal(one.price),
        }),
        lifeMs: 0,
      });
    }
    if (alerts) before.current = alerts;
  }, [alerts, listings, format, t]);
  useLookAtOnce(alerts);
}

/** Looks at the alerts as soon as this market trades at the price of one, and not with the next turn alone. */
function useLookAtOnce(alerts: readonly PriceAlertView[] | undefined): void {
  const queries = useQueryClient();
  const { feed, listing } = useRoom();
  useEffect(() => {
    const waiting = new Set(waitingIn(alerts, listing.market));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = feed.subscribe(({ ticker }, before) => {
      if (waiting.size === 0 || ticker === before.ticker || !ticker?.last_price) return;
      const last = priceToTicks(ticker.last_price, listing);
      for (const one of waiting) {
        if (!isThere(one, last, listing)) continue;
        waiting.delete(one);
        timer ??= setTimeout(() => void queries.invalidateQueries({ queryKey: PRICE_ALERTS }), BEHIND_MS);
      }
    });
    return () => {
      end();
      clearTimeout(timer);
    };
  }, [alerts, feed, listing, queries]);
}
