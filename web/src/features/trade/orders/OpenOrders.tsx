"use client";

import { parseUnits } from "@cse/client";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { IconButton } from "@/components/Button";
import { classes } from "@/components/classes";
import { Icon } from "@/components/Icon";
import { Empty } from "@/components/States";
import { useOwn } from "@/providers/own/own";
import { useRoom } from "../MarketRoom";
import styles from "./Orders.module.css";
import { RowsSkeleton } from "./OrdersPanel";
import { filledPart, type OrderRow } from "./rows";
import { useCancel } from "./useCancel";
import { useRowTexts } from "./useRowTexts";

interface OpenOrdersProps {
  rows: readonly OrderRow[];
  /** Of all markets, so that each row says which. */
  all: boolean;
  phone: boolean;
  onDismiss: (key: string) => void;
}

/** Open orders with what became of them so far, and a cross to cancel each. */
export function OpenOrders({ rows, all, phone, onDismiss }: OpenOrdersProps) {
  const t = useTranslations("trade.orders");
  const { listing } = useRoom();
  const known = useOwn((state) => state.ordersKnown);
  if (!known && rows.length === 0) return <RowsSkeleton />;
  if (rows.length === 0) {
    return (
      <Empty title={all ? t("emptyAll") : t("empty", { pair: `${listing.base}/${listing.quote}` })}>
        {t("emptyText")}
      </Empty>
    );
  }
  if (phone) {
    return (
      <ul className={styles.cards}>
        {rows.map((row) => (
          <OrderCard key={row.key} row={row} all={all} onDismiss={onDismiss} />
        ))}
      </ul>
    );
  }
  return (
    <>
      <div className={styles.scroll}>
        <table className={classes(styles.table, styles.orders)}>
          <caption className="quiet">{t("tabs.orders")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("time")}</th>
              <th scope="col">{t("type")}</th>
              <th scope="col">{t("side")}</th>
              <th scope="col" className={styles.end}>
                {t("price")}
              </th>
              <th scope="col" className={styles.end}>
                {t("size")}
              </th>
              <th scope="col" className={styles.filledHead}>
                {t("filled")}
              </th>
              <th scope="col" className={styles.end}>
                {t("average")}
              </th>
              <th scope="col" className={styles.stateHead}>
                {t("state")}
              </th>
              <th scope="col">
                <span className="quiet">{t("actions")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <OrderLine key={row.key} row={row} all={all} onDismiss={onDismiss} />
            ))}
          </tbody>
        </table>
      </div>
      <LockedFoot />
    </>
  );
}

function OrderLine({
  row,
  all,
  onDismiss,
}: {
  row: OrderRow;
  all: boolean;
  onDismiss: (key: string) => void;
}) {
  const texts = useRowTexts(row);
  return (
    <tr data-phase={row.tracked.phase}>
      <td className="figure">{texts.time}</td>
      <td>
        {all && <bdi className={styles.market}>{texts.pair} </bdi>}
        {texts.type}
      </td>
      <td className={row.side === "buy" ? styles.up : styles.down}>{texts.side}</td>
      <td className={classes("figure", styles.end)}>{texts.price}</td>
      <td className={classes("figure", styles.end)}>{texts.size}</td>
      <td>
        <span className={styles.filledCell}>
          <FillBar part={filledPart(row)} />
          <span className={classes("figure", filledPart(row) === 0 && styles.soft)}>{texts.filled}</span>
        </span>
      </td>
      <td className={classes("figure", styles.end, styles.soft)}>{texts.average}</td>
      <td className={styles.stateCell} title={texts.stateHint ?? undefined}>
        {texts.state}
      </td>
      <td className={styles.end}>
        <RowButton row={row} onDismiss={onDismiss} />
      </td>
    </tr>
  );
}

function OrderCard({
  row,
  all,
  onDismiss,
}: {
  row: OrderRow;
  all: boolean;
  onDismiss: (key: string) => void;
}) {
  const t = useTranslations("trade.orders");
  const texts = useRowTexts(row);
  const part = filledPart(row);
  return (
    <li className={styles.card}>
      <div className={styles.cardMain}>
        <p className={styles.cardTitle}>
          <span className={row.side === "buy" ? styles.up : styles.down}>{texts.side}</span>{" "}
          <span className="figure">{texts.size}</span>
          {row.price && (
            <>
              {" "}
              <span className={styles.soft}>{t("at")}</span> <span className="figure">{texts.price}</span>
            </>
          )}
        </p>
        <p className={styles.cardText}>
          {all && <bdi>{texts.pair} · </bdi>}
          {texts.type} · <span className="figure">{texts.time}</span>
        </p>
      </div>
      <div className={styles.cardEnd}>
        <p>{part > 0 ? t("filledOf", { filled: texts.filled }) : texts.state}</p>
        <FillBar part={part} />
      </div>
      <RowButton row={row} onDismiss={onDismiss} />
    </li>
  );
}

/** 44 by 3 px in text 2: how far an order has come is neither good nor bad. */
function FillBar({ part }: { part: number }) {
  return (
    <svg className={styles.fillBar} width="44" height="3" viewBox="0 0 44 3" aria-hidden>
      <rect width="44" height="3" rx="1.5" className={styles.fillGround} />
      {part > 0 && <rect width={Math.max(2, part * 44)} height="3" rx="1.5" className={styles.fillPart} />}
    </svg>
  );
}

function RowButton({ row, onDismiss }: { row: OrderRow; onDismiss: (key: string) => void }) {
  const t = useTranslations("trade.orders");
  const texts = useRowTexts(row);
  const cancel = useCancel();
  const { phase, cancel: cancelling, order } = row.tracked;
  if (phase === "rejected" || phase === "not_placed") {
    return (
      <IconButton size={28} label={t("dismiss")} onClick={() => onDismiss(row.key)}>
        <Icon of={X} size={14} />
      </IconButton>
    );
  }
  const words = { side: texts.side, size: texts.size, price: texts.price };
  return (
    <IconButton
      size={28}
      label={t("cancelOne", words)}
      disabled={!order || cancelling === "cancelling"}
      onClick={() => void cancel(row.tracked)}
    >
      <Icon of={X} size={14} />
    </IconButton>
  );
}

/** What the orders lock, said where it is caused. */
function LockedFoot() {
  const t = useTranslations("trade.orders");
  const { listing, texts } = useRoom();
  const balances = useOwn((state) => state.balances);
  const locked = useMemo(() => {
    const of = (asset: string, decimals: number) => parseUnits(balances?.get(asset)?.locked ?? "0", decimals);
    return { base: of(listing.base, listing.baseDecimals), quote: of(listing.quote, listing.quoteDecimals) };
  }, [balances, listing]);
  if (!balances) return null;
  return (
    <footer className={styles.foot}>
      <span>{t("locked")}</span>
      <span className={styles.footFigure}>
        <span className="figure">{texts.quote(locked.quote)}</span> {listing.quote}
      </span>
      <span className={styles.footFigure}>
        <span className="figure">{texts.base(locked.base)}</span> {listing.base}
      </span>
    </footer>
  );
}
