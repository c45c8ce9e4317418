"use client";

import { UNKNOWN } from "@cse/client";
import { useTranslations } from "next-intl";
import { useErrorWords } from "@/providers/errorWords";
import { useFormat } from "@/providers/format";
import { useListings } from "@/providers/markets";
import { useOwn } from "@/providers/own/own";
import { refusalError } from "@/providers/own/refusal";
import { useRoom } from "../MarketRoom";
import { marketTexts } from "../marketTexts";
import type { OrderRow } from "./rows";

export interface RowTexts {
  pair: string;
  time: string;
  type: string;
  side: string;
  price: string;
  size: string;
  filled: string;
  average: string;
  state: string;
  /** Why, where there is more to say than the state. */
  stateHint: string | null;
}

const DAY_MS = 86_400_000;

/** A row's words and figures, in the decimals of its own market. */
export function useRowTexts(row: OrderRow): RowTexts {
  const t = useTranslations("trade.orders");
  const format = useFormat();
  const room = useRoom();
  const { data } = useListings();
  const listing =
    data?.byMarket.get(row.market) ?? (row.market === room.listing.market ? room.listing : null);
  const texts =
    row.market === room.listing.market ? room.texts : listing && marketTexts(listing, format.numberLocale);
  const state = useStateWords(row);
  const price = (text: string | null) => (text === null || !texts ? UNKNOWN : texts.wirePrice(text));
  const quantity = (text: string | null) => (text === null || !texts ? UNKNOWN : texts.wireQuantity(text));
  const sized = row.quantity !== null || row.quoteAmount === null;
  return {
    pair: row.market.replace("-", "/"),
    time: Date.now() - Date.parse(row.at) < DAY_MS ? format.time(row.at) : format.date(row.at),
    type: typeWords(t, row),
    side: t(row.side),
    price: row.type === "market" ? t("atMarket") : price(row.price),
    size: sized ? quantity(row.quantity) : `${format.decimal(row.quoteAmount)} ${listing?.quote ?? ""}`,
    filled: quantity(row.filled),
    average: row.average === null ? UNKNOWN : format.decimal(row.average),
    ...state,
  };
}

function typeWords(t: ReturnType<typeof useTranslations<"trade.orders">>, row: OrderRow): string {
  if (row.type === "market") return t("typeMarket");
  if (row.postOnly) return t("typePostOnly");
  if (row.timeInForce === "ioc") return t("typeIoc");
  return row.timeInForce === "fok" ? t("typeFok") : t("typeLimit");
}

function useStateWords(row: OrderRow): { state: string; stateHint: string | null } {
  const t = useTranslations("trade.orders");
  const errors = useErrorWords();
  const { tracked } = row;
  const fills = useOwn((state) =>
    tracked.order ? state.fills.filter((fill) => fill.order_id === tracked.order?.id).length : 0,
  );
  if (tracked.cancel === "cancelling") return { state: t("states.cancelling"), stateHint: null };
  if (tracked.cancel === "filled_first") return { state: t("states.filledFirst"), stateHint: null };
  if (tracked.phase === "partly_filled" && fills > 0)
    return { state: t("fillCount", { count: fills }), stateHint: null };
  if (tracked.phase === "rejected") {
    const reason = tracked.refusal ? errors(refusalError(tracked.refusal)).happened : null;
    return { state: reason ?? t("states.rejected"), stateHint: reason };
  }
  const hint = tracked.phase === "checking" ? t("checkingHint") : null;
  return { state: t(`states.${tracked.phase}`), stateHint: hint };
}
