"use client";

import { useTranslations } from "next-intl";
import { Empty, ErrorState } from "@/components/States";
import { PositionsTable } from "@/features/portfolio/PositionsTable";
import { marketsOf, positionsOf } from "@/features/portfolio/positions";
import { useLateWords } from "@/i18n/useLateWords";
import { Words } from "@/i18n/Words";
import { useCostMethod } from "@/providers/kept/costMethod";
import { useListings } from "@/providers/market/markets";
import { useMovedTickers } from "@/providers/market/movedTickers";
import { tickerBoard, useTickers } from "@/providers/market/tickers";
import { usePortfolio } from "@/providers/portfolio";
import styles from "./Orders.module.css";

/** What each token that is held cost and gained, by the person's own way of counting, and the sum. */
export function Positions() {
  const words = useLateWords("positions");
  if (!words) return null;
  return (
    <Words messages={words}>
      <Table />
    </Words>
  );
}

function Table() {
  const t = useTranslations("positions");
  const { data: listings } = useListings();
  const tickers = useTickers();
  const method = useCostMethod((state) => state.cost);
  const { data, error, refetch } = usePortfolio(method);
  useMovedTickers(marketsOf(data, listings));
  if (error && !data) {
    return (
      <ErrorState
        title={t("failed")}
        error={error}
        money={t("money")}
        className={styles.note}
        onRetry={() => void refetch()}
      />
    );
  }
  const positions =
    data && listings && !tickers.isPending
      ? positionsOf(data, listings, (market) => tickerBoard.get(market))
      : null;
  if (positions?.rows.length === 0) {
    return <Empty drawing="balances" title={t("none")} className={styles.note} />;
  }
  return <PositionsTable positions={positions} method={method} look="panel" />;
}
