"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ButtonLink } from "@/components/Button";
import { Cover } from "@/components/Cover";
import { Change, directionOf } from "@/components/Figures";
import { Empty, Skeleton } from "@/components/States";
import { Ranges } from "@/components/Tabs";
import { Link } from "@/i18n/Link";
import { useFormat } from "@/providers/format";
import { useCategory } from "@/providers/market/category";
import { dayChangePpm } from "@/providers/market/change";
import type { Listing } from "@/providers/market/markets";
import { useTicker } from "@/providers/market/tickers";
import styles from "./Trending.module.css";

const SHOWN = 5;

/** The most traded creators; the art is the only loud thing. */
export function Trending({ creators, loading }: { creators: readonly Listing[]; loading: boolean }) {
  const t = useTranslations("home");
  const named = useCategory();
  const [category, setCategory] = useState("");
  const categories = [...new Set(creators.map((listing) => listing.creator?.category ?? ""))].filter(Boolean);
  const shown = creators.filter((listing) => !category || listing.creator?.category === category);
  return (
    <section className={styles.shelf} aria-labelledby="trending">
      <header className={styles.head}>
        <h2 id="trending">{t("trending")}</h2>
        {categories.length > 1 && (
          <Ranges
            className={styles.categories}
            label={t("categories")}
            value={category}
            onValue={setCategory}
            options={[
              { key: "", label: t("all") },
              ...categories.map((key) => ({ key, label: <bdi>{named(key)}</bdi> })),
            ]}
          />
        )}
        <Link href="/markets" className={styles.more}>
          {t("allMarkets")}
        </Link>
      </header>
      {!loading && creators.length === 0 ? (
        <Empty
          title={t("noCreators")}
          action={
            <ButtonLink href="/markets" size={32}>
              {t("allMarkets")}
            </ButtonLink>
          }
        >
          {t("noCreatorsText")}
        </Empty>
      ) : (
        <ul className={styles.row}>
          {loading
            ? Array.from({ length: SHOWN }, (_, index) => <CardRoom key={index} />)
            : shown
                .slice(0, SHOWN)
                .map((listing, index) => <Card key={listing.market} listing={listing} eager={index < 2} />)}
        </ul>
      )}
    </section>
  );
}

function Card({ listing, eager }: { listing: Listing; eager: boolean }) {
  const t = useTranslations("home");
  const format = useFormat();
  const ticker = useTicker(listing.market);
  const change = dayChangePpm(ticker);
  return (
    <li>
      <Link href={`/trade/${listing.market}`} className={styles.card}>
        <Cover id={listing.base} name={listing.name} src={listing.cover} size={null} eager={eager} />
        <span className={styles.line}>
          <span className={styles.name}>
            <bdi className="clip">{listing.name}</bdi>
            <span className={styles.symbol}>{listing.base}</span>
          </span>
          <span className="figure">
            {ticker ? format.price(ticker.last_price, listing, "subscript") : <Skeleton width={6} />}
          </span>
        </span>
        <span className={styles.line}>
          <span className={styles.volume}>
            {ticker &&
              t("cardVolume", { amount: format.compact(ticker.quote_volume_24h), unit: listing.quote })}
          </span>
          {ticker && <Change direction={directionOf(change)}>{format.percent(change)}</Change>}
        </span>
      </Link>
    </li>
  );
}

function CardRoom() {
  return (
    <li className={styles.card} aria-hidden>
      <span className={styles.art} />
      <span className={styles.line}>
        <Skeleton width={12} />
        <Skeleton width={6} />
      </span>
      <span className={styles.line}>
        <Skeleton width={8} line={12} />
        <Skeleton width={6} line={12} />
      </span>
    </li>
  );
}
