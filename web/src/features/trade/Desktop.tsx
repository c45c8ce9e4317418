"use client";

import { useRef } from "react";
import { late } from "@/components/late";
import { AtRest } from "./AtRest";
import { MarketBar } from "./bar/MarketBar";
import { BookPanel } from "./book/BookPanel";
import { useOwnInBook } from "./book/ownLevels";
import { TradeChart } from "./chart/TradeChart";
import { useRoom } from "./MarketRoom";
import { OldPrices } from "./OldPrices";
import { OrdersPanel } from "./orders/OrdersPanel";
import { PhaseBanner } from "./phase/PhaseBanner";
import styles from "./Trade.module.css";
import { TapePanel } from "./tape/TapePanel";
import { TicketPanel } from "./ticket/TicketPanel";
import { usePageTitle } from "./usePageTitle";

const DeskLayout = late(() => import("./layout/DeskLayout"));

/** Everything at once: chart, book, ticket, orders and tape without a scroll of the page. */
export function Desktop() {
  const { book } = useRoom();
  const room = useRef<HTMLSpanElement>(null);
  useOwnInBook(book);
  usePageTitle();
  return (
    <div className={styles.page}>
      <div className={styles.bar}>
        <MarketBar phone={false} aside={<span ref={room} className={styles.layout} />} />
      </div>
      <div className={styles.notice}>
        <PhaseBanner />
      </div>
      <div className={styles.chart}>
        <TradeChart phone={false} />
      </div>
      <OldPrices />
      <div className={styles.book}>
        <BookPanel />
      </div>
      <div className={styles.ticket} data-ticket="">
        <TicketPanel />
      </div>
      <div className={styles.orders}>
        <OrdersPanel phone={false} />
      </div>
      <div className={styles.tape}>
        <TapePanel />
      </div>
      <AtRest>
        <DeskLayout room={room} />
      </AtRest>
    </div>
  );
}
