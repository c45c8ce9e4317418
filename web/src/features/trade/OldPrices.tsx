"use client";

import { useTranslations } from "next-intl";
import { useStore } from "zustand";
import { StaleBanner } from "@/components/States";
import { useRoom } from "./MarketRoom";
import styles from "./Trade.module.css";

/** Amber over the panels when nothing was heard for ten seconds or the connection is lost. */
export function OldPrices() {
  const t = useTranslations("trade.feed");
  const { age } = useRoom();
  const { freshness, seconds } = useStore(age);
  if (freshness !== "stale") return null;
  return (
    <StaleBanner
      className={styles.banner}
      age={seconds === null ? null : t("seconds", { seconds })}
      aside={t("marketOff")}
    >
      {t("old")}
    </StaleBanner>
  );
}
