"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense } from "react";
import { Badge } from "@/components/Chip";
import { ErrorState, StaleBanner } from "@/components/States";
import { Tabs } from "@/components/Tabs";
import { OldOwn } from "@/features/own/OldOwn";
import { isOpenRow } from "@/features/own/orderRows";
import { useOpenRows } from "@/features/own/useOpenRows";
import { valuation } from "@/features/own/valuation";
import { useCostMethod } from "@/providers/costMethod";
import { useListings } from "@/providers/markets";
import { useMovedTickers } from "@/providers/movedTickers";
import { ownFeed, useBalances } from "@/providers/own/own";
import { usePortfolio } from "@/providers/portfolio";
import { useSession } from "@/providers/session";
import { useStaleSeconds } from "@/providers/stale";
import { tickerBoard, useTickers } from "@/providers/tickers";
import { useUrlState } from "@/providers/urlState";
import { Allocation } from "./Allocation";
import { Balances } from "./Balances";
import { NothingYet } from "./NothingYet";
import { OpenOrders } from "./Orders";
import { OwnTotals } from "./OwnTotals";
import styles from "./Portfolio.module.css";
import { PositionsPanel } from "./PositionsPanel";
import { PositionsTable } from "./PositionsTable";
import { marketsOf, positionsOf } from "./positions";
import { SAMPLE } from "./sample";
import { Totals } from "./Totals";
import { VisitorNote } from "./VisitorNote";

const PastPanel = lazy(() => import("./past/PastPanel"));

const StatementPanel = lazy(() => import("./statement/StatementPanel"));

const TABS = ["positions", "balances", "orders", "history", "fills", "ledger", "statements"] as const;
type Tab = (typeof TABS)[number];

/** What a person has, what of it works in orders, and what was traded; for a visitor a labelled sample. */
export function Portfolio() {
  const t = useTranslations("portfolio");
  const session = useSession((state) => state.state);
  const listings = useListings();
  const tickers = useTickers();
  const balances = useBalances();
  const open = useOpenRows(null);
  const [search, change] = useUrlState();
  const staleSeconds = useStaleSeconds();
  const visitor = session === "visitor";
  const named = search.get("tab");
  const first: Tab = visitor ? "balances" : "positions";
  const tab: Tab =
    TABS.find(
      (known) => known === named && (!visitor || (known !== "positions" && known !== "statements")),
    ) ?? first;
  const held = visitor ? SAMPLE : balances.data && [...balances.data.values()];
  const value =
    held && listings.data && !tickers.isPending
      ? valuation(held, listings.data, (market) => tickerBoard.get(market))
      : null;
  const method = useCostMethod((state) => state.cost);
  const portfolio = usePortfolio(method);
  useMovedTickers(marketsOf(portfolio.data, listings.data));
  const positions =
    portfolio.data && listings.data && !tickers.isPending
      ? positionsOf(portfolio.data, listings.data, (market) => tickerBoard.get(market))
      : null;
  const failed = listings.error ?? (balances.standing === "error" && !visitor ? balances.error : null);
  const count = positions?.rows.filter((row) => !row.isMoney && row.amount > 0n).length ?? null;
  const openOrders = visitor ? 0 : (open.rows?.filter(isOpenRow).length ?? null);

  if (failed && !value) {
    return (
      <div className={styles.failed}>
        <h1 className="quiet">{t("title")}</h1>
        <ErrorState
          title={t("failed")}
          error={failed}
          money={t("failedMoney")}
          onRetry={() => void Promise.all([listings.refetch(), ownFeed().refresh()])}
        />
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
        {session === "user" ? (
          <OwnTotals value={value} positions={positions} badge={<Badge tone="outline">{t("demo")}</Badge>} />
        ) : (
          <Totals
            value={value}
            badge={
              visitor ? <Badge tone="info">{t("sample")}</Badge> : <Badge tone="outline">{t("demo")}</Badge>
            }
          />
        )}
        <Allocation value={value} visitor={visitor} openOrders={openOrders} />
      </div>
      <section className={styles.tables}>
        <div className={styles.tabs}>
          <Tabs
            label={t("views")}
            tone="text"
            size={14}
            value={tab}
            panel="portfolio"
            onValue={(key) => change({ tab: key === first ? null : key }, true)}
            tabs={[
              ...(visitor
                ? []
                : [
                    {
                      key: "positions" as const,
                      label: t("tabs.positions"),
                      count,
                    },
                  ]),
              {
                key: "balances",
                label: t("tabs.balances"),
                count: value?.holdings.length ?? null,
              },
              { key: "orders", label: t("tabs.orders"), count: openOrders },
              { key: "history", label: t("tabs.history") },
              { key: "fills", label: t("tabs.fills") },
              { key: "ledger", label: t("tabs.ledger") },
              ...(visitor ? [] : [{ key: "statements" as const, label: t("tabs.statements") }]),
            ]}
          />
        </div>
        <div role="tabpanel" id="portfolio" aria-labelledby={`portfolio-${tab}`}>
          {tab === "positions" &&
            (value?.holdings.length === 0 && !positions?.rows.length ? (
              <Balances value={value} visitor={visitor} />
            ) : session === "user" ? (
              <PositionsPanel
                view={portfolio.data}
                positions={positions}
                error={portfolio.error}
                retry={() => void portfolio.refetch()}
              />
            ) : (
              <PositionsTable positions={null} method="average" />
            ))}
          {tab === "balances" && <Balances value={value} visitor={visitor} />}
          {tab === "orders" && <OpenOrders open={open} visitor={visitor} />}
          {tab === "statements" && (
            <Suspense fallback={<div aria-busy />}>
              <StatementPanel since={portfolio.data?.since ?? null} />
            </Suspense>
          )}
          {(tab === "history" || tab === "fills" || tab === "ledger") &&
            (visitor ? (
              <NothingYet title={t(`empty.${tab}`)} text={t(`empty.${tab}Text`)} />
            ) : (
              <Suspense fallback={<div aria-busy />}>
                <PastPanel list={tab} />
              </Suspense>
            ))}
        </div>
      </section>
    </div>
  );
}
