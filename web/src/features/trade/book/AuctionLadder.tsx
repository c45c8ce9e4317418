"use client";

import { formatInput, groupingMultiples, nearestMultiple } from "@cse/client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useStore } from "zustand";
import { classes } from "@/components/classes";
import { useFormat } from "@/providers/format";
import { useOwn } from "@/providers/own/own";
import { useFollowedBook } from "../feed/useFollowed";
import { useRoom } from "../MarketRoom";
import { useIndicative } from "../phase/usePhase";
import styles from "./AuctionLadder.module.css";
import { type LadderRow, ladderOf, wouldTrade } from "./ladder";
import { ownLevels, restingOrders } from "./ownLevels";
import { useBookSettings } from "./settings";

/** How often the rows follow the book; they are elements and no canvas. */
const FOLLOW_MS = 500;
/** More rows than any window has room for; what there is none for is cut off at the far end. */
const ROWS = 30;
const BAR_WIDTH = 1_000;

/** Both sides of a crossed book at each price, around the one at which the auction would trade. */
export function AuctionLadder({ onPicked }: { onPicked?: (() => void) | undefined }) {
  const t = useTranslations("trade.ladder");
  const { feed, listing, texts, age } = useRoom();
  const stale = useStore(age, (state) => state.freshness === "stale");
  const known = useStore(feed, (state) => state.book !== null);
  const indicated = useIndicative();
  const ladder = useLadder(indicated);
  if (!known || !ladder) return <div className={styles.rows} aria-busy="true" />;
  const row = (one: LadderRow) => (
    <Row
      key={one.price.toString()}
      row={one}
      largest={ladder.largest}
      indicated={indicated}
      onPicked={onPicked}
    />
  );
  return (
    <div role="table" aria-label={t("title")} className={styles.table} data-stale={stale || undefined}>
      <div role="rowgroup" className={styles.head}>
        <div role="row" className={styles.columns}>
          <span role="columnheader">{t("buy", { asset: listing.base })}</span>
          <span role="columnheader">{t("price")}</span>
          <span role="columnheader">{t("sell", { asset: listing.base })}</span>
        </div>
      </div>
      <div role="rowgroup" className={classes(styles.rows, styles.above)}>
        {ladder.above.map(row)}
      </div>
      <div role="rowgroup" className={styles.middle}>
        <div role="row" className={styles.columns}>
          <Cell side="buy" lots={ladder.at?.buy ?? 0n} own={ladder.at?.ownBuy ?? 0n} />
          <span role="cell" className={classes(styles.indicated, "figure")}>
            {indicated === null ? (
              <span className={styles.none}>{t("noPrice")}</span>
            ) : (
              texts.price(indicated)
            )}
          </span>
          <Cell side="sell" lots={ladder.at?.sell ?? 0n} own={ladder.at?.ownSell ?? 0n} />
        </div>
      </div>
      <div role="rowgroup" className={styles.rows}>
        {ladder.below.map(row)}
      </div>
    </div>
  );
}

/** The ladder of the book as it was a moment ago, in the steps that the person has chosen for the book. */
function useLadder(indicated: bigint | null) {
  const { feed, listing } = useRoom();
  const book = useFollowedBook(feed, FOLLOW_MS);
  const orders = useOwn((state) => state.orders);
  const wanted = useBookSettings((settings) => settings.groupings[listing.market] ?? "1");
  return useMemo(() => {
    if (book === null) return null;
    const around = indicated ?? book.bids[0]?.[0] ?? book.asks[0]?.[0] ?? null;
    const multiple = nearestMultiple(BigInt(wanted), groupingMultiples(around));
    const own = ownLevels(restingOrders(orders, listing.market), listing);
    return ladderOf(book, indicated, multiple, ROWS, own);
  }, [book, orders, wanted, indicated, listing]);
}

function Row({
  row,
  largest,
  indicated,
  onPicked,
}: {
  row: LadderRow;
  largest: bigint;
  indicated: bigint | null;
  onPicked: (() => void) | undefined;
}) {
  const { listing, texts, draft } = useRoom();
  const { numberLocale } = useFormat();
  const trades = wouldTrade(row.price, indicated);
  const take = () => {
    draft.edit({
      type: "limit",
      price: formatInput(row.price * listing.tickSize, listing.tickDecimals, numberLocale),
    });
    onPicked?.();
  };
  return (
    <div role="row" className={classes(styles.columns, styles.row)}>
      <Cell side="buy" lots={row.buy} own={row.ownBuy} largest={largest} trades={trades.buy} />
      <span role="cell">
        <button type="button" tabIndex={-1} className={classes(styles.price, "figure")} onClick={take}>
          {texts.price(row.price)}
        </button>
      </span>
      <Cell side="sell" lots={row.sell} own={row.ownSell} largest={largest} trades={trades.sell} />
    </div>
  );
}

function Cell({
  side,
  lots,
  own,
  largest = 0n,
  trades = true,
}: {
  side: "buy" | "sell";
  lots: bigint;
  own: bigint;
  largest?: bigint;
  /** Whether it would trade at the price indicated. */
  trades?: boolean;
}) {
  const t = useTranslations("trade.ladder");
  const { texts } = useRoom();
  const length = largest > 0n ? Number((lots * BigInt(BAR_WIDTH)) / largest) : 0;
  return (
    <span role="cell" className={styles.lots} data-side={side} data-trades={trades || undefined}>
      {length > 0 && (
        <svg aria-hidden viewBox={`0 0 ${BAR_WIDTH} 1`} preserveAspectRatio="none" className={styles.bar}>
          <rect x={side === "buy" ? BAR_WIDTH - length : 0} width={length} height="1" />
        </svg>
      )}
      {lots > 0n && <span className="figure">{texts.quantity(lots)}</span>}
      {own > 0n && <i className={styles.own} title={t("own", { size: texts.quantity(own) })} />}
    </span>
  );
}
