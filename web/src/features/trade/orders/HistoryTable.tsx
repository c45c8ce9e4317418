"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { useStore } from "zustand";
import { Button } from "@/components/Button";
import { classes } from "@/components/classes";
import { Empty, ErrorState } from "@/components/States";
import { exchange } from "@/providers/exchange";
import { useAccount } from "../AccountRoom";
import styles from "./Orders.module.css";
import { RowsSkeleton } from "./OrdersPanel";
import { filledPart, orderRow } from "./rows";
import { isClosed, known, type TrackedOrder } from "./state";
import { useRowTexts } from "./useRowTexts";

const PAGE = 50;

/** Closed orders, newest first, with how each ended. */
export function HistoryTable({ market, phone }: { market: string | null; phone: boolean }) {
  const t = useTranslations("trade.orders");
  const { store } = useAccount();
  const queries = useQueryClient();
  const closedCount = useStore(store, (state) => [...state.orders.values()].filter(isClosed).length);
  const query = useInfiniteQuery({
    queryKey: ["own", "orders", "closed", market],
    queryFn: ({ pageParam, signal }) =>
      exchange().orders(
        { status: "closed", limit: PAGE, ...(market && { market }), ...(pageParam && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: an order that closes is the reason to ask again
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: ["own", "orders", "closed"] });
  }, [queries, closedCount]);
  if (query.isPending) return <RowsSkeleton />;
  if (query.isError)
    return <ErrorState title={t("historyFailed")} error={query.error} onRetry={() => void query.refetch()} />;
  const orders = query.data.pages.flatMap((page) => page.items);
  if (orders.length === 0)
    return (
      <Empty drawing="orders" title={t("historyEmpty")}>
        {t("historyEmptyText")}
      </Empty>
    );
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption className="quiet">{t("tabs.history")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("time")}</th>
            {market === null && <th scope="col">{t("market")}</th>}
            <th scope="col">{t("type")}</th>
            <th scope="col">{t("side")}</th>
            <th scope="col" className={styles.end}>
              {t("price")}
            </th>
            <th scope="col" className={styles.end}>
              {t("size")}
            </th>
            {!phone && (
              <th scope="col" className={styles.end}>
                {t("filled")}
              </th>
            )}
            {!phone && (
              <th scope="col" className={styles.end}>
                {t("average")}
              </th>
            )}
            <th scope="col" className={styles.stateHead}>
              {t("state")}
            </th>
          </tr>
        </thead>
        <tbody>
          {orders.map((order) => (
            <HistoryLine key={order.id} tracked={known(order)} all={market === null} phone={phone} />
          ))}
        </tbody>
      </table>
      {query.hasNextPage && (
        <p className={styles.more}>
          <Button
            size={28}
            look="link"
            busy={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t("older")}
          </Button>
        </p>
      )}
    </div>
  );
}

function HistoryLine({ tracked, all, phone }: { tracked: TrackedOrder; all: boolean; phone: boolean }) {
  const row = orderRow(tracked);
  return row && <Line row={row} all={all} phone={phone} />;
}

function Line({
  row,
  all,
  phone,
}: {
  row: NonNullable<ReturnType<typeof orderRow>>;
  all: boolean;
  phone: boolean;
}) {
  const texts = useRowTexts(row);
  return (
    <tr>
      <td className="figure">{texts.time}</td>
      {all && (
        <td>
          <bdi>{texts.pair}</bdi>
        </td>
      )}
      <td>{texts.type}</td>
      <td className={row.side === "buy" ? styles.up : styles.down}>{texts.side}</td>
      <td className={classes("figure", styles.end)}>{texts.price}</td>
      <td className={classes("figure", styles.end)}>{texts.size}</td>
      {!phone && (
        <td className={classes("figure", styles.end, filledPart(row) === 0 && styles.soft)}>
          {texts.filled}
        </td>
      )}
      {!phone && <td className={classes("figure", styles.end, styles.soft)}>{texts.average}</td>}
      <td className={styles.stateCell}>{texts.state}</td>
    </tr>
  );
}
