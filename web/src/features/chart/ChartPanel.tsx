"use client";

import type { Bar, CseClient, Interval, Market, StreamClient } from "@cse/client";
import { useTranslations } from "next-intl";
import { type ReactNode, type RefObject, Suspense, useMemo, useRef, useState } from "react";
import { classes } from "@/components/classes";
import { late } from "@/components/late";
import { Empty, ErrorState } from "@/components/States";
import { saveBlob, saveText } from "@/components/saveText";
import { useChosen } from "@/features/indicators/chosen";
import { useActs } from "@/features/keys/acts";
import styles from "./ChartPanel.module.css";
import { ChartToolbar } from "./ChartToolbar";
import type { SourceState } from "./candleSource";
import { candlesCsv } from "./candlesCsv";
import type { ChartTools } from "./chartController";
import type { CostLine } from "./costLine";
import type { FillMark } from "./fillClusters";
import { HandlePlaces } from "./handlePlaces";
import { Legend, type LegendHandle } from "./Legend";
import type { OrderLine } from "./orderLines";
import { useChartSettings } from "./settings";
import { type ChartHandle, useChart } from "./useChart";

const CandleTable = late(() => import("./CandleTable"));
const DrawingRail = late(() => import("@/features/drawing/DrawingRail"));
const OrderHandles = late(() => import("./OrderHandles"));
const IndicatorPicker = late(() => import("@/features/indicators/IndicatorPicker"));

export interface ChartPanelProps {
  market: Market;
  /** The token's name, such as "Luna Park". */
  name: string;
  client: Pick<CseClient, "candles">;
  streams: Pick<StreamClient, "subscribe">;
  /** The server's time as well as it is known. */
  now: () => number;
  /** A price of the wire, and one of the axis, in the reader's marks. */
  price: (text: string) => string;
  write: (price: string) => string;
  lines: readonly OrderLine[];
  marks: ReadonlyMap<number, FillMark>;
  /** What the holding cost on average. */
  cost: CostLine | null;
  /** Another market is drawn beside this one: prices are changes in percent, whatever the scale is else. */
  comparing: boolean;
  /** Prices may be old: the picture is dimmed. */
  stale: boolean;
  compact: (volume: number) => string;
  /** A price in ticks, in the reader's marks. */
  ticks: (ticks: bigint) => string;
  onCancel: (orderId: string) => void;
  phone?: boolean;
  /** What stands over the chart. */
  children?: ReactNode;
  /** What stands over it and draws on it as well, from when it has come. */
  over?: (parts: OverChart) => ReactNode;
}

/** What can be asked for at the toolbar and is done over the chart. */
export type ChartWish = "alert" | "compare";

export interface OverChart {
  tools: ChartTools;
  chart: RefObject<ChartHandle | null>;
  /** Where the tags of orders stand. */
  places: HandlePlaces;
  wish: ChartWish | null;
  onWish: (wish: ChartWish | null) => void;
}

/** The chart with its toolbar, its legend, its four states and its twin as a table. */
export function ChartPanel(props: ChartPanelProps) {
  const t = useTranslations("trade.chart");
  const panel = useRef<HTMLElement>(null);
  const legend = useRef<LegendHandle>(null);
  const [element, setElement] = useState<HTMLDivElement | null>(null);
  const [state, setState] = useState<SourceState>("loading");
  const [asTable, setAsTable] = useState(false);
  const { interval, style, scale: chosen } = useChartSettings();
  const scale = props.comparing ? "percent" : chosen;
  const indicators = useChosen((state) => state.chosen);
  const [picking, setPicking] = useState<boolean | null>(null);
  const [places] = useState(() => new HandlePlaces());
  const [tools, setTools] = useState<ChartTools | null>(null);
  const [drawing, setDrawing] = useState(false);
  const [wish, setWish] = useState<ChartWish | null>(null);
  const chart = useChart(element, {
    ...props,
    interval,
    style,
    scale,
    indicators,
    onBar: (bar: Bar | null) => legend.current?.show(bar),
    onState: setState,
    onPlaced: (id, place) => places.put(id, place),
    onTools: setTools,
    onVolume: (largest: number) => legend.current?.showLargest(largest),
  });
  const fullscreen = () => toggleFullscreen(panel.current);
  useActs({ fullscreen });
  const bars = useMemo(() => () => chart.current?.bars() ?? [], [chart]);

  return (
    <section
      ref={panel}
      className={classes(styles.panel, props.phone && styles.phone)}
      aria-label={t("title")}
    >
      <ChartToolbar
        phone={props.phone ?? false}
        comparing={props.comparing}
        asTable={asTable}
        onTable={setAsTable}
        onIndicators={() => setPicking(true)}
        {...(props.over && { onWish: setWish })}
        drawing={drawing}
        onDrawing={setDrawing}
        onFullscreen={fullscreen}
        onFit={() => chart.current?.fit()}
        onSave={(form) =>
          void save(form, chart.current, { market: props.market.market, interval, now: props.now() })
        }
      />
      <div className={styles.rail} dir="ltr" hidden={props.phone && !drawing}>
        {tools && (
          <Suspense>
            <DrawingRail
              tools={tools}
              market={props.market.market}
              write={props.write}
              phone={props.phone ?? false}
            />
          </Suspense>
        )}
      </div>
      <div className={classes(styles.ground, props.stale && styles.stale)} dir="ltr">
        <div ref={setElement} className={styles.canvas} aria-hidden />
        <Legend
          ref={legend}
          price={props.price}
          name={props.phone ? null : props.name}
          compact={props.compact}
        />
        {props.lines.length > 0 && (
          <Suspense>
            <OrderHandles
              lines={props.lines}
              market={props.market}
              price={props.ticks}
              places={places}
              chart={chart}
              onCancel={props.onCancel}
            />
          </Suspense>
        )}
        {props.children}
        {tools && props.over?.({ tools, chart, places, wish, onWish: setWish })}
        <InPlaceOfCandles state={state} chart={chart} />
        {asTable && (
          <Suspense>
            <CandleTable
              bars={bars}
              indicators={indicators}
              interval={interval}
              priceDecimals={props.market.tickDecimals}
              price={props.price}
              write={props.write}
              compact={props.compact}
            />
          </Suspense>
        )}
      </div>
      {picking !== null && (
        <Suspense>
          <IndicatorPicker open={picking} onClose={() => setPicking(false)} />
        </Suspense>
      )}
    </section>
  );
}

/** What stands where no candles are: those to come, none at all, or why there are none. */
function InPlaceOfCandles({ state, chart }: { state: SourceState; chart: RefObject<ChartHandle | null> }) {
  const t = useTranslations("trade.chart");
  if (state === "loading") return <ChartSkeleton />;
  if (state !== "empty" && state !== "failed") return null;
  return (
    <div className={styles.cover}>
      {state === "empty" ? (
        <Empty title={t("empty")}>{t("emptyHint")}</Empty>
      ) : (
        <ErrorState
          title={t("failed")}
          error={chart.current?.error()}
          onRetry={() => chart.current?.reload()}
        />
      )}
    </div>
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

/** Saves the chart as a picture with a caption, or its candles as CSV. */
async function save(
  form: "png" | "csv",
  chart: ChartHandle | null,
  { market, interval, now }: { market: string; interval: Interval; now: number },
): Promise<void> {
  const at = new Date(now).toISOString().slice(0, 19);
  const file = `${market}-${interval}-${at.replaceAll(":", "")}`;
  if (form === "csv") return saveText(`${file}.csv`, "text/csv", candlesCsv(chart?.bars() ?? []));
  const pair = market.replace("-", "/");
  const picture = await chart?.picture(`${pair} · ${interval} · ${at.replace("T", " ")} UTC · CSE`);
  if (picture) saveBlob(`${file}.png`, picture);
}

function toggleFullscreen(element: HTMLElement | null): void {
  if (document.fullscreenElement) void document.exitFullscreen();
  else void element?.requestFullscreen?.();
}
