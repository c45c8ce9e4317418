"use client";

import { UNKNOWN } from "@cse/client";
import { useTranslations } from "next-intl";
import { useErrorWords } from "@/providers/errorWords";
import { useOwn } from "@/providers/own/own";
import { refusalError } from "@/providers/own/refusal";
import { useOwnFigures } from "./figures";
import type { OrderRow, OrderType } from "./orderRows";

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

/** A row's words and figures, in the decimals of its own market. */
export function useRowTexts(row: OrderRow): RowTexts {
  const t = useTranslations("own");
  const { price, quantity, money, time } = useOwnFigures();
  const state = useStateWords(row);
  const { market } = row;
  const bySpend = row.quantity === null && row.quoteAmount !== null;
  const priceText = ({ type, price: limit, stop }: OrderRow) => {
    if (stop === null) return type === "limit" ? price(market, limit) : t("atMarket");
    const words = { stop: price(market, stop), price: price(market, limit) };
    return t(limit === null ? "atStop" : "atStopLimit", words);
  };
  return {
    pair: market.replace("-", "/"),
    time: time(row.at),
    type: t(`type.${typeOf(row)}`),
    side: t(`side.${row.side}`),
    price: priceText(row),
    size: bySpend ? `${money(row.quoteAmount)} ${quoteOf(market)}` : quantity(market, row.quantity),
    filled: quantity(market, row.filled),
    average: row.average === null ? UNKNOWN : price(market, row.average),
    ...state,
  };
}

function quoteOf(market: string): string {
  return market.slice(market.indexOf("-") + 1);
}

function typeOf(row: OrderRow): OrderType | "postOnly" | "ioc" | "fok" {
  if (row.type !== "limit") return row.type;
  if (row.postOnly) return "postOnly";
  return row.timeInForce === "ioc" || row.timeInForce === "fok" ? row.timeInForce : "limit";
}

function useStateWords({ tracked }: OrderRow): { state: string; stateHint: string | null } {
  const t = useTranslations("own");
  const errors = useErrorWords();
  const { phase, cancel, order, refusal } = tracked;
  const fills = useOwn((state) =>
    order ? state.fills.filter((fill) => fill.order_id === order.id).length : 0,
  );
  if (cancel === "cancelling") return { state: t("states.cancelling"), stateHint: null };
  if (cancel === "filled_first") return { state: t("states.filledFirst"), stateHint: null };
  if (phase === "partly_filled" && fills > 0)
    return { state: t("fillCount", { count: fills }), stateHint: null };
  if (phase === "rejected") {
    const reason = refusal ? errors(refusalError(refusal)).happened : null;
    return { state: reason ?? t("states.rejected"), stateHint: reason };
  }
  if (phase === "open" && order && (order.trigger === "waiting" || order.trigger === "attached"))
    return { state: t(`states.${order.trigger}`), stateHint: t(`${order.trigger}Hint`) };
  const reason = order?.close_reason;
  if (phase === "cancelled" && reason === "linked")
    return { state: t("states.linked"), stateHint: t("linkedHint") };
  if (phase === "expired" && (reason === "killed" || reason === "self_trade"))
    return { state: t(`states.${reason}`), stateHint: null };
  return { state: t(`states.${phase}`), stateHint: phase === "checking" ? t("checkingHint") : null };
}
