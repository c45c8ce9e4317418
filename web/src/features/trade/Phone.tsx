"use client";

import { useTranslations } from "next-intl";
import { Suspense, useEffect, useState } from "react";
import { Button } from "@/components/Button";
import { late } from "@/components/late";
import { Tabs } from "@/components/Tabs";
import { tabStorage } from "@/providers/kept/kept";
import { FeedDot } from "./bar/FeedDot";
import { DayFigures, MarketBar } from "./bar/MarketBar";
import { BookPanel } from "./book/BookPanel";
import { useOwnInBook } from "./book/ownLevels";
import { TradeChart } from "./chart/TradeChart";
import { useRoom } from "./MarketRoom";
import { OldPrices } from "./OldPrices";
import { OrdersPanel } from "./orders/OrdersPanel";
import styles from "./Phone.module.css";
import { PhaseBanner } from "./phase/PhaseBanner";
import { isAuction } from "./phase/phase";
import { usePhase } from "./phase/usePhase";
import { TapePanel } from "./tape/TapePanel";
import { takeReview } from "./ticket/draft";
import { TicketSheet } from "./ticket/TicketSheet";
import { usePageTitle } from "./usePageTitle";

const MarketInfo = late(() => import("./bar/MarketInfo").then((info) => ({ default: info.MarketInfo })));

type View = "chart" | "book" | "trades" | "info";

/** One view at a time, one's own orders below, and the two buttons always under the thumb. */
export function Phone() {
  const t = useTranslations("trade.phone");
  const { book, draft, listing } = useRoom();
  const auction = isAuction(usePhase());
  const [view, show] = useState<View>("chart");
  const [sheet, setSheet] = useState(false);
  useOwnInBook(book);
  usePageTitle();
  useEffect(() => {
    if (takeReview(tabStorage(), listing.market)) setSheet(true);
  }, [listing.market]);
  const open = (side: "buy" | "sell") => {
    draft.edit({ side });
    setSheet(true);
  };
  return (
    <div className={styles.page}>
      <div className={styles.bar}>
        <MarketBar phone />
      </div>
      <div className={styles.tabs}>
        <Tabs
          label={t("views")}
          size={13}
          tabs={(["chart", "book", "trades", "info"] as const).map((key) => ({ key, label: t(key) }))}
          value={view}
          onValue={(key) => show(key as View)}
        />
        <FeedDot />
      </div>
      <PhaseBanner phone />
      <OldPrices />
      {view === "chart" && (
        <>
          <div className={styles.chart}>
            <TradeChart phone />
          </div>
          {!auction && <DayFigures />}
        </>
      )}
      {view === "book" && (
        <div className={styles.book}>
          <BookPanel onPicked={() => setSheet(true)} />
        </div>
      )}
      {view === "trades" && (
        <div className={styles.book}>
          <TapePanel />
        </div>
      )}
      {view === "info" && (
        <Suspense>
          <MarketInfo />
        </Suspense>
      )}
      <OrdersPanel phone />
      <div className={styles.actions} data-actions="">
        <Button look="buy" size={48} onClick={() => open("buy")}>
          {t("buy")}
        </Button>
        <Button look="sell" size={48} onClick={() => open("sell")}>
          {t("sell")}
        </Button>
      </div>
      <TicketSheet
        open={sheet}
        onClose={() => setSheet(false)}
        title={t("ticket", { asset: listing.base })}
      />
    </div>
  );
}
