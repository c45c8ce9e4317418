"use client";

import { useTranslations } from "next-intl";
import { Badge } from "@/components/Chip";
import { ErrorState, StaleBanner } from "@/components/States";
import { OldOwn } from "@/features/own/OldOwn";
import { useStaleSeconds } from "@/providers/stale";
import { Allocation } from "./Allocation";
import { OwnTotals } from "./OwnTotals";
import styles from "./Portfolio.module.css";
import { PortfolioTables } from "./PortfolioTables";
import { Totals } from "./Totals";
import { type PortfolioPage, usePortfolioPage } from "./usePortfolioPage";
import { VisitorNote } from "./VisitorNote";

/** What a person has, what of it works in orders, and what was traded; for a visitor a labelled sample. */
export function Portfolio() {
  const t = useTranslations("portfolio");
  const page = usePortfolioPage();
  const staleSeconds = useStaleSeconds();
  const { session, visitor, value, failed } = page;
  if (failed && !value) {
    return (
      <div className={styles.failed}>
        <h1 className="quiet">{t("title")}</h1>
        <ErrorState title={t("failed")} error={failed} money={t("failedMoney")} onRetry={page.retry} />
      </div>
    );
  }
  return (
    <div aria-busy={value === null}>
      {session !== "user" && <VisitorNote />}
      {staleSeconds !== null && (
        <StaleBanner className={styles.stale} age={t("seconds", { seconds: staleSeconds })}>
          {t("stale")}
        </StaleBanner>
      )}
      {!visitor && <OldOwn className={styles.stale} />}
      <div className={styles.top}>
        <Worth page={page} />
        <Allocation value={value} visitor={visitor} openOrders={page.openOrders} />
      </div>
      <PortfolioTables page={page} />
    </div>
  );
}

/** What all of it is worth: of a person with what it gained, of the sample with what a day did to it. */
function Worth({ page: { session, visitor, value, positions } }: { page: PortfolioPage }) {
  const t = useTranslations("portfolio");
  const badge = visitor ? (
    <Badge tone="info">{t("sample")}</Badge>
  ) : (
    <Badge tone="outline">{t("demo")}</Badge>
  );
  if (session === "user") return <OwnTotals value={value} positions={positions} badge={badge} />;
  return <Totals value={value} badge={badge} />;
}
