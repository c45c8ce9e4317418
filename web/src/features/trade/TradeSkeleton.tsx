"use client";

import { useTranslations } from "next-intl";
import styles from "./Trade.module.css";

/** The page's panels without anything in them, each of its final size. */
export function TradeSkeleton() {
  const t = useTranslations("trade");
  return (
    <div className={styles.page} aria-busy="true">
      <h1 className="quiet">{t("title")}</h1>
      <div className={styles.bar} />
      <div className={styles.chart} />
      <div className={styles.book} />
      <div className={styles.ticket} />
      <div className={styles.orders} />
      <div className={styles.tape} />
    </div>
  );
}
