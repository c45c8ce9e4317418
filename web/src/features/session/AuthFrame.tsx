"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Cover } from "@/components/Cover";
import { Change, directionOf } from "@/components/Figures";
import { Skeleton } from "@/components/States";
import { Link } from "@/i18n/Link";
import { useFormat } from "@/providers/format";
import { dayChangePpm } from "@/providers/market/change";
import { type Listing, useListings } from "@/providers/market/markets";
import { useTicker, useTickers } from "@/providers/market/tickers";
import styles from "./AuthFrame.module.css";

const SHOWN = 3;

/** The form on one side, what trades meanwhile on the other. */
export function AuthFrame({
  title,
  lead,
  children,
}: {
  title: string;
  lead: ReactNode;
  children: ReactNode;
}) {
  const t = useTranslations("session");
  const listings = useListings();
  useTickers();
  const creators = listings.data?.all.filter((listing) => listing.creator).slice(0, SHOWN);
  return (
    <div className={styles.frame}>
      <section className={styles.form}>
        <h1 className={styles.title}>{title}</h1>
        <p className={styles.lead}>{lead}</p>
        {children}
      </section>
      <aside className={styles.aside} aria-label={t("meanwhile")} aria-busy={listings.isPending}>
        <h2>{t("meanwhile")}</h2>
        <ul>
          {listings.isPending
            ? Array.from({ length: SHOWN }, (_, index) => <RowRoom key={index} />)
            : creators?.map((listing) => <Row key={listing.market} listing={listing} />)}
        </ul>
        <p>{t("noAccountNeeded")}</p>
      </aside>
    </div>
  );
}

function Row({ listing }: { listing: Listing }) {
  const format = useFormat();
  const ticker = useTicker(listing.market);
  const change = dayChangePpm(ticker);
  return (
    <li>
      <Link href={`/trade/${listing.market}`} className={styles.row}>
        <Cover id={listing.base} name={listing.name} src={listing.cover} size={80} />
        <span className={styles.who}>
          <bdi className="clip">{listing.name}</bdi>
          <span className="clip">{listing.creator?.tagline}</span>
        </span>
        <span className={styles.figures}>
          <span className="figure">{format.price(ticker?.last_price, listing, "subscript")}</span>
          <Change direction={directionOf(change)}>{format.percent(change)}</Change>
        </span>
      </Link>
    </li>
  );
}

function RowRoom() {
  return (
    <li className={styles.row} aria-hidden>
      <span className={styles.art} />
      <span className={styles.who}>
        <Skeleton width={12} />
        <Skeleton width={16} line={12} />
      </span>
    </li>
  );
}
