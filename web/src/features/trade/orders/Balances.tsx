"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Button } from "@/components/Button";
import { Empty } from "@/components/States";
import { BalancesTable } from "@/features/own/BalancesTable";
import { valuation } from "@/features/own/valuation";
import { openFaucet } from "@/features/portfolio/faucetState";
import { useListings } from "@/providers/market/markets";
import { useBalances } from "@/providers/own/own";
import styles from "./Orders.module.css";

/** Every asset held: all of it, what is free, and what of it open orders lock. */
export function Balances() {
  const t = useTranslations("trade.balances");
  const { data: listings } = useListings();
  const { data: balances } = useBalances();
  const held = useMemo(
    () => (balances && listings ? valuation([...balances.values()], listings, () => undefined) : null),
    [balances, listings],
  );
  if (held?.holdings.length === 0) {
    return (
      <Empty
        drawing="balances"
        title={t("empty")}
        className={styles.note}
        action={
          <Button size={32} onClick={() => openFaucet()}>
            {t("getMore")}
          </Button>
        }
      >
        {t("emptyText")}
      </Empty>
    );
  }
  return <BalancesTable label={t("title")} value={held} look="panel" />;
}
