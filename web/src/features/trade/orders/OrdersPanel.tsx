"use client";

import { useTranslations } from "next-intl";
import { Suspense, useState } from "react";
import { useCommitCount } from "@/canvas/counts";
import { ButtonLink } from "@/components/Button";
import { Checkbox } from "@/components/Choice";
import { late } from "@/components/late";
import { Empty, ErrorState } from "@/components/States";
import { Tabs } from "@/components/Tabs";
import { OldOwn } from "@/features/own/OldOwn";
import { OrdersTable } from "@/features/own/OrdersTable";
import { useOpenRows } from "@/features/own/useOpenRows";
import { useReturnTo } from "@/features/shell/returnTo";
import { tokensHeld } from "@/providers/own/available";
import { ownFeed, useOwn } from "@/providers/own/own";
import { useSession } from "@/providers/session";
import { useRoom } from "../MarketRoom";
import { OpenOrders } from "./OpenOrders";
import styles from "./Orders.module.css";

const CancelMenu = late(() => import("./CancelMenu").then((menu) => ({ default: menu.CancelMenu })));
const Balances = late(() => import("./Balances").then((lists) => ({ default: lists.Balances })));
const Positions = late(() => import("./Positions").then((lists) => ({ default: lists.Positions })));
const Fills = late(() => import("./PastLists").then((lists) => ({ default: lists.Fills })));
const History = late(() => import("./PastLists").then((lists) => ({ default: lists.History })));

type Tab = "orders" | "fills" | "positions" | "balances" | "history";

/** One's own orders, fills, positions, balances and history, of this market or of all. */
export function OrdersPanel({ phone }: { phone: boolean }) {
  useCommitCount("orders");
  const t = useTranslations("trade.orders");
  const { listing } = useRoom();
  const session = useSession((state) => state.state);
  const [tab, choose] = useState<Tab>("orders");
  const [here, setHere] = useState(true);
  const market = here ? listing.market : null;
  const { rows, standing, error, dismiss } = useOpenRows(market);
  const user = session === "user";
  const positions = useOwn((state) => tokensHeld(state.balances));
  const tabs = [
    {
      key: "orders" as const,
      label: t("tabs.orders"),
      ...(user && rows && rows.length > 0 && { count: rows.length }),
    },
    { key: "fills" as const, label: t("tabs.fills") },
    {
      key: "positions" as const,
      label: t("tabs.positions"),
      ...(user && positions > 0 && { count: positions }),
    },
    { key: "balances" as const, label: t("tabs.balances") },
    { key: "history" as const, label: t("tabs.history") },
  ];
  return (
    <section className={phone ? styles.phonePanel : styles.panel} aria-label={t("title")}>
      <header className={styles.head}>
        <Tabs label={t("title")} size={12} tabs={tabs} value={tab} onValue={(key) => choose(key as Tab)} />
        <span className={styles.space} />
        {user && tab !== "balances" && tab !== "positions" && !phone && (
          <Checkbox checked={here} onValue={setHere}>
            {t("here")}
          </Checkbox>
        )}
        <Suspense>
          {user && tab === "orders" && rows && <CancelMenu rows={rows} here={here} phone={phone} />}
        </Suspense>
      </header>
      {user && <OldOwn className={styles.old} />}
      <div className={styles.body}>
        {session === "visitor" && <SignInHint />}
        {session === "unknown" && (
          <OrdersTable label={t("tabs.orders")} rows={null} look="panel" all={!here} cards={phone} />
        )}
        {user && standing === "error" && (tab === "orders" || tab === "balances") && (
          <ErrorState
            title={t("failed")}
            error={error}
            className={styles.note}
            onRetry={() => void ownFeed().refresh()}
          />
        )}
        {user && standing !== "error" && tab === "orders" && (
          <OpenOrders rows={rows} all={!here} phone={phone} onDismiss={dismiss} />
        )}
        <Suspense>
          {user && standing !== "error" && tab === "balances" && <Balances />}
          {user && tab === "positions" && <Positions />}
          {user && tab === "fills" && <Fills market={market} phone={phone} />}
          {user && tab === "history" && <History market={market} phone={phone} />}
        </Suspense>
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
      className={styles.note}
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
