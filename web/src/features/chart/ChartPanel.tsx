"use client";

import type { Market } from "@cse/client";
import { useTranslations } from "next-intl";
import { useMemo, useRef, useState } from "react";
import { classes } from "@/components/classes";
import { Empty, ErrorState } from "@/components/States";
import { serverNow } from "@/features/trade/room";
import type { MarketTexts } from "@/features/trade/texts";
import { exchange, liveStreams } from "@/providers/exchange";
import { CandleTable } from "./CandleTable";
import styles from "./ChartPanel.module.css";
import { ChartToolbar } from "./ChartToolbar";
import type { Bar } from "./candleSeries";
import type { SourceState } from "./candleSource";
import type { FillMark } from "./indicators";
import { Legend, type LegendHandle } from "./Legend";
import type { OrderLine } from "./orderLines";
import { useChartSettings } from "./settings";
import { useChart } from "./useChart";

export interface ChartPanelProps {
  market: Market;
  /** The token's name, such as "Luna Park". */
  name: string;
  texts: MarketTexts;
  lines: readonly OrderLine[];
  marks: ReadonlyMap<number, FillMark>;
  /** Prices may be old: the picture is dimmed. */
  stale: boolean;
  /** A price of the axis in the reader's marks. */
  write: (price: string) => string;
  compact: (volume: number) => string;
  onCancel: (orderId: string) => void;
  phone?: boolean;
}

/** The chart with its toolbar, its legend, its four states and its twin as a table. */
export function ChartPanel(props: ChartPanelProps) {
  const t = useTranslations("trade.chart");
  const panel = useRef<HTMLElement>(null);
  const legend = useRef<LegendHandle>(null);
  const [element, setElement] = useState<HTMLDivElement | null>(null);
  const [state, setState] = useState<SourceState>("loading");
  const [asTable, setAsTable] = useState(false);
  const { interval, style } = useChartSettings();
  const chart = useChart(element, {
    ...props,
    client: exchange(),
    streams: liveStreams(),
    now: serverNow,
    interval,
    style,
    onBar: (bar: Bar | null) => legend.current?.show(bar),
    onState: setState,
    onVolume: (largest: number) => legend.current?.showLargest(largest),
  });
  const bars = useMemo(() => () => chart.current?.bars() ?? [], [chart]);

  return (
    <section
      ref={panel}
      className={classes(styles.panel, props.phone && styles.phone)}
      aria-label={t("title")}
    >
      <ChartToolbar
        phone={props.phone ?? false}
        asTable={asTable}
        onTable={setAsTable}
        onFullscreen={() => toggleFullscreen(panel.current)}
      />
      <div className={classes(styles.ground, props.stale && styles.stale)} dir="ltr">
        <div ref={setElement} className={styles.canvas} aria-hidden />
        <Legend
          ref={legend}
          texts={props.texts}
          market={props.market}
          name={props.phone ? null : props.name}
          compact={props.compact}
        />
        {state === "loading" && <ChartSkeleton />}
        {state === "empty" && (
          <div className={styles.cover}>
            <Empty title={t("empty")}>{t("emptyHint")}</Empty>
          </div>
        )}
        {state === "failed" && (
          <div className={styles.cover}>
            <ErrorState
              title={t("failed")}
              error={chart.current?.error()}
              onRetry={() => chart.current?.reload()}
            />
          </div>
        )}
        {asTable && (
          <CandleTable bars={bars} texts={props.texts} market={props.market} compact={props.compact} />
        )}
      </div>
    </section>
  );
}

/** Candles to come, of the size of those that will stand there. */
function ChartSkeleton() {
  return (
    <div className={styles.skeleton} aria-hidden>
      {Array.from({ length: 24 }, (_, index) => (
        <span key={index} data-piece={(index * 7) % 9} />
      ))}
    </div>
  );
}

function toggleFullscreen(element: HTMLElement | null): void {
  if (document.fullscreenElement) void document.exitFullscreen();
  else void element?.requestFullscreen?.();
}
