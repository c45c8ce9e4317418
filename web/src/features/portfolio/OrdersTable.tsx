"use client";

import type { Order } from "@cse/client";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button, ButtonLink, IconButton } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { Unknown } from "@/components/Figures";
import { Icon } from "@/components/Icon";
import { Empty, ErrorState } from "@/components/States";
import { Cell, Head, Table } from "@/components/Table";
import { showToast } from "@/components/Toast";
import { Link } from "@/i18n/Link";
import { useErrorWords } from "@/providers/errorWords";
import { useFormat } from "@/providers/format";
import { useListings } from "@/providers/markets";
import { cancelAll, cancelOrder } from "@/providers/own/cancelling";
import { type KnownOrder, known } from "@/providers/own/orderState";
import { cancelParts, type Own, ownFeed } from "@/providers/own/own";
import { useClosedOrders } from "@/providers/own/pages";
import { RowsRoom } from "./BalancesTable";
import styles from "./Portfolio.module.css";

const COLUMNS = ["time", "market", "type", "side", "price", "size", "filled", "average", "state"] as const;
const END = new Set<string>(["price", "size", "filled", "average"]);

/** Orders that stand in the books; each can be cancelled, or all. */
export function OpenOrdersTable({ open, visitor }: { open: Own<readonly KnownOrder[]>; visitor: boolean }) {
  const t = useTranslations("portfolio");
  const words = useErrorWords();
  const [asking, setAsking] = useState(false);
  const orders = visitor ? [] : open.data;

  function failed(key: string, title: string, error: unknown) {
    const { happened, money, next } = words(error);
    showToast({ key, tone: "error", title, body: `${happened} ${money} ${next}` });
  }

  async function cancel({ key, order }: KnownOrder) {
    const outcome = await cancelOrder(cancelParts(), key);
    if (outcome.kind === "unknown" || outcome.kind === "refused")
      return failed(order.id, t("cancelFailed"), outcome.error);
    const titles = {
      cancelled: "cancelled",
      filled_first: "filledFirst",
      already_closed: "goneFirst",
    } as const;
    const tone = outcome.kind === "already_closed" ? "info" : "good";
    showToast({ key: order.id, tone, title: t(titles[outcome.kind]), body: order.market });
  }

  async function cancelEach() {
    setAsking(false);
    try {
      const count = await cancelAll(cancelParts(), {});
      showToast({ key: "cancel-all", tone: "good", title: t("cancelledCount", { count }) });
    } catch (error) {
      failed("cancel-all", t("cancelFailed"), error);
    }
  }

  if (!visitor && open.standing === "error") {
    return (
      <ErrorState title={t("ordersFailed")} error={open.error} onRetry={() => void ownFeed().refresh()} />
    );
  }
  if (orders?.length === 0) return <NothingYet title={t("empty.orders")} text={t("empty.ordersText")} />;
  return (
    <>
      <div className={styles.toolbar}>
        <span>{t("ordersNote")}</span>
        <Button size={32} disabled={!orders} onClick={() => setAsking(true)}>
          {t("cancelAll")}
        </Button>
      </div>
      <OrderRows
        label={t("tabs.orders")}
        orders={orders ?? null}
        action={(tracked) => (
          <IconButton
            size={28}
            label={t("cancelOne", { market: tracked.order.market })}
            busy={tracked.cancel === "cancelling"}
            onClick={() => void cancel(tracked)}
          >
            <Icon of={X} />
          </IconButton>
        )}
      />
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("cancelAllTitle", { count: orders?.length ?? 0 })}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t("keep")}</Button>
            <Button look="danger" onClick={() => void cancelEach()}>
              {t("cancelCount", { count: orders?.length ?? 0 })}
            </Button>
          </>
        }
      >
        {t("cancelAllText")}
      </Dialog>
    </>
  );
}

/** Orders that are done, the newest first. */
export function ClosedOrdersTable({ visitor }: { visitor: boolean }) {
  const t = useTranslations("portfolio");
  const past = useClosedOrders(null, !visitor);
  const orders = visitor ? [] : past.items?.map((order) => known(order) as KnownOrder);
  if (past.error && !orders) {
    return <ErrorState title={t("ordersFailed")} error={past.error} onRetry={past.retry} />;
  }
  if (orders?.length === 0) return <NothingYet title={t("empty.history")} text={t("empty.historyText")} />;
  return (
    <>
      <OrderRows label={t("tabs.history")} orders={orders ?? null} />
      {past.hasOlder && (
        <div className={styles.more}>
          <Button size={32} busy={past.isLoadingOlder} onClick={past.older}>
            {t("more")}
          </Button>
        </div>
      )}
    </>
  );
}

/** Nothing yet, and where to begin. */
export function NothingYet({ title, text }: { title: string; text: string }) {
  const t = useTranslations("portfolio");
  return (
    <Empty
      drawing="orders"
      title={title}
      action={
        <ButtonLink size={32} href="/markets">
          {t("discover")}
        </ButtonLink>
      }
    >
      {text}
    </Empty>
  );
}

function OrderRows({
  label,
  orders,
  action,
}: {
  label: string;
  orders: readonly KnownOrder[] | null;
  action?: (tracked: KnownOrder) => React.ReactNode;
}) {
  const t = useTranslations("portfolio");
  const format = useFormat();
  const listings = useListings();
  const columns = COLUMNS.length + (action ? 1 : 0);
  return (
    <Table
      label={label}
      head={
        <>
          {COLUMNS.map((column) => (
            <Head key={column} end={END.has(column)}>
              {t(`orderColumns.${column}`)}
            </Head>
          ))}
          {action && (
            <Head end>
              <span className="quiet">{t("orderColumns.action")}</span>
            </Head>
          )}
        </>
      }
    >
      {orders === null ? (
        <RowsRoom columns={columns} />
      ) : (
        orders.map((tracked) => {
          const { order } = tracked;
          const market = listings.data?.byMarket.get(order.market);
          const price = (text: string | null) => format.decimal(text, market?.tickDecimals);
          const size = (text: string | null) => format.decimal(text, market?.lotDecimals);
          return (
            <tr key={order.id}>
              <Cell quiet>
                <time className="figure" dateTime={order.created_at}>
                  {format.dateTime(order.created_at)}
                </time>
              </Cell>
              <Cell strong>
                <Link href={`/trade/${order.market}`} className={styles.tokenName}>
                  {order.market.replace("-", "/")}
                </Link>
              </Cell>
              <Cell>{typeText(order, t)}</Cell>
              <Cell className={order.side === "buy" ? styles.up : styles.down}>
                {t(`sides.${order.side}`)}
              </Cell>
              <Cell end>
                <span className="figure">{order.price === null ? t("atMarket") : price(order.price)}</span>
              </Cell>
              <Cell end>
                <span className="figure">{sizeText(order, size)}</span>
              </Cell>
              <Cell end>
                <span className={styles.filled}>
                  <progress max={1} value={filledShare(order)} aria-hidden />
                  <span className="figure">{size(order.filled_quantity)}</span>
                </span>
              </Cell>
              <Cell end>
                <span className="figure">
                  {order.average_price === null ? <Unknown /> : price(order.average_price)}
                </span>
              </Cell>
              <Cell>{tracked.cancel === "cancelling" ? t("states.cancelling") : stateText(order, t)}</Cell>
              {action && <Cell end>{action(tracked)}</Cell>}
            </tr>
          );
        })
      )}
    </Table>
  );
}

type Words = ReturnType<typeof useTranslations<"portfolio">>;

function typeText(order: Order, t: Words): string {
  const type = order.type === "market" ? t("types.market") : t("types.limit");
  if (order.post_only) return `${type} · ${t("types.postOnly")}`;
  const terms = order.time_in_force.toUpperCase();
  return order.type === "market" || terms === "GTC" ? type : `${type} · ${terms}`;
}

function stateText(order: Order, t: Words): string {
  if (order.status === "open")
    return Number(order.filled_quantity) > 0 ? t("states.partly") : t("states.open");
  if (order.close_reason === "killed") return t("states.killed");
  if (order.close_reason === "self_trade") return t("states.selfTrade");
  return t(`states.${order.status}`);
}

function sizeText(order: Order, decimal: (text: string | null) => string): React.ReactNode {
  if (order.quantity !== null) return decimal(order.quantity);
  if (order.quote_amount === null) return <Unknown />;
  return `${decimal(order.quote_amount)} ${order.market.split("-")[1] ?? ""}`;
}

/** For a bar of 44 px; nothing is computed from it. */
function filledShare(order: Order): number {
  if (order.quantity !== null) return Number(order.filled_quantity) / Number(order.quantity);
  return order.quote_amount === null ? 0 : Number(order.filled_notional) / Number(order.quote_amount);
}
