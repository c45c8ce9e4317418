"use client";

import type { Market } from "@cse/client";
import { useTranslations } from "next-intl";
import { type RefObject, useEffect } from "react";
import { useLateWords } from "@/i18n/useLateWords";
import { Words } from "@/i18n/Words";
import type { HandlePlaces } from "./handlePlaces";
import { LineHandle, LineHandles } from "./LineHandle";
import { move, useMoving } from "./moving";
import type { OrderLine } from "./orderLines";
import type { ChartHandle } from "./useChart";

interface HandlesProps {
  lines: readonly OrderLine[];
  market: Market;
  price: (ticks: bigint) => string;
  places: HandlePlaces;
  chart: RefObject<ChartHandle | null>;
  onCancel: (key: string) => void;
}

/**
 * What is drawn of one's orders as elements over it: to drag, to move by arrow keys, and to cancel. A press,
 * Enter and a pointer that lets go lead to the question, Escape lets the order be where it is.
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

export function Handles({ lines, market, price, places, chart, onCancel }: HandlesProps) {
  const t = useTranslations("charting");
  const moving = useMoving((state) => state.moving);
  const ticks = moving?.ticks;
  useEffect(() => {
    chart.current?.showGhost(ticks === undefined ? null : { ticks, text: price(ticks) });
  }, [chart, ticks, price]);
  // What is being moved belongs to this market's page.
  useEffect(() => () => move(null), []);
  return (
    <LineHandles label={t("orders")}>
      {lines.map(({ id, label, ticks: from, movable, cancelLabel }) => (
        <LineHandle
          key={id}
          id={id}
          label={label}
          from={from}
          ticks={moving?.key === id ? moving.ticks : from}
          movable={movable}
          market={market}
          price={price}
          places={places}
          chart={chart}
          onMove={(to, held) => move({ key: id, ticks: to, held, asked: false })}
          onDrop={(to) => move({ key: id, ticks: to, held: false, asked: false })}
          onAsk={(to, asked) => move({ key: id, ticks: to, held: false, asked })}
          onLeave={() => move(null)}
          crossLabel={cancelLabel}
          onCross={() => onCancel(id)}
        />
      ))}
    </LineHandles>
  );
}
