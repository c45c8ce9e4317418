"use client";

import { useTranslations } from "next-intl";
import { AreaChart } from "@/components/AreaChart";
import { directionOf } from "@/components/Figures";
import { usePhone } from "@/components/usePhone";
import { useFormat } from "@/providers/format";
import type { RangeKey } from "@/providers/market/candles";
import type { Listing } from "@/providers/market/markets";
import styles from "./Hero.module.css";
import type { HeroCourse } from "./useHeroCourse";

/** The course as a picture; with the highest and the first price named where there is room. */
export function HeroChart({
  listing,
  range,
  course: { points, loaded, first, last, changePpm },
}: {
  listing: Listing | null;
  range: RangeKey;
  course: HeroCourse;
}) {
  const t = useTranslations("home");
  const format = useFormat();
  const phone = usePhone();
  if (loaded && points.length < 2) return <p className={styles.noTrades}>{t("noTrades")}</p>;
  if (!listing) return null;
  const start = points[0]?.time;
  const day = (time: number) => (range === "1D" ? format.time(time, "minute") : format.date(time));
  const firstPrice = format.price(first, listing);
  return (
    <AreaChart
      className={styles.chart}
      ends={phone === true}
      points={points}
      direction={directionOf(changePpm)}
      label={t("chartLabel", { name: listing.name, first: firstPrice, last: format.price(last, listing) })}
      formatValue={(price) => format.price(price, listing)}
      formatTime={(time) => format.dateTime(time)}
      formatTick={day}
      highLabel={phone ? undefined : (value) => t("high", { value })}
      baseLabel={!phone && start !== undefined && t("firstPrice", { value: firstPrice, date: day(start) })}
    />
  );
}
