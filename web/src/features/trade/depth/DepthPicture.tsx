"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef } from "react";
import { countDraw } from "@/canvas/counts";
import { drawNoMore, drawSoon } from "@/canvas/frame";
import { currentPalette, onPalette } from "@/canvas/palette";
import { clearedSurface, measure } from "@/canvas/surface";
import { useOwn } from "@/providers/own/own";
import { useRoom } from "../MarketRoom";
import { ownLevels, restingOrders } from "../ownOrders";
import styles from "./Depth.module.css";
import { paintDepth } from "./painter";
import { distanceOf, mirroredAt, twiceMiddleOf } from "./reach";

const STEPS = 50;
const SIDES = ["bid", "ask"] as const;

/**
 * The curves, and what lies within the distance that is pointed at, the same on both sides. It follows the
 * feed without rendering. For the keyboard it is a slider of that distance.
 */
export function DepthPicture({ ppm, onZoom }: { ppm: bigint; onZoom: (by: 1 | -1) => void }) {
  const t = useTranslations("desk.depth");
  const { feed, listing, texts } = useRoom();
  const orders = useOwn((state) => state.orders);
  const own = useMemo(() => {
    const { bids, asks } = ownLevels(restingOrders(orders, listing.market), listing);
    return { bid: bids, ask: asks };
  }, [orders, listing]);
  const area = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  /** As steps of the reach; null while nothing is pointed at, which tells of all in sight. */
  const pointed = useRef<number | null>(null);
  const draw = useRef(() => {});

  useEffect(() => {
    const [surface, element] = [canvas.current, area.current];
    if (!surface || !element) return;
    let palette = currentPalette();
    const paint = () => {
      const { book } = feed.getState();
      const twiceMiddle = book && twiceMiddleOf(book);
      const cleared = clearedSurface(surface);
      if (!cleared || !book || !twiceMiddle) return;
      const reach = distanceOf(twiceMiddle, ppm, 1);
      const distance =
        pointed.current === null ? null : distanceOf(twiceMiddle, ppm, pointed.current / STEPS);
      const all = mirroredAt(book, twiceMiddle, reach);
      paintDepth(cleared, palette, {
        levels: book,
        twiceMiddle,
        reach,
        pointed: distance,
        largest: largerOf(all.bid.lots, all.ask.lots),
        own,
        price: texts.price,
      });
      countDraw("depth");
      const within = distance === null ? all : mirroredAt(book, twiceMiddle, distance);
      for (const side of SIDES) {
        const { price, lots, tickLots } = within[side];
        write(element, `${side}.price`, texts.price(price));
        write(element, `${side}.size`, `${texts.quantity(lots)} ${listing.base}`);
        write(element, `${side}.worth`, `${texts.worth(tickLots)} ${listing.quote}`);
      }
      const slider = element.querySelector("[role=slider]");
      slider?.setAttribute("aria-valuenow", String(pointed.current ?? STEPS));
      slider?.setAttribute(
        "aria-valuetext",
        t("value", {
          bid: texts.price(within.bid.price),
          bidSize: texts.quantity(within.bid.lots),
          ask: texts.price(within.ask.price),
          askSize: texts.quantity(within.ask.lots),
          base: listing.base,
        }),
      );
    };
    const soon = () => drawSoon(paint);
    draw.current = soon;
    const sizes = new ResizeObserver(() => {
      measure(surface);
      soon();
    });
    sizes.observe(surface);
    const ends = [
      feed.subscribe((state, before) => state.book !== before.book && soon()),
      onPalette((changed) => {
        palette = changed;
        soon();
      }),
    ];
    soon();
    return () => {
      sizes.disconnect();
      drawNoMore(paint);
      for (const end of ends) end();
    };
  }, [feed, listing, texts, own, ppm, t]);

  const point = (to: number | null) => {
    pointed.current = to === null ? null : Math.min(Math.max(to, 0), STEPS);
    draw.current();
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
  // The page never scrolls by a wheel over the picture; React's own listener could not say so.
  useEffect(() => {
    const element = area.current;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      if (event.deltaY !== 0) onZoom(event.deltaY > 0 ? 1 : -1);
    };
    element?.addEventListener("wheel", wheel, { passive: false });
    return () => element?.removeEventListener("wheel", wheel);
  }, [onZoom]);

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

function largerOf(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}

function write(element: HTMLElement, part: string, text: string): void {
  const node = element.querySelector(`[data-part="${part}"]`);
  if (node && node.textContent !== text) node.textContent = text;
}
