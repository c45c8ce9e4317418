"use client";

import { useTranslations } from "next-intl";
import { type RefObject, useEffect, useMemo, useRef } from "react";
import { countDraw } from "@/canvas/counts";
import { drawNoMore, drawSoon } from "@/canvas/frame";
import { currentPalette, onPalette } from "@/canvas/palette";
import { clearedSurface, measure } from "@/canvas/surface";
import { useOwn } from "@/providers/own/own";
import { ownLevels, restingOrders } from "../book/ownLevels";
import { useRoom } from "../MarketRoom";
import { paintDepth } from "./painter";
import { distanceOf, type Mirrored, mirroredAt, twiceMiddleOf } from "./reach";

/** The steps of a reach that can be pointed at. */
export const STEPS = 50;
export const SIDES = ["bid", "ask"] as const;

export interface DepthElements {
  /** Around the figures and the slider. */
  area: RefObject<HTMLElement | null>;
  canvas: RefObject<HTMLCanvasElement | null>;
  /** As steps of the reach; null while nothing is pointed at, which tells of all in sight. */
  pointed: RefObject<number | null>;
}

/**
 * Draws the curves within a reach, and writes what lies within the distance that is pointed at, past React,
 * whenever book, size or colours change. Gives what has it drawn soon.
 */
export function useDepthDrawing({ area, canvas, pointed }: DepthElements, ppm: bigint): () => void {
  const { feed, texts } = useRoom();
  const own = useOwnDepth();
  const tell = useTold();
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
      const steps = pointed.current;
      const distance = steps === null ? null : distanceOf(twiceMiddle, ppm, steps / STEPS);
      const all = mirroredAt(book, twiceMiddle, reach);
      const largest = largerOf(all.bid.lots, all.ask.lots);
      const price = texts.price;
      paintDepth(cleared, palette, {
        levels: book,
        twiceMiddle,
        reach,
        pointed: distance,
        largest,
        own,
        price,
      });
      countDraw("depth");
      tell(element, distance === null ? all : mirroredAt(book, twiceMiddle, distance), steps ?? STEPS);
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
  }, [area, canvas, pointed, feed, texts, own, ppm, tell]);
  return () => draw.current();
}

/** One's own lots of both sides, by price. */
function useOwnDepth() {
  const { listing } = useRoom();
  const orders = useOwn((state) => state.orders);
  return useMemo(() => {
    const { bids, asks } = ownLevels(restingOrders(orders, listing.market), listing);
    return { bid: bids, ask: asks };
  }, [orders, listing]);
}

/** Writes prices, sizes and worths of both sides into their places, and all of it as the slider's value. */
function useTold(): (element: HTMLElement, within: Mirrored, steps: number) => void {
  const t = useTranslations("desk.depth");
  const { listing, texts } = useRoom();
  return useMemo(
    () => (element, within, steps) => {
      for (const side of SIDES) {
        const { price, lots, tickLots } = within[side];
        write(element, `${side}.price`, texts.price(price));
        write(element, `${side}.size`, `${texts.quantity(lots)} ${listing.base}`);
        write(element, `${side}.worth`, `${texts.worth(tickLots)} ${listing.quote}`);
      }
      const { bid, ask } = within;
      const value = t("value", {
        bid: texts.price(bid.price),
        bidSize: texts.quantity(bid.lots),
        ask: texts.price(ask.price),
        askSize: texts.quantity(ask.lots),
        base: listing.base,
      });
      const slider = element.querySelector("[role=slider]");
      slider?.setAttribute("aria-valuenow", String(steps));
      slider?.setAttribute("aria-valuetext", value);
    },
    [listing, texts, t],
  );
}

function largerOf(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}

function write(element: HTMLElement, part: string, text: string): void {
  const node = element.querySelector(`[data-part="${part}"]`);
  if (node && node.textContent !== text) node.textContent = text;
}
