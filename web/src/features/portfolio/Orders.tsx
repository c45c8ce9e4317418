"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/Button";
import { ErrorState } from "@/components/States";
import { useTablet } from "@/components/usePhone";
import { CancelDialog } from "@/features/own/CancelDialog";
import { OrdersTable } from "@/features/own/OrdersTable";
import { isOpenRow } from "@/features/own/orderRows";
import type { OpenRows } from "@/features/own/useOpenRows";
import { ownFeed } from "@/providers/own/own";
import { ColumnsButton } from "./ColumnsButton";
import { useColumns } from "./columns";
import { NothingYet } from "./NothingYet";
import styles from "./Portfolio.module.css";

/** Orders that stand in the books or are on their way; each can be cancelled, or all. */
export function OpenOrders({ open, visitor }: { open: OpenRows; visitor: boolean }) {
  const t = useTranslations("portfolio");
  const narrow = useTablet() === true;
  const hidden = useColumns((state) => state.orders);
  const [asking, setAsking] = useState(false);
  const rows = visitor ? [] : open.rows;
  const inBooks = rows?.filter(isOpenRow) ?? [];
  if (!visitor && open.standing === "error") {
    const again = () => void ownFeed().refresh();
    return <ErrorState title={t("ordersFailed")} error={open.error} onRetry={again} />;
  }
  if (rows?.length === 0) return <NothingYet title={t("empty.orders")} text={t("empty.ordersText")} />;
  return (
    <>
      <div className={styles.toolbar}>
        <span>{t("ordersNote")}</span>
        <Button size={32} disabled={inBooks.length === 0} onClick={() => setAsking(true)}>
          {t("cancelAll")}
        </Button>
        <ColumnsButton of="orders" />
      </div>
      <OrdersTable
        label={t("tabs.orders")}
        rows={rows}
        look="page"
        all
        cards={narrow}
        hidden={hidden}
        onDismiss={open.dismiss}
      />
      {asking && <CancelDialog open={inBooks} wanted={{}} onClose={() => setAsking(false)} />}
    </>
  );
}
