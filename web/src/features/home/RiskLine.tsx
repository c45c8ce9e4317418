"use client";

import { useTranslations } from "next-intl";
import type { Listing } from "@/providers/market/markets";
import styles from "./FanTicket.module.css";

/** One plain line about risk, beside every first buy. */
export function RiskLine({ listing }: { listing: Listing | null }) {
  const t = useTranslations("home");
  const symbol = listing?.base ?? "—";
  return (
    <p className={styles.risk}>
      {listing?.creator
        ? t.rich("riskCreator", { symbol, name: () => <bdi>{listing.name}</bdi> })
        : t("risk", { symbol })}
    </p>
  );
}
