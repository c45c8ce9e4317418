"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import styles from "./Layout.module.css";
import { applySizes, boundsOf, type Layout, type Sized, STANDARD, toggled, within } from "./layout";
import { dragLayout, keepLayout, useLayout } from "./layoutStore";

const STEP_PX = 10;
const WIDE_STEP_PX = 50;

/**
 * The line between two panels: dragged by the pointer, moved by arrow keys (Shift in wider steps), Home and
 * End to its ends. Enter puts away what can be put away beside it; a double click gives it its first size.
 */
export function Separator({ part, onPutAway }: { part: Sized; onPutAway: () => void }) {
  const t = useTranslations("desk.layout");
  const layout = useLayout();
  const dragged = useRef<{ at: number; from: number } | null>(null);
  const upright = part !== "below";
  const bounds = boundsOf(part, window.innerWidth, window.innerHeight);
  const size = within(layout[part], bounds);
  const sized = (to: number): Layout => ({ ...useLayout.getState(), [part]: within(to, bounds) });
  const along = (event: PointerEvent) => (upright ? event.clientX : event.clientY);

  const move = (event: PointerEvent<HTMLElement>) => {
    const [{ current }, page] = [dragged, event.currentTarget.parentElement];
    if (!current || !page) return;
    dragLayout(page, sized(current.from + (current.at - along(event)) * turn(part, layout.swapped)));
  };
  const end = (event: PointerEvent<HTMLElement>) => {
    const page = event.currentTarget.parentElement;
    if (dragged.current && page) {
      keepLayout(useLayout.getState());
      applySizes(page, null);
    }
    dragged.current = null;
  };
  const keys = (event: KeyboardEvent) => {
    const step = (event.shiftKey ? WIDE_STEP_PX : STEP_PX) * turn(part, layout.swapped);
    const targets: Record<string, number> = {
      [upright ? "ArrowLeft" : "ArrowUp"]: size + step,
      [upright ? "ArrowRight" : "ArrowDown"]: size - step,
      Home: bounds.least,
      End: bounds.most,
    };
    const target = targets[event.key];
    if (target !== undefined) keepLayout(sized(target));
    else if (event.key === "Enter" && part !== "ticket") {
      keepLayout(toggled(useLayout.getState(), part === "book" ? "book" : "orders"));
      onPutAway();
    } else return;
    event.preventDefault();
  };

  return (
    <div
      role="separator"
      tabIndex={0}
      aria-label={t(`size.${part}`)}
      aria-orientation={upright ? "vertical" : "horizontal"}
      aria-valuenow={size}
      aria-valuemin={bounds.least}
      aria-valuemax={bounds.most}
      aria-valuetext={t("pixels", { size })}
      className={styles.separator}
      data-part={part}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.focus();
        event.currentTarget.setPointerCapture(event.pointerId);
        dragged.current = { at: along(event), from: size };
      }}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
      onDoubleClick={() => keepLayout(sized(STANDARD[part]))}
      onKeyDown={keys}
    />
  );
}

/** 1 where a panel grows as its line goes left or up, -1 where it grows the other way. */
function turn(part: Sized, swapped: boolean): 1 | -1 {
  if (part === "below") return 1;
  return swapped === (document.documentElement.dir === "rtl") ? 1 : -1;
}
