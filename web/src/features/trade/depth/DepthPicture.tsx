"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef } from "react";
import styles from "./Depth.module.css";
import { SIDES, STEPS, useDepthDrawing } from "./useDepthDrawing";

/**
 * The curves, and what lies within the distance that is pointed at, the same on both sides. It follows the
 * feed without rendering. For the keyboard it is a slider of that distance.
 */
export function DepthPicture({ ppm, onZoom }: { ppm: bigint; onZoom: (by: 1 | -1) => void }) {
  const t = useTranslations("desk.depth");
  const area = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const pointed = useRef<number | null>(null);
  const draw = useDepthDrawing({ area, canvas, pointed }, ppm);
  useWheel(area, onZoom);

  const point = (to: number | null) => {
    pointed.current = to === null ? null : Math.min(Math.max(to, 0), STEPS);
    draw();
  };
  const hover = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const away = Math.abs(event.clientX - left - width / 2) / (width / 2);
    point(Math.round(away * STEPS));
  };
  const keys = (event: KeyboardEvent) => {
    const now = pointed.current ?? STEPS;
    const targets: Record<string, number> = {
      ArrowRight: now + 1,
      ArrowUp: now + 1,
      ArrowLeft: now - 1,
      ArrowDown: now - 1,
      Home: 0,
      End: STEPS,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    point(target);
  };
  return (
    <div ref={area} className={styles.picture} dir="ltr">
      <div className={styles.within} aria-hidden>
        {SIDES.map((side) => (
          <div key={side} data-side={side} className="figure">
            <strong data-part={`${side}.price`} />
            <span data-part={`${side}.size`} />
            <span data-part={`${side}.worth`} />
          </div>
        ))}
      </div>
      <div
        role="slider"
        tabIndex={0}
        aria-label={t("chart")}
        aria-valuemin={0}
        aria-valuemax={STEPS}
        aria-valuenow={STEPS}
        className={styles.ground}
        onPointerMove={hover}
        onPointerDown={hover}
        onPointerLeave={() => point(null)}
        onBlur={() => point(null)}
        onKeyDown={keys}
      >
        <canvas ref={canvas} className={styles.canvas} aria-hidden />
      </div>
    </div>
  );
}

/** Zooms by a wheel, which never scrolls the page over the picture; React's own listener could not say so. */
function useWheel(area: RefObject<HTMLElement | null>, onZoom: (by: 1 | -1) => void): void {
  useEffect(() => {
    const element = area.current;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      if (event.deltaY !== 0) onZoom(event.deltaY > 0 ? 1 : -1);
    };
    element?.addEventListener("wheel", wheel, { passive: false });
    return () => element?.removeEventListener("wheel", wheel);
  }, [area, onZoom]);
}
