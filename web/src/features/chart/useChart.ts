/** Keeps one chart in an element: made lazily, told of every change, disposed of with the element. */

import type { Bar, CseClient, Interval, Market, StreamClient } from "@cse/client";
import { type RefObject, useEffect, useRef } from "react";
import { countDraw } from "@/canvas/counts";
import { drawSoon } from "@/canvas/frame";
import { currentPalette, onPalette } from "@/canvas/palette";
import { barsFor, type Chosen } from "@/features/indicators/chosen";
import { CandleSource, type SourceState } from "./candleSource";
import type { ChartController, ChartTools } from "./chartController";
import type { CostLine } from "./costLine";
import type { FillMark } from "./fillClusters";
import type { OrderLine } from "./orderLines";
import type { ChartScale, ChartStyle } from "./settings";
import { drawnAt } from "./snapping";
import type { TagPlace } from "./tagPlaces";

export interface ChartInput {
  market: Market;
  client: Pick<CseClient, "candles">;
  streams: Pick<StreamClient, "subscribe">;
  interval: Interval;
  style: ChartStyle;
  scale: ChartScale;
  lines: readonly OrderLine[];
  marks: ReadonlyMap<number, FillMark>;
  cost: CostLine | null;
  indicators: readonly Chosen[];
  phone?: boolean;
  now: () => number;
  write: (price: string) => string;
  compact: (volume: number) => string;
  onBar: (bar: Bar | null) => void;
  onState: (state: SourceState) => void;
  onPlaced: (orderId: string, place: TagPlace | null) => void;
  onVolume: (largest: number) => void;
  /** The chart when it has come, and null when it goes. */
  onTools: (tools: ChartTools | null) => void;
}

export interface ChartHandle {
  bars: () => readonly Bar[];
  error: () => unknown;
  reload: () => void;
  /** Whether fewer bars than these are known, and there are more. */
  lacks: (bars: number) => boolean;
  /** Lets the price axis fit the candles in sight again, after it was dragged. */
  fit: () => void;
  /** The price at a height of the window, for the pixel, and the height of one in ticks. */
  priceAt: (clientY: number) => number | null;
  heightOf: (ticks: bigint) => number;
  /** Draws where a line would stand that is being moved. */
  showGhost: (ghost: { ticks: bigint; text: string } | null) => void;
  /** The chart as a picture; null where none can be made. */
  picture: (caption: string) => Promise<Blob | null>;
}

/** The library draws once a frame, whatever it was told in between. */
const countChart = () => countDraw("chart");

const DESKTOP = { freeRight: 46, barWidth: 6.6 };
const PHONE = { freeRight: 14, barWidth: 6.2 };

/** The chart's handle; `current` is null until the chart's chunk has come. */
export function useChart(element: HTMLElement | null, input: ChartInput): RefObject<ChartHandle | null> {
  const handle = useRef<ChartHandle | null>(null);
  const controller = useRef<ChartController | null>(null);
  const latest = useRef(input);
  latest.current = input;
  const { market, phone, interval, style, scale, lines, marks, cost, indicators, client, streams } = input;

  useEffect(() => {
    if (!element) return;
    let gone = false;
    let end = () => {};
    void import("./chartController").then(({ ChartController }) => {
      if (gone) return;
      const started = start(ChartController, element, market, phone ?? false, latest);
      controller.current = started.controller;
      handle.current = started.handle;
      end = started.end;
      latest.current.onTools(started.controller.tools());
    });
    return () => {
      gone = true;
      latest.current.onTools(null);
      end();
      controller.current = null;
      handle.current = null;
    };
  }, [element, market, phone]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: their change is the reason to load anew
  useEffect(() => {
    // On the first run the chart is not there yet: `start` shows the source then.
    if (controller.current) handle.current?.reload();
  }, [interval, client, streams]);

  useEffect(() => {
    controller.current?.restyle(currentPalette(), style);
  }, [style]);

  useEffect(() => {
    controller.current?.scaleBy(scale);
  }, [scale]);

  useEffect(() => {
    controller.current?.own.show(lines, marks);
  }, [lines, marks]);

  useEffect(() => {
    controller.current?.own.showCost(cost);
  }, [cost]);

  useEffect(() => {
    controller.current?.showIndicators(indicators);
    // What stands on more bars than there are is computed when they have come.
    if (handle.current?.lacks(barsFor(indicators))) handle.current.reload();
  }, [indicators]);

  return handle;
}

function start(
  Controller: typeof ChartController,
  element: HTMLElement,
  market: Market,
  phone: boolean,
  latest: RefObject<ChartInput>,
): { controller: ChartController; handle: ChartHandle; end: () => void } {
  let source: CandleSource;
  const controller = new Controller({
    element,
    ticker: market.market,
    priceDecimals: market.tickDecimals,
    volumeDecimals: market.lotDecimals,
    palette: currentPalette(),
    style: latest.current.style,
    scale: latest.current.scale,
    ...(phone ? PHONE : DESKTOP),
    write: (price) => latest.current.write(price),
    compact: (volume) => latest.current.compact(volume),
    now: () => latest.current.now(),
    onBar: (bar) => latest.current.onBar(bar),
    onState: (state) => latest.current.onState(state),
    onPlaced: (orderId, place) => latest.current.onPlaced(orderId, place),
    onDraw: () => drawSoon(countChart),
    onVolume: (largest) => latest.current.onVolume(largest),
  });
  const reload = () => {
    const { client, streams, interval, now } = latest.current;
    const atLeast = barsFor(latest.current.indicators);
    source = new CandleSource({ client, streams, market: market.market, interval, now, atLeast });
    controller.show(source);
  };
  reload();
  const { axis, own } = controller;
  own.show(latest.current.lines, latest.current.marks);
  own.showCost(latest.current.cost);
  controller.showIndicators(latest.current.indicators);
  const forget = onPalette((palette) => controller.restyle(palette, latest.current.style));
  const timer = setInterval(() => {
    if (!document.hidden) controller.tick();
  }, 1_000);
  const sizes = new ResizeObserver(() => controller.resize());
  sizes.observe(element);
  return {
    controller,
    handle: {
      bars: () => source.series.all,
      error: () => source.error,
      reload,
      lacks: (bars) => source.more && source.series.all.length < bars,
      fit: () => controller.scaleBy(latest.current.scale),
      priceAt: (clientY) => axis.priceAt(clientY),
      heightOf: (ticks) => axis.heightOf(drawnAt(ticks, market)),
      showGhost: (ghost) => own.showGhost(ghost && { value: drawnAt(ghost.ticks, market), text: ghost.text }),
      picture: (caption) => controller.picture(caption),
    },
    end: () => {
      clearInterval(timer);
      sizes.disconnect();
      forget();
      controller.dispose();
    },
  };
}
