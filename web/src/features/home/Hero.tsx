"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Cover } from "@/components/Cover";
import { classes } from "@/components/classes";
import { Change, directionOf } from "@/components/Figures";
import { Skeleton } from "@/components/States";
import { Ranges } from "@/components/Tabs";
import { Link } from "@/i18n/Link";
import { useFormat } from "@/providers/format";
import type { RangeKey } from "@/providers/market/candles";
import { useCategory } from "@/providers/market/category";
import { dayChangePpm } from "@/providers/market/change";
import { type Listing, VALUE_ASSET } from "@/providers/market/markets";
import { useTicker } from "@/providers/market/tickers";
import styles from "./Hero.module.css";
import { HeroChart } from "./HeroChart";
import { type HeroCourse, useHeroCourse } from "./useHeroCourse";

/** One creator large: art, price of 40 px, and the course behind it to the edge of the page. */
export function Hero({ listing }: { listing: Listing | null }) {
  const t = useTranslations("home");
  const [range, setRange] = useState<RangeKey>("1W");
  const course = useHeroCourse(listing, range);
  return (
    <section className={styles.hero} aria-label={t("featured")}>
      <div className={styles.head}>
        <span className={styles.art}>
          {listing ? (
            <Cover id={listing.base} name={listing.name} src={listing.cover} size={null} eager />
          ) : (
            <span className={styles.artRoom} />
          )}
        </span>
        <Creator listing={listing} />
        <Period range={range} onRange={setRange} course={course} />
      </div>
      <div className={styles.chartRoom}>
        <HeroChart listing={listing} range={range} course={course} />
      </div>
    </section>
  );
}

/** Who it is, what they do, and what the token costs now. */
function Creator({ listing }: { listing: Listing | null }) {
  const t = useTranslations("home");
  const named = useCategory();
  return (
    <div className={styles.words}>
      <p className={styles.kind}>{t("featured")}</p>
      <h2 className={styles.name}>
        {listing ? (
          <Link href={`/trade/${listing.market}`}>
            <bdi className="clip">{listing.name}</bdi>
          </Link>
        ) : (
          <Skeleton width={12} line={28} />
        )}
      </h2>
      <p className={styles.about}>
        {listing ? (
          <span className="clip">
            {listing.creator && <bdi>{named(listing.creator.category)}</bdi>}
            {listing.creator && " · "}
            <bdi>{listing.creator?.tagline}</bdi>
          </span>
        ) : (
          <Skeleton width={24} />
        )}
      </p>
      <Price listing={listing} />
    </div>
  );
}

function Price({ listing }: { listing: Listing | null }) {
  const t = useTranslations("home");
  const format = useFormat();
  const ticker = useTicker(listing?.market ?? null);
  const change = dayChangePpm(ticker);
  return (
    <p className={styles.priceLine}>
      <span className={classes(styles.price, "figure")}>
        {listing && ticker ? format.price(ticker.last_price, listing) : <Skeleton width={6} line={40} />}
      </span>
      <span className={styles.unit}>{listing?.quote ?? VALUE_ASSET}</span>
      <span className={styles.change}>
        {ticker && (
          <>
            <Change direction={directionOf(change)}>{format.percent(change)}</Change>{" "}
            <span className={styles.period}>{t("day")}</span>
          </>
        )}
      </span>
    </p>
  );
}

/** Which past is looked at, and what it did to the price. */
function Period({
  range,
  onRange,
  course: { changePpm, points, partial },
}: {
  range: RangeKey;
  onRange(range: RangeKey): void;
  course: HeroCourse;
}) {
  const t = useTranslations("home");
  const format = useFormat();
  const start = points[0]?.time;
  return (
    <div className={styles.range}>
      <Ranges<RangeKey>
        label={t("range")}
        value={range}
        onValue={onRange}
        options={(["1D", "1W", "1M"] as const).map((key) => ({
          key,
          label: t(`ranges.${key}`),
          title: t(`rangeTitles.${key}`),
        }))}
      />
      <p className={styles.past}>
        {changePpm !== null && start !== undefined && (
          <>
            {partial ? t("since", { date: format.date(start) }) : t(`past.${range}`)}{" "}
            <Change direction={directionOf(changePpm)}>{format.percent(changePpm)}</Change>
          </>
        )}
      </p>
    </div>
  );
}
