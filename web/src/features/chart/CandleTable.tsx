"use client";

import type { Bar } from "@cse/client";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useFormat } from "@/providers/format";
import styles from "./ChartPanel.module.css";

const ROWS = 200;
const REFRESH_MS = 2_000;

/** The same bars as a table, newest first, for who reads rather than looks. */
export function CandleTable({
  bars,
  price,
  compact,
}: {
  bars: () => readonly Bar[];
  price: (text: string) => string;
  compact: (volume: number) => string;
}) {
  const t = useTranslations("trade.chart");
  const format = useFormat();
  const [rows, setRows] = useState<readonly Bar[]>([]);
  useEffect(() => {
    const read = () => setRows(bars().slice(-ROWS).reverse());
    read();
    const timer = setInterval(() => document.hidden || read(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [bars]);
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
          </tr>
        </thead>
        <tbody>
          {rows.map((bar) => (
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
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
