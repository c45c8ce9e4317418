"use client";

import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { AreaChart } from "@/components/AreaChart";
import { Cover } from "@/components/Cover";
import { classes } from "@/components/classes";
import { Change, directionOf } from "@/components/Figures";
import { Skeleton } from "@/components/States";
import { Ranges } from "@/components/Tabs";
import { usePhone } from "@/components/usePhone";
import { Link } from "@/i18n/Link";
import { type RangeKey, useCourse } from "@/providers/candles";
import { dayChangePpm, pricesChangePpm } from "@/providers/change";
import { useFormat } from "@/providers/format";
import type { Listing } from "@/providers/markets";
import { useTicker } from "@/providers/tickers";
import styles from "./Hero.module.css";

/** One creator large: art, price of 40 px, and the course behind it to the edge of the page. */
export function Hero({ listing }: { listing: Listing | null }) {
  const t = useTranslations("home");
  const format = useFormat();
  const ticker = useTicker(listing?.market ?? null);
  const [range, setRange] = useState<RangeKey>("1W");
  const course = useCourse(listing?.market ?? null, range);
  const change = dayChangePpm(ticker);
  const period = pricesChangePpm(ticker?.last_price, course.data?.first);
  const last = ticker?.last_price;
  const points = useMemo(() => {
    const known = course.data?.points ?? [];
    const end = known.at(-1);
    if (!end || last == null) return known;
    return [...known.slice(0, -1), { time: Math.max(end.time, Date.now()), value: Number(last) }];
  }, [course.data, last]);
  const start = points[0]?.time;
  const phone = usePhone();
  const title = listing?.creator?.tagline ?? "";

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
                {listing.creator && <bdi>{listing.creator.category}</bdi>}
                {listing.creator && " · "}
                <bdi>{title}</bdi>
              </span>
            ) : (
              <Skeleton width={24} />
            )}
          </p>
          <p className={styles.priceLine}>
            <span className={classes(styles.price, "figure")}>
              {listing && ticker ? (
                format.price(ticker.last_price, listing)
              ) : (
                <Skeleton width={6} line={40} />
              )}
            </span>
            <span className={styles.unit}>{listing?.quote ?? "USDC"}</span>
            <span className={styles.change}>
              {ticker && (
                <>
                  <Change direction={directionOf(change)}>{format.percent(change)}</Change>{" "}
                  <span className={styles.period}>{t("day")}</span>
                </>
              )}
            </span>
          </p>
        </div>
        <div className={styles.range}>
          <Ranges<RangeKey>
            label={t("range")}
            value={range}
            onValue={setRange}
            options={(["1D", "1W", "1M"] as const).map((key) => ({
              key,
              label: t(`ranges.${key}`),
              title: t(`rangeTitles.${key}`),
            }))}
          />
          <p className={styles.past}>
            {period !== null && start !== undefined && (
              <>
                {course.data?.partial ? t("since", { date: format.date(start) }) : t(`past.${range}`)}{" "}
                <Change direction={directionOf(period)}>{format.percent(period)}</Change>
              </>
            )}
          </p>
        </div>
      </div>
      <div className={styles.chartRoom}>
        {course.data && points.length < 2 ? (
          <p className={styles.noTrades}>{t("noTrades")}</p>
        ) : (
          listing && (
            <AreaChart
              className={styles.chart}
              ends={phone === true}
              points={points}
              direction={directionOf(period)}
              label={t("chartLabel", {
                name: listing.name,
                first: format.price(course.data?.first, listing),
                last: format.price(last, listing),
              })}
              formatValue={(value) => format.price(value.toFixed(listing.tickDecimals), listing)}
              formatTime={(time) => format.dateTime(time)}
              formatTick={(time) => (range === "1D" ? format.time(time, "minute") : format.date(time))}
              highLabel={phone ? undefined : (value) => t("high", { value })}
              baseLabel={
                !phone &&
                start !== undefined &&
                t("firstPrice", {
                  value: format.price(course.data?.first, listing),
                  date: range === "1D" ? format.time(start, "minute") : format.date(start),
                })
              }
            />
          )
        )}
      </div>
    </section>
  );
}
