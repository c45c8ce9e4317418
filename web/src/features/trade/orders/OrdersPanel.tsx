"use client";

import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { useCommitCount } from "@/canvas/counts";
import { ButtonLink } from "@/components/Button";
import { Checkbox } from "@/components/Choice";
import { Empty } from "@/components/States";
import { Tabs } from "@/components/Tabs";
import { useReturnTo } from "@/features/shell/returnTo";
import { useOwn } from "@/providers/own/own";
import { useSession } from "@/providers/session";
import { useRoom } from "../MarketRoom";
import { BalancesTable } from "./BalancesTable";
import { CancelMenu } from "./CancelMenu";
import { FillsTable } from "./FillsTable";
import { HistoryTable } from "./HistoryTable";
import { OpenOrders } from "./OpenOrders";
import styles from "./Orders.module.css";
import { openRows } from "./rows";

type Tab = "orders" | "fills" | "balances" | "history";

/** One's own orders, fills, balances and history, of this market or of all. */
export function OrdersPanel({ phone }: { phone: boolean }) {
  useCommitCount("orders");
  const t = useTranslations("trade.orders");
  const { listing } = useRoom();
  const session = useSession((state) => state.state);
  const [tab, choose] = useState<Tab>("orders");
  const [here, setHere] = useState(true);
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set());
  const orders = useOwn((state) => state.orders);
  const market = here ? listing.market : null;
  const rows = useMemo(() => openRows(orders, market, dismissed), [orders, market, dismissed]);
  const user = session === "user";
  const tabs = [
    {
      key: "orders" as const,
      label: t("tabs.orders"),
      ...(user && rows.length > 0 && { count: rows.length }),
    },
    { key: "fills" as const, label: t("tabs.fills") },
    { key: "balances" as const, label: t("tabs.balances") },
    { key: "history" as const, label: t("tabs.history") },
  ];
  return (
    <section className={phone ? styles.phonePanel : styles.panel} aria-label={t("title")}>
      <header className={styles.head}>
        <Tabs label={t("title")} size={12} tabs={tabs} value={tab} onValue={(key) => choose(key as Tab)} />
        <span className={styles.space} />
        {user && tab !== "balances" && !phone && (
          <Checkbox checked={here} onValue={setHere}>
            {t("here")}
          </Checkbox>
        )}
        {user && tab === "orders" && <CancelMenu rows={rows} here={here} phone={phone} />}
      </header>
      <div className={styles.body}>
        {session === "visitor" && <SignInHint />}
        {session === "unknown" && <RowsSkeleton />}
        {user && tab === "orders" && (
          <OpenOrders
            rows={rows}
            all={!here}
            phone={phone}
            onDismiss={(key) => setDismissed(new Set([...dismissed, key]))}
          />
        )}
        {user && tab === "fills" && <FillsTable market={market} phone={phone} />}
        {user && tab === "balances" && <BalancesTable />}
        {user && tab === "history" && <HistoryTable market={market} phone={phone} />}
      </div>
    </section>
  );
}

function SignInHint() {
  const t = useTranslations("trade.orders");
  const returnTo = useReturnTo();
  return (
    <Empty
      drawing="orders"
      title={t("visitor")}
      action={
        <span className={styles.signIn}>
          <ButtonLink href={`/sign-up${returnTo}`} look="secondary" size={32}>
            {t("signUp")}
          </ButtonLink>
          <ButtonLink href={`/sign-in${returnTo}`} look="link" size={28}>
            {t("signIn")}
          </ButtonLink>
        </span>
      }
    >
      {t("visitorText")}
    </Empty>
  );
}

export function RowsSkeleton() {
  return (
    <div className={styles.skeleton} aria-hidden>
      {[0, 1, 2].map((row) => (
        <div key={row}>
          <span />
          <span />
          <span />
          <span />
        </div>
      ))}
    </div>
  );
}
