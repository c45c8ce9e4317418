"use client";

import { steppedOn } from "@cse/client";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef } from "react";
import { useLateWords } from "@/i18n/useLateWords";
import { Words } from "@/i18n/Words";
import type { HandlePlaces } from "./handlePlaces";
import { move, useMoving } from "./moving";
import styles from "./OrderHandles.module.css";
import type { OrderLine } from "./orderLines";
import { snapped, stepsOf } from "./snapping";
import type { ChartHandle, ChartInput } from "./useChart";

/** Pixels that a pointer goes before it drags: less is a press. */
const DRAG_FROM = 4;

interface HandlesProps {
  lines: readonly OrderLine[];
  market: ChartInput["market"];
  price: (ticks: bigint) => string;
  places: HandlePlaces;
  chart: RefObject<ChartHandle | null>;
  onCancel: (key: string) => void;
}

/**
 * What is drawn of one's orders as elements over it: to drag, to move by arrow keys, and to cancel.
 *
 * A handle is a slider along the price axis. Enter and a press go on to the question, Escape lets the order
 * be where it is.
 */
export default function OrderHandles(props: HandlesProps) {
  const words = useLateWords("charting");
  if (!words) return null;
  return (
    <Words messages={words}>
      <Handles {...props} />
    </Words>
  );
}

export function Handles(props: HandlesProps) {
  const { lines, market, price, chart } = props;
  const t = useTranslations("charting");
  const moving = useMoving((state) => state.moving);
  const ticks = moving?.ticks;
  useEffect(() => {
    chart.current?.showGhost(ticks === undefined ? null : { ticks, text: price(ticks) });
  }, [chart, ticks, price]);
  // What is being moved belongs to this market's page.
  useEffect(() => () => move(null), []);
  return (
    <ul className={styles.handles} aria-label={t("orders")}>
      {lines.map((line) => (
        <Handle
          key={line.id}
          {...props}
          line={line}
          market={market}
          ticks={moving?.key === line.id ? moving.ticks : line.ticks}
        />
      ))}
    </ul>
  );
}

function Handle({
  line,
  market,
  price,
  places,
  chart,
  ticks,
  onCancel,
}: HandlesProps & { line: OrderLine; ticks: bigint }) {
  const grabbed = useRef<{ y: number; offset: number; dragging: boolean } | null>(null);

  const down = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0 || !line.movable) return;
    const at = chart.current?.heightOf(line.ticks) ?? event.clientY;
    grabbed.current = { y: event.clientY, offset: at - event.clientY, dragging: false };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const drag = (event: PointerEvent<HTMLElement>) => {
    const grab = grabbed.current;
    if (!grab) return;
    grab.dragging ||= Math.abs(event.clientY - grab.y) >= DRAG_FROM;
    if (!grab.dragging) return;
    const under = chart.current?.priceAt(event.clientY + grab.offset) ?? null;
    const to = under === null ? null : snapped(under, market);
    if (to !== null) move({ key: line.id, ticks: to, held: true, asked: false });
  };
  const up = () => {
    const grab = grabbed.current;
    grabbed.current = null;
    if (!grab) return;
    move({ key: line.id, ticks, held: false, asked: false });
  };
  const lost = () => {
    if (grabbed.current?.dragging) move(null);
    grabbed.current = null;
  };
  const keys = (event: KeyboardEvent) => {
    const steps = stepsOf(event);
    if (event.key === "Escape") move(null);
    else if (!line.movable) return;
    else if (event.key === "Enter" || event.key === " ") {
      move({ key: line.id, ticks, held: false, asked: true });
    } else if (steps !== 0) {
      move({
        key: line.id,
        ticks: steppedOn({ step: market.priceIncrement }, ticks, steps),
        held: false,
        asked: false,
      });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <li ref={(element) => places.bind(line.id, element)} className={styles.handle}>
      <div
        role="slider"
        tabIndex={0}
        className={styles.grip}
        aria-label={line.label}
        aria-orientation="vertical"
        aria-valuenow={Number(ticks)}
        aria-valuetext={price(ticks)}
        aria-disabled={!line.movable || undefined}
        data-order={line.id}
        onPointerDown={down}
        onPointerMove={drag}
        onPointerUp={up}
        onPointerCancel={lost}
        onKeyDown={keys}
      />
      <button
        type="button"
        className={styles.cross}
        aria-label={line.cancelLabel}
        title={line.cancelLabel}
        onClick={() => onCancel(line.id)}
      />
    </li>
  );
}
