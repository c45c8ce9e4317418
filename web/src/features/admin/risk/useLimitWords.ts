"use client";

import { useTranslations } from "next-intl";
import { useFormat } from "@/providers/format";
import type { LimitName } from "./limitFields";

/** Says limits of a market, such as `LAB-USDC`, with what they are counted in. */
export function useLimitWords(market: string): (name: LimitName, value: string | number) => string {
  const t = useTranslations("admin.risk");
  const format = useFormat();
  const [base = "", quote = ""] = market.split("-");
  return (name, value) => {
    if (Number(value) === 0) return t("none");
    if (name === "flag_far_ppm") return format.percent(BigInt(value), false);
    if (name === "max_quantity") return `${format.decimal(String(value))} ${base}`;
    if (name.includes("notional")) return `${format.decimal(String(value))} ${quote}`;
    return format.count(BigInt(value));
  };
}
