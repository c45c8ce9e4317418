"use client";

import { firesAtOrBelow, type OrderType, pairOf, UNKNOWN } from "@cse/client";
import { useTranslations } from "next-intl";
import { useErrorWords } from "@/providers/errorWords";
import { useOwn } from "@/providers/own/own";
import { refusalError } from "@/providers/own/refusal";
import { useOwnFigures } from "./figures";
import type { OrderRow } from "./orderRows";

interface RowTexts {
  pair: string;
  time: string;
  type: string;
  side: string;
  price: string;
  size: string;
  filled: string;
  average: string;
  /** What an order that waits does when, in the place of what is filled; null of any other. */
  waits: string | null;
  /** "at" before its price, or "at or below" where a trade there fires it. */
  at: string;
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
  const size = bySpend ? `${money(row.quoteAmount)} ${quoteOf(market)}` : quantity(market, row.quantity);
  const shown = row.waits === "for_trade" ? row.stop : (row.price ?? row.stop);
  return {
    pair: pairOf(market),
    time: time(row.at),
    type: t(`type.${typeOf(row)}`),
    side: t(`side.${row.side}`),
    price: shown === null ? t("atMarket") : price(market, shown),
    size: row.waits === "for_entry" && row.quantity === null ? t("asBought") : size,
    filled: quantity(market, row.filled),
    average: row.average === null ? UNKNOWN : price(market, row.average),
    waits: useWaitsWords(row),
    at:
      row.waits === null || row.stop === null ? t("at") : t(firesAtOrBelow(row) ? "atOrBelow" : "atOrAbove"),
    ...state,
  };
}

function useWaitsWords(row: OrderRow): string | null {
  const t = useTranslations("own.waits");
  const { price } = useOwnFigures();
  if (row.waits === null) return null;
  if (row.trailing) {
    const { percent, delta } = row.trailing;
    return t("behind", { by: percent === null ? price(row.market, delta) : `${percent} %` });
  }
  if (row.stop !== null && row.price !== null) return t("then", { price: price(row.market, row.price) });
  if (row.waits === "for_entry") return t("entry");
  return t(firesAtOrBelow(row) ? "below" : "above");
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
