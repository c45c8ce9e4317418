"use client";

import { useTranslations } from "next-intl";
import { Cover } from "@/components/Cover";
import { Change, directionOf } from "@/components/Figures";
import { Spark } from "@/components/Spark";
import { useOnScreen } from "@/components/useOnScreen";
import { Link } from "@/i18n/Link";
import { useFormat } from "@/providers/format";
import { useSpark } from "@/providers/market/candles";
import { dayChangePpm } from "@/providers/market/change";
import type { Listing } from "@/providers/market/markets";
import { tickerBoard, useTicker } from "@/providers/market/tickers";
import styles from "./Movers.module.css";

const SHOWN = 6;

/** What moved most in a day, either way. */
export function Movers({ listings }: { listings: readonly Listing[] }) {
  const t = useTranslations("home");
  const moved = listings
    .map((listing) => ({ listing, change: dayChangePpm(tickerBoard.get(listing.market)) }))
    .filter(({ change }) => change !== null && change !== 0n)
    .sort((a, b) => (size(b.change) > size(a.change) ? 1 : -1))
    .slice(0, SHOWN);
  if (moved.length === 0) return null;
  return (
    <section className={styles.movers} aria-labelledby="movers">
      <h2 id="movers">{t("movers")}</h2>
      <ul className={styles.list}>
        {moved.map(({ listing }) => (
          <Mover key={listing.market} listing={listing} />
        ))}
      </ul>
    </section>
  );
}

function size(change: bigint | null): bigint {
  return change === null ? 0n : change < 0n ? -change : change;
}

function Mover({ listing }: { listing: Listing }) {
  const format = useFormat();
  const [ref, seen] = useOnScreen<HTMLLIElement>();
  const ticker = useTicker(listing.market, seen);
  const spark = useSpark(listing.market, seen);
  const change = dayChangePpm(ticker);
  return (
    <li ref={ref}>
      <Link href={`/trade/${listing.market}`} className={styles.mover}>
        <Cover id={listing.base} name={listing.name} src={listing.cover} size={40} full />
        <span className={styles.name}>
          <bdi className="clip">{listing.name}</bdi>
          <span className={styles.symbol}>{listing.base}</span>
        </span>
        <Spark values={spark.values} direction={directionOf(change)} />
        <span className={styles.figures}>
          <span className="figure">{format.price(ticker?.last_price, listing, "subscript")}</span>
          <Change direction={directionOf(change)}>{format.percent(change)}</Change>
        </span>
      </Link>
    </li>
  );
}
