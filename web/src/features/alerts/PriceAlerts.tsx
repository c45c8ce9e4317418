"use client";

import { useTranslations } from "next-intl";
import { ErrorState, Skeleton } from "@/components/States";
import { useListings } from "@/providers/market/markets";
import { useUrlState } from "@/providers/urlState";
import { AlertForm } from "./AlertForm";
import { AlertLists } from "./AlertLists";
import styles from "./Alerts.module.css";
import { usePriceAlerts } from "./usePriceAlerts";

/** Prices that the person wants to be told of: choosing one, those that wait, those that were reached. */
export function PriceAlerts() {
  const t = useTranslations("alerts");
  const [search] = useUrlState();
  const listings = useListings();
  const alerts = usePriceAlerts();
  const error = listings.error ?? (alerts.data ? null : alerts.error);
  if (error) {
    return (
      <ErrorState
        title={t("failed")}
        error={error}
        onRetry={() => void Promise.all([listings.refetch(), alerts.refetch()])}
      />
    );
  }
  if (!listings.data || !alerts.data) {
    return (
      <div className={styles.room} aria-busy>
        <Skeleton width={24} />
        <Skeleton width={16} line={40} />
      </div>
    );
  }
  const wanted = listings.data.byMarket.get(search.get("market") ?? "");
  const first = wanted ?? listings.data.all[0];
  return (
    <>
      <p className={styles.lead}>{t("lead")}</p>
      {first && <AlertForm key={first.market} listings={listings.data} first={first} />}
      <AlertLists alerts={alerts.data} listings={listings.data} />
    </>
  );
}
