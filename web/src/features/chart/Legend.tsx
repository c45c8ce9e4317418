"use client";

import { type Bar, UNKNOWN } from "@cse/client";
import { useTranslations } from "next-intl";
import { type Ref, useImperativeHandle, useRef } from "react";
import styles from "./ChartPanel.module.css";
import { useChartSettings } from "./settings";

export interface LegendHandle {
  /** Shows a bar: the one under the crosshair, or the newest. Writes text, renders nothing. */
  show(bar: Bar | null): void;
  /** Shows the largest volume in sight, at the head of the volume's axis. */
  showLargest(volume: number): void;
}

const PARTS = ["open", "high", "low", "close"] as const;

/** Name, interval and the bar's prices in the market's decimals; the volume over its own pane. */
export function Legend({
  ref,
  price,
  name,
  compact,
}: {
  ref: Ref<LegendHandle>;
  price: (text: string) => string;
  name: string | null;
  compact: (volume: number) => string;
}) {
  const t = useTranslations("trade.chart");
  const interval = useChartSettings((settings) => settings.interval);
  const prices = useRef<HTMLDListElement>(null);
  const volume = useRef<HTMLSpanElement>(null);
  const largest = useRef<HTMLSpanElement>(null);
  useImperativeHandle(ref, () => ({
    show(bar) {
      prices.current?.querySelectorAll("dd").forEach((cell, index) => {
        const part = PARTS[index];
        cell.textContent = bar && part ? priceOf(bar, part, price) : UNKNOWN;
      });
      if (volume.current) volume.current.textContent = bar ? compact(bar.volume) : UNKNOWN;
    },
    showLargest(value) {
      if (largest.current) largest.current.textContent = value > 0 ? compact(value) : "";
    },
  }));
  return (
    <>
      <div className={styles.legend}>
        <span className={styles.legendName}>
          <bdi>{name ? `${name} · ${interval}` : interval}</bdi>
        </span>
        <dl ref={prices}>
          {PARTS.map((part) => (
            <div key={part}>
              <dt title={t(part)}>{t(`${part}Short`)}</dt>
              <dd className="figure">{UNKNOWN}</dd>
            </div>
          ))}
        </dl>
      </div>
      <p className={styles.volume}>
        {t("volume")}{" "}
        <span ref={volume} className="figure">
          {UNKNOWN}
        </span>
      </p>
      <span ref={largest} className={`${styles.largest} figure`} aria-hidden />
    </>
  );
}

function priceOf(bar: Bar, part: (typeof PARTS)[number], price: (text: string) => string): string {
  return price(bar.candle ? bar.candle[part] : bar.closeText);
}
