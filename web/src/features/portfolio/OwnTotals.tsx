"use client";

import { formatUnits, type PortfolioPeriod, parseUnits, partPpm, type ValueHistory } from "@cse/client";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { AreaChart } from "@/components/AreaChart";
import { AreaMarks } from "@/components/AreaMarks";
import { chartPoint } from "@/components/areaGeometry";
import { classes } from "@/components/classes";
import { Change, directionOf, Unknown } from "@/components/Figures";
import { Skeleton } from "@/components/States";
import { Ranges } from "@/components/Tabs";
import type { Valuation } from "@/features/own/valuation";
import { rounded } from "@/features/own/worth";
import { serverNow } from "@/providers/exchange";
import { useFormat } from "@/providers/format";
import { VALUE_ASSET, valueDecimals } from "@/providers/market/markets";
import { usePortfolioValue } from "@/providers/portfolio";
import { useUrlState } from "@/providers/urlState";
import { baseOf, courseOf, flowsOf } from "./course";
import type { Positions } from "./positions";
import styles from "./Totals.module.css";

const PERIODS: readonly PortfolioPeriod[] = ["1d", "1w", "1m", "1y", "all"];

/** What the account is worth, what it gained without deposits, and how it came to that. */
export function OwnTotals({
  value,
  positions,
  badge,
}: {
  value: Valuation | null;
  positions: Positions | null;
  badge: ReactNode;
}) {
  const t = useTranslations("portfolio");
  const format = useFormat();
  const [search, change] = useUrlState();
  const named = search.get("period");
  const period = PERIODS.find((known) => known === named) ?? "all";
  const { data: day, isOld } = usePortfolioValue("1d");
  const history = usePortfolioValue(period).data;
  const decimals = value?.decimals ?? valueDecimals();
  const total = value && value.unpriced.length === 0 ? value.total : null;
  const base = day ? baseOf(day, decimals) : null;
  // What came in since the history was told would count as gain.
  const dayGain = total === null || base === null || isOld ? null : total - base;
  const since = positions?.since;
  return (
    <section className={styles.totals}>
      <header className={styles.head}>
        <h1 className={styles.title}>
          {t("value")} {badge}
        </h1>
        <Ranges
          label={t("period")}
          value={period}
          onValue={(key) => change({ period: key === "all" ? null : key }, true)}
          options={PERIODS.map((key) => ({ key, label: t(`periods.${key}`) }))}
        />
      </header>
      <p className={styles.line}>
        <span className={classes(styles.figure, "figure")}>
          {value === null ? (
            <Skeleton width={6} line={40} />
          ) : value.total === null ? (
            <Unknown />
          ) : (
            format.units(rounded(value.total, decimals), 2)
          )}
        </span>
        <span className={styles.unit}>{VALUE_ASSET}</span>
      </p>
      <p className={styles.change}>
        {dayGain !== null && (
          <span title={t("how.day")}>
            <Gain units={dayGain} ppm={partPpm(dayGain, base)} decimals={decimals} /> {t("inDay")}
          </span>
        )}
        {positions && since && (
          <span title={t("how.gain")}>
            <Gain units={positions.gain} ppm={positions.gainPpm} decimals={decimals} />{" "}
            {t("since", { date: format.date(since, true) })}
          </span>
        )}
      </p>
      <Course history={history} total={total} decimals={decimals} />
      {value !== null && value.unpriced.length > 0 && (
        <p className={styles.note}>{t("without", { assets: value.unpriced.join(", ") })}</p>
      )}
      <Returns history={history} />
    </section>
  );
}

function Gain({ units, ppm, decimals }: { units: bigint | null; ppm: bigint | null; decimals: number }) {
  const format = useFormat();
  return (
    <Change direction={directionOf(units)}>
      {units !== null && units > 0n ? "+" : ""}
      {format.units(units === null ? null : rounded(units, decimals), 2)} {VALUE_ASSET}
      {ppm !== null && <>, {format.percent(ppm)}</>}
    </Change>
  );
}

/** `total` is what all is worth now; null where something has no price. */
function Course({
  history,
  total,
  decimals,
}: {
  history: ValueHistory | undefined;
  total: bigint | null;
  decimals: number;
}) {
  const t = useTranslations("portfolio");
  const format = useFormat();
  const points = useMemo(() => {
    if (!history) return [];
    return courseOf(history, total === null ? null : chartPoint(serverNow(), formatUnits(total, decimals)));
  }, [history, total, decimals]);
  const marks = useMemo(() => {
    if (!history) return [];
    return flowsOf(history, points, decimals).map(({ time, worth }) => {
      const amount = format.units(rounded(worth < 0n ? -worth : worth, decimals), 2);
      return {
        time,
        label: t(worth < 0n ? "withdrawal" : "deposit", { amount }),
      };
    });
  }, [history, points, decimals, format, t]);
  const gain = history?.gain;
  const long = history !== undefined && history.period !== "1d" && history.interval !== "15m";
  return (
    <div className={styles.chartRoom}>
      {points.length > 1 && (
        <AreaChart
          className={styles.chart}
          points={points}
          drawOver={(shape, width) => <AreaMarks shape={shape} points={points} marks={marks} width={width} />}
          direction={gain == null ? null : gain.startsWith("-") ? "down" : gain === "0" ? "flat" : "up"}
          label={t("courseLabel")}
          formatValue={(worth) =>
            `${format.units(rounded(parseUnits(worth, decimals), decimals), 2)} ${VALUE_ASSET}`
          }
          formatTime={(time) => format.dateTime(time)}
          formatTick={(time) => (long ? format.date(time) : format.time(time, "minute"))}
        />
      )}
      {history && points.length < 2 && <p className={styles.beginning}>{t("beginning")}</p>}
    </div>
  );
}

/** How the account did by time, and how far it fell; what is not known is a dash. */
function Returns({ history }: { history: ValueHistory | undefined }) {
  const t = useTranslations("portfolio");
  const format = useFormat();
  const whole = (ppm: number | null | undefined) => (ppm == null ? null : BigInt(ppm));
  if (!history) return <p className={styles.note} />;
  const fall = history.drawdown;
  return (
    <p className={styles.note}>
      <span title={t("how.byTime")}>
        {t("byTime", { percent: format.percent(whole(history.return_ppm)) })}
      </span>
      {" · "}
      <span title={t("how.fall")}>
        {fall && fall.ppm < 0
          ? t("fall", {
              percent: format.percent(BigInt(fall.ppm)),
              from: format.date(fall.from_time),
              to: format.date(fall.to_time),
              now: format.percent(whole(history.drawdown_now_ppm)),
            })
          : fall
            ? t("noFall")
            : t("fallUnknown")}
      </span>
    </p>
  );
}
