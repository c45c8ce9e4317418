"use client";

import { type Market, steppedOn } from "@cse/client";
import { type KeyboardEvent, type PointerEvent, type ReactNode, type RefObject, useRef } from "react";
import type { HandlePlaces } from "./handlePlaces";
import styles from "./LineHandle.module.css";
import { snapped, stepsOf } from "./snapping";
import type { ChartHandle } from "./useChart";

/** Pixels that a pointer goes before it drags: less is a press. */
const DRAG_FROM = 4;

/** Prices are in ticks. */
export interface LineHandleProps {
  id: string;
  label: string;
  /** Where the line stands, and where it would stand while it is moved. */
  from: bigint;
  ticks: bigint;
  movable: boolean;
  market: Market;
  price: (ticks: bigint) => string;
  places: HandlePlaces;
  chart: RefObject<ChartHandle | null>;
  /** It is on its way: under the pointer, which has it held, or by keys. */
  onMove: (ticks: bigint, held: boolean) => void;
  /** A pointer that dragged it has let go. */
  onDrop: (ticks: bigint) => void;
  /** It was pressed, or entered by keys. */
  onAsk: (ticks: bigint, byKeys: boolean) => void;
  /** It is let be where it was. */
  onLeave: () => void;
  crossLabel: string;
  onCross: () => void;
}

/** The handles of lines over what is drawn of them. */
export function LineHandles({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={styles.handles} aria-label={label}>
      {children}
    </ul>
  );
}

/** What is drawn as a line's tag as elements over it: a slider along the price axis, and a button at the cross. */
export function LineHandle(props: LineHandleProps) {
  const { id, label, ticks, movable, price, places, crossLabel, onCross } = props;
  return (
    <li ref={(element) => places.bind(id, element)} className={styles.handle}>
      <div
        role="slider"
        tabIndex={0}
        className={styles.grip}
        aria-label={label}
        aria-orientation="vertical"
        aria-valuenow={Number(ticks)}
        aria-valuetext={price(ticks)}
        aria-disabled={!movable || undefined}
        data-line={id}
        {...useGrip(props)}
      />
      <button
        type="button"
        className={styles.cross}
        aria-label={crossLabel}
        title={crossLabel}
        onClick={onCross}
      />
    </li>
  );
}

/** Puts the focus on a line's slider. */
export function focusLine(id: string): void {
  document.querySelector<HTMLElement>(`[data-line="${CSS.escape(id)}"]`)?.focus();
}

/** What pointer and keys do at the slider. */
function useGrip(props: LineHandleProps) {
  const { from, ticks, movable, market, chart, onMove, onDrop, onAsk, onLeave } = props;
  const grabbed = useRef<{ y: number; offset: number; dragging: boolean } | null>(null);
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0 || !movable) return;
      const at = chart.current?.heightOf(from) ?? event.clientY;
      grabbed.current = { y: event.clientY, offset: at - event.clientY, dragging: false };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const grab = grabbed.current;
      if (!grab) return;
      grab.dragging ||= Math.abs(event.clientY - grab.y) >= DRAG_FROM;
      if (!grab.dragging) return;
      const under = chart.current?.priceAt(event.clientY + grab.offset) ?? null;
      const to = under === null ? null : snapped(under, market);
      if (to !== null) onMove(to, true);
    },
    onPointerUp: () => {
      const grab = grabbed.current;
      grabbed.current = null;
      if (grab?.dragging) onDrop(ticks);
      else if (grab) onAsk(ticks, false);
    },
    onPointerCancel: () => {
      if (grabbed.current?.dragging) onLeave();
      grabbed.current = null;
    },
    onKeyDown: (event: KeyboardEvent) => {
      const steps = stepsOf(event);
      if (event.key === "Escape") onLeave();
      else if (!movable) return;
      else if (event.key === "Enter" || event.key === " ") onAsk(ticks, true);
      else if (steps !== 0) onMove(steppedOn({ step: market.priceIncrement }, ticks, steps), false);
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}
