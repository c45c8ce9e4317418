"use client";

import { useTranslations } from "next-intl";
import { useStore } from "zustand";
import { StateDot } from "@/components/Chip";
import { useRoom } from "../MarketRoom";

/** Live, quiet for some seconds, or old: in one word beside the market. */
export function FeedDot() {
  const t = useTranslations("trade.feed");
  const { age } = useRoom();
  const { freshness, seconds } = useStore(age);
  if (freshness === "stale") return <StateDot tone="warn">{t("stale", { seconds: seconds ?? 0 })}</StateDot>;
  if (freshness === "quiet") return <StateDot tone="good">{t("quiet", { seconds: seconds ?? 0 })}</StateDot>;
  return <StateDot tone="good">{t("live")}</StateDot>;
}
