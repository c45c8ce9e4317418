"use client";

import type { Bar, Interval } from "@cse/client";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { Chosen } from "@/features/indicators/chosen";
import type { TableColumn } from "@/features/indicators/tableColumns";
import { useFormat } from "@/providers/format";
import styles from "./ChartPanel.module.css";

const ROWS = 200;
const REFRESH_MS = 2_000;

interface TableProps {
  bars: () => readonly Bar[];
  /** Those on the chart, whose values are columns here. */
  indicators: readonly Chosen[];
  interval: Interval;
  priceDecimals: number;
  price: (text: string) => string;
  write: (figure: string) => string;
  compact: (volume: number) => string;
}

interface Shown {
  bars: readonly Bar[];
  columns: readonly TableColumn[];
}

/** The same bars as a table, newest first, for who reads rather than looks. */
export default function CandleTable(props: TableProps) {
  const { price, compact } = props;
  const t = useTranslations("trade.chart");
  const format = useFormat();
  const { bars, columns } = useShown(props);
  const from = Math.max(0, bars.length - ROWS);
  return (
    <section className={styles.table} aria-label={t("tableTitle")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("time")}</th>
            {(["open", "high", "low", "close", "volume"] as const).map((part) => (
              <th key={part} scope="col">
                {t(part)}
              </th>
            ))}
            {columns.map(({ head }, at) => (
              <th key={`${at} ${head}`} scope="col">
                <bdi>{head}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {bars
            .map((bar, at) => ({ bar, at }))
            .slice(from)
            .reverse()
            .map(({ bar, at }) => (
              <tr key={bar.timestamp}>
                <th scope="row" className="figure">
                  {format.dateTime(bar.timestamp)}
                </th>
                {(["open", "high", "low", "close"] as const).map((part) => (
                  <td key={part} className="figure">
                    {price(bar.candle ? bar.candle[part] : bar.closeText)}
                  </td>
                ))}
                <td className="figure">{compact(bar.volume)}</td>
                {columns.map(({ head, cells }, column) => (
                  <td key={`${column} ${head}`} className="figure">
                    {cells[at]}
                  </td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}

/** The bars and the values of indicators at each, read again every two seconds; formulas come with the first. */
function useShown({ bars, indicators, interval, priceDecimals, write }: TableProps): Shown {
  const [shown, setShown] = useState<Shown>({ bars: [], columns: [] });
  useEffect(() => {
    let gone = false;
    const read = async () => {
      const now = bars();
      const make =
        indicators.length > 0 ? (await import("@/features/indicators/tableColumns")).tableColumns : null;
      const columns = make?.(now, indicators, interval, { priceDecimals, write }) ?? [];
      if (!gone) setShown({ bars: now, columns });
    };
    void read();
    const timer = setInterval(() => document.hidden || void read(), REFRESH_MS);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [bars, indicators, interval, priceDecimals, write]);
  return shown;
}
