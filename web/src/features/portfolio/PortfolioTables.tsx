"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense } from "react";
import { Tabs } from "@/components/Tabs";
import { useUrlState } from "@/providers/urlState";
import { Balances } from "./Balances";
import { NothingYet } from "./NothingYet";
import { OpenOrders } from "./Orders";
import styles from "./Portfolio.module.css";
import { PositionsPanel } from "./PositionsPanel";
import { PositionsTable } from "./PositionsTable";
import { type Tab, tabOf, tabsOf } from "./tabs";
import type { PortfolioPage } from "./usePortfolioPage";

const PastPanel = lazy(() => import("./past/PastPanel"));

const StatementPanel = lazy(() => import("./statement/StatementPanel"));

/** The lists of what is held, ordered and past; the address says which is looked at. */
export function PortfolioTables({ page }: { page: PortfolioPage }) {
  const t = useTranslations("portfolio");
  const [search, change] = useUrlState();
  const { visitor, value, positions } = page;
  const tab = tabOf(search.get("tab"), visitor);
  const counts: Partial<Record<Tab, number | null>> = {
    positions: positions?.rows.filter((row) => !row.isMoney && row.amount > 0n).length ?? null,
    balances: value?.holdings.length ?? null,
    orders: page.openOrders,
  };
  return (
    <section className={styles.tables}>
      <div className={styles.tabs}>
        <Tabs
          label={t("views")}
          tone="text"
          size={14}
          value={tab}
          panel="portfolio"
          onValue={(key) => change({ tab: key === tabOf(null, visitor) ? null : key }, true)}
          tabs={tabsOf(visitor).map((key) => ({ key, label: t(`tabs.${key}`), count: counts[key] }))}
        />
      </div>
      <div role="tabpanel" id="portfolio" aria-labelledby={`portfolio-${tab}`}>
        <Suspense fallback={<div aria-busy />}>
          <List tab={tab} page={page} />
        </Suspense>
      </div>
    </section>
  );
}

function List({ tab, page }: { tab: Tab; page: PortfolioPage }) {
  const t = useTranslations("portfolio");
  const { visitor, value } = page;
  switch (tab) {
    case "positions":
      return <OwnPositions page={page} />;
    case "balances":
      return <Balances value={value} visitor={visitor} />;
    case "orders":
      return <OpenOrders open={page.open} visitor={visitor} />;
    case "statements":
      return <StatementPanel since={page.portfolio.data?.since ?? null} />;
    default:
      if (visitor) return <NothingYet title={t(`empty.${tab}`)} text={t(`empty.${tab}Text`)} />;
      return <PastPanel list={tab} />;
  }
}

/** Positions, with the room of them until it is known whose they are; who has nothing sees how to begin. */
function OwnPositions({ page: { session, visitor, value, positions, portfolio } }: { page: PortfolioPage }) {
  if (value?.holdings.length === 0 && !positions?.rows.length) {
    return <Balances value={value} visitor={visitor} />;
  }
  if (session !== "user") return <PositionsTable positions={null} method="average" />;
  return (
    <PositionsPanel
      view={portfolio.data}
      positions={positions}
      error={portfolio.error}
      retry={() => void portfolio.refetch()}
    />
  );
}
