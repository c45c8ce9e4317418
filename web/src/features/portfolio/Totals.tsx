"use client";

import { changePpm, formatUnits, parseUnits } from "@cse/client";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { AreaChart } from "@/components/AreaChart";
import { chartPoint } from "@/components/areaGeometry";
import { classes } from "@/components/classes";
import { Change, directionOf, Unknown } from "@/components/Figures";
import { Skeleton } from "@/components/States";
import type { Valuation } from "@/features/own/valuation";
import { rounded } from "@/features/own/worth";
import { serverNow } from "@/providers/exchange";
import { useFormat } from "@/providers/format";
import { useSparks } from "@/providers/market/candles";
import { VALUE_ASSET, valueDecimals } from "@/providers/market/markets";
import { dayOfHoldings } from "./dayCourse";
import styles from "./Totals.module.css";

/** All of it in one figure, and what a day did to what is held now. */
export function Totals({ value, badge }: { value: Valuation | null; badge: ReactNode }) {
  const t = useTranslations("portfolio");
  const format = useFormat();
  const sparks = useSparks();
  const change = value?.dayChange ?? null;
  const decimals = value?.decimals ?? valueDecimals();
  const points = useMemo(() => {
    const known = value && sparks.data ? dayOfHoldings(value, sparks.data) : [];
    const end = known.at(-1);
    if (!end || value?.total == null) return known;
    const now = Math.min(end.time, serverNow());
    return [...known.slice(0, -1), chartPoint(now, formatUnits(value.total, value.decimals))];
  }, [value, sparks.data]);
  const before = value?.total != null && change !== null ? value.total - change : null;
  const ppm = changePpm(value?.total ?? null, before);
  const sign = change !== null && change > 0n ? "+" : "";
  return (
    <section className={styles.totals}>
      <h1 className={styles.title}>
        {t("value")} {badge}
      </h1>
      <p className={styles.line}>
        <span className={classes(styles.figure, "figure")}>
          {value === null ? (
            <Skeleton width={6} line={40} />
          ) : value.total === null ? (
            <Unknown />
          ) : (
            format.units(rounded(value.total, value.decimals), 2)
          )}
        </span>
        <span className={styles.unit}>{VALUE_ASSET}</span>
      </p>
      <p className={styles.change}>
        {value !== null && change !== null && (
          <>
            <Change direction={directionOf(change)}>
              {sign}
              {format.units(rounded(change, value.decimals), 2)} {VALUE_ASSET}
              {ppm !== null && <>, {format.percent(ppm)}</>}
            </Change>{" "}
            {t("dayOfHoldings")}
          </>
        )}
      </p>
      <div className={styles.chartRoom}>
        {points.length > 1 && (
          <AreaChart
            className={styles.chart}
            points={points}
            direction={directionOf(change)}
            label={t("chartLabel")}
            formatValue={(worth) =>
              `${format.units(rounded(parseUnits(worth, decimals), decimals), 2)} ${VALUE_ASSET}`
            }
            formatTime={(time) => format.time(time, "minute")}
            formatTick={(time) => format.time(time, "minute")}
          />
        )}
        {value?.total === 0n && <p className={styles.beginning}>{t("beginning")}</p>}
      </div>
      {value !== null && value.unpriced.length > 0 && (
        <p className={styles.note}>{t("without", { assets: value.unpriced.join(", ") })}</p>
      )}
      <p className={styles.note}>{points.length > 1 ? t("chartMethod") : t("method")}</p>
    </section>
  );
}
