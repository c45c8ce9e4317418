"use client";

import type { Order } from "@cse/client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { ErrorState } from "@/components/States";
import { known } from "@/providers/own/orderState";
import type { Past } from "@/providers/own/pages";
import { Older } from "./Older";
import { OrdersTable, type OrdersTableProps } from "./OrdersTable";
import styles from "./Own.module.css";
import { orderRow } from "./orderRows";

/** Closed orders, newest first, with how each ended. */
export function HistoryTable({
  past,
  ...shown
}: { past: Past<Order> } & Omit<OrdersTableProps, "rows" | "onDismiss" | "foot">) {
  const t = useTranslations("own");
  const rows = useMemo(
    () => past.items?.flatMap((order) => orderRow(known(order)) ?? []) ?? null,
    [past.items],
  );
  if (rows === null && past.error)
    return (
      <ErrorState
        className={styles[`${shown.look}Note`]}
        title={t("historyFailed")}
        error={past.error}
        onRetry={past.retry}
      />
    );
  return <OrdersTable rows={rows} foot={<Older past={past} />} {...shown} />;
}
