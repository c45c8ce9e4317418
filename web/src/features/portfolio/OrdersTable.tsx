"use client";

import { ApiError, type Order } from "@cse/client";
import type { UseQueryResult } from "@tanstack/react-query";
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
import { exchange } from "@/providers/exchange";
import { useFormat } from "@/providers/format";
import { useListings } from "@/providers/markets";
import { useClosedOrders, useOwnChanged } from "@/providers/own";
import { RowsRoom } from "./BalancesTable";
import styles from "./Portfolio.module.css";

const COLUMNS = ["time", "market", "type", "side", "price", "size", "filled", "average", "state"] as const;
const END = new Set<string>(["price", "size", "filled", "average"]);

/** Orders that stand in the books; each can be cancelled, or all. */
export function OpenOrdersTable({ query, visitor }: { query: UseQueryResult<Order[]>; visitor: boolean }) {
  const t = useTranslations("portfolio");
  const words = useErrorWords();
  const changed = useOwnChanged();
  const [asking, setAsking] = useState(false);
  const [cancelling, setCancelling] = useState<ReadonlySet<string>>(new Set());
  const orders = visitor ? [] : query.data;

  async function cancel(order: Order) {
    setCancelling((held) => new Set(held).add(order.id));
    try {
      const closed = await exchange().cancelOrder(order.id);
      const filled = closed.status === "filled";
      showToast({
        key: order.id,
        tone: "good",
        title: filled ? t("filledFirst") : t("cancelled"),
        body: `${order.market}`,
      });
    } catch (error) {
      const gone = error instanceof ApiError && error.code === "order_not_open";
      const { happened, money, next } = words(error);
      showToast({
        key: order.id,
        tone: gone ? "info" : "error",
        title: gone ? t("goneFirst") : t("cancelFailed"),
        body: `${happened} ${money} ${next}`,
      });
    } finally {
      setCancelling((held) => new Set([...held].filter((id) => id !== order.id)));
      changed();
    }
  }

  async function cancelAll() {
    setAsking(false);
    try {
      const count = await exchange().cancelAll();
      showToast({ key: "cancel-all", tone: "good", title: t("cancelledCount", { count }) });
    } catch (error) {
      const { happened, money, next } = words(error);
      showToast({
        key: "cancel-all",
        tone: "error",
        title: t("cancelFailed"),
        body: `${happened} ${money} ${next}`,
      });
    } finally {
      changed();
    }
  }

  if (!visitor && query.isError && !query.data) {
    return <ErrorState title={t("ordersFailed")} error={query.error} onRetry={() => void query.refetch()} />;
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
        action={(order) => (
          <IconButton
            size={28}
            label={t("cancelOne", { market: order.market })}
            busy={cancelling.has(order.id)}
            onClick={() => void cancel(order)}
          >
            <Icon of={X} />
          </IconButton>
        )}
        stateOf={(order) => (cancelling.has(order.id) ? t("states.cancelling") : undefined)}
      />
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("cancelAllTitle", { count: orders?.length ?? 0 })}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t("keep")}</Button>
            <Button look="danger" onClick={() => void cancelAll()}>
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
  const query = useClosedOrders(!visitor);
  const orders = visitor ? [] : query.data?.pages.flatMap((page) => page.items);
  if (!visitor && query.isError && !orders) {
    return <ErrorState title={t("ordersFailed")} error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (orders?.length === 0) return <NothingYet title={t("empty.history")} text={t("empty.historyText")} />;
  return (
    <>
      <OrderRows label={t("tabs.history")} orders={orders ?? null} />
      {query.hasNextPage && (
        <div className={styles.more}>
          <Button size={32} busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
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
  stateOf,
}: {
  label: string;
  orders: readonly Order[] | null;
  action?: (order: Order) => React.ReactNode;
  stateOf?: (order: Order) => string | undefined;
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
        orders.map((order) => {
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
              <Cell>{stateOf?.(order) ?? stateText(order, t)}</Cell>
              {action && <Cell end>{action(order)}</Cell>}
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
