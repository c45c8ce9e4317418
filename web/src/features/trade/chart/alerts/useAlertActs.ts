import { ApiError, type PriceAlertView, priceToTicks, ticksToPrice } from "@cse/client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { showToast } from "@/components/Toast";
import { useCodeWords } from "@/features/alerts/AlertForm";
import { usePriceAlertChanges } from "@/features/alerts/usePriceAlerts";
import { directionTo } from "@/features/alerts/wish";
import { useErrorWords } from "@/providers/errorWords";
import { ticksOrNull } from "../../feed/lastPrice";
import { useRoom } from "../../MarketRoom";

export interface AlertActs {
  /** One of both is on its way. */
  busy: boolean;
  /**
   * Has an alert wait for another price, in ticks, and gives its id, which is another then; what is refused is
   * told, and it stays where it is.
   */
  move: (alert: PriceAlertView, ticks: bigint) => Promise<string>;
  remove: (alert: PriceAlertView) => Promise<void>;
}

/** What is done to an alert at its line. */
export function useAlertActs(): AlertActs {
  const t = useTranslations("alerts");
  const { listing, feed, texts } = useRoom();
  const changes = usePriceAlertChanges();
  const errors = useErrorWords();
  const codes = useCodeWords();
  const [busy, setBusy] = useState(false);

  const refused = ({ id }: PriceAlertView, title: string, body: string) =>
    showToast({ key: `alert ${id}`, tone: "error", title, body });
  const act = async (alert: PriceAlertView, title: string, work: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      const own = error instanceof ApiError ? codes[error.code] : undefined;
      refused(alert, title, own ?? errors(error).happened);
    } finally {
      setBusy(false);
    }
  };

  return {
    busy,
    move: async (alert, ticks) => {
      let { id } = alert;
      if (ticks === priceToTicks(alert.price, listing)) return id;
      const direction = directionTo(ticks, ticksOrNull(feed.getState().ticker?.last_price, listing));
      if (direction === null) {
        refused(alert, t("notMoved"), t("there"));
        return id;
      }
      await act(alert, t("notMoved"), async () => {
        const moved = await changes.move(alert, { price: ticksToPrice(ticks, listing), direction });
        id = moved.id;
        showToast({
          key: `alert ${id}`,
          tone: "good",
          title: t("moved"),
          body: t(direction === "at_or_above" ? "above" : "below", { price: texts.wirePrice(moved.price) }),
        });
      });
      return id;
    },
    remove: (alert) => act(alert, t("notRemoved"), () => changes.remove(alert.id)),
  };
}
