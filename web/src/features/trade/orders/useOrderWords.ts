"use client";

import type { Market } from "@cse/client";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useRef } from "react";
import { showToast, type Toast } from "@/components/Toast";
import { useErrorWords } from "@/providers/errorWords";
import { useFormat } from "@/providers/format";
import { useListings } from "@/providers/market/markets";
import { isTraded, type TrackedOrder } from "@/providers/own/orderState";
import { refusalError } from "@/providers/own/refusal";
import { type MarketTexts, marketTexts } from "../marketTexts";

type OnWord = (tracked: TrackedOrder, before: TrackedOrder | undefined) => void;

/** Says what happened to an order in its one toast; each word replaces the one before. */
export function useOrderWords(): OnWord {
  const t = useTranslations("trade.toasts");
  const errors = useErrorWords();
  const { data } = useListings();
  const { numberLocale } = useFormat();
  const parts = { t, errors, listings: data, numberLocale };
  const latest = useRef(parts);
  useEffect(() => {
    latest.current = parts;
  });
  // The order desk is made once; the words it uses may change under it.
  return useCallback<OnWord>((tracked, before) => {
    const { listings, numberLocale: locale, ...words } = latest.current;
    const market = listings?.byMarket.get(tracked.order?.market ?? tracked.intent?.market ?? "");
    if (!market || (!before && !tracked.intent)) return;
    const toast = toastOf(tracked, before, { ...words, market, texts: marketTexts(market, locale) });
    if (toast) showToast({ ...toast, key: `order.${tracked.key}` });
  }, []);
}

interface Words {
  t: ReturnType<typeof useTranslations<"trade.toasts">>;
  errors: ReturnType<typeof useErrorWords>;
  market: Market;
  texts: MarketTexts;
}

type Said = Omit<Toast, "key">;

function toastOf(tracked: TrackedOrder, before: TrackedOrder | undefined, words: Words): Said | null {
  const { t, errors } = words;
  switch (tracked.phase) {
    case "checking":
      return { tone: "pending", title: t("checking"), body: t("checkingText") };
    case "rejected": {
      const said = tracked.refusal ? errors(refusalError(tracked.refusal)) : null;
      return { tone: "error", title: t("rejected"), body: said?.happened };
    }
    case "not_placed":
      return { tone: "info", title: t("notPlaced"), body: t("notPlacedText") };
    case "cancelled": {
      const traded = tracked.order !== null && isTraded(tracked.order);
      return before?.cancel === "cancelling" && !traded ? null : cancelled(tracked, words);
    }
    default:
      return tracked.order ? progress(tracked, before, words) : null;
  }
}

function progress(
  { order, phase, cancel }: TrackedOrder,
  before: TrackedOrder | undefined,
  { t, market, texts }: Words,
): Said | null {
  if (!order) return null;
  // What waits has nothing to tell between its being placed and its firing.
  if (order.trigger === "waiting" && !before?.order)
    return { tone: "good", title: t("waiting"), lifeMs: 4_000 };
  if (order.trigger !== null) return null;
  const buy = order.side === "buy";
  const asset = market.base;
  const filled = texts.wireQuantity(order.filled_quantity);
  const average = order.average_price ?? "";
  const price = order.price ? texts.wirePrice(order.price) : "";
  if (phase === "filled") {
    const body = cancel === "filled_first" ? t("filledFirst") : t("average", { price: average });
    return { tone: "good", title: t(buy ? "bought" : "sold", { size: filled, asset }), body };
  }
  if (phase === "expired") {
    if (!isTraded(order))
      return { tone: "info", title: t("nothingFilled"), body: t(`reasons.${reasonOf(order.close_reason)}`) };
    return { tone: "info", title: t(buy ? "bought" : "sold", { size: filled, asset }), body: t("restLetGo") };
  }
  const size = order.quantity ? texts.wireQuantity(order.quantity) : "";
  if (phase === "partly_filled") {
    return {
      tone: "progress",
      title: t(buy ? "buyingPartly" : "sellingPartly", { asset }),
      body: t("partly", { filled, size, price: average }),
      progress:
        Number(order.filled_quantity) /
        Math.max(Number(order.quantity ?? order.filled_quantity), Number.MIN_VALUE),
    };
  }
  return {
    tone: "good",
    title: t(buy ? "buyOpen" : "sellOpen"),
    body: t("openText", { size, asset, price }),
    lifeMs: 4_000,
  };
}

function cancelled({ order }: TrackedOrder, { t, texts, market }: Words): Said {
  if (order?.close_reason === "linked") return { tone: "info", title: t("linked"), body: t("linkedText") };
  if (!order || !isTraded(order)) return { tone: "info", title: t("cancelled") };
  const filled = texts.wireQuantity(order.filled_quantity);
  return { tone: "info", title: t("cancelled"), body: t("cancelledPartly", { filled, asset: market.base }) };
}

const REASONS = ["expired", "killed", "self_trade"] as const;

function reasonOf(reason: string | null): (typeof REASONS)[number] {
  return REASONS.find((known) => known === reason) ?? "expired";
}
