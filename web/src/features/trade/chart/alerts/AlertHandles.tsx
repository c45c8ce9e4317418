"use client";

import { type PriceAlertView, priceToTicks, steppedOn } from "@cse/client";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, useState } from "react";
import { Button } from "@/components/Button";
import { usePriceAlerts } from "@/features/alerts/usePriceAlerts";
import { directionTo } from "@/features/alerts/wish";
import type { OverChart } from "@/features/chart/ChartPanel";
import { HandlePlaces } from "@/features/chart/handlePlaces";
import { focusLine, LineHandle, LineHandles } from "@/features/chart/LineHandle";
import { drawnAt } from "@/features/chart/snapping";
import { useLastPrice } from "../../feed/lastPrice";
import { useRoom } from "../../MarketRoom";
import { MovePanel } from "../MovePanel";
import { type AlertLine, drawAlerts } from "./alertLines";
import { waitingIn } from "./reached";
import { type AlertActs, useAlertActs } from "./useAlertActs";

/** An alert that is moved, and where it would wait, in ticks. */
interface Moving {
  id: string;
  ticks: bigint;
  /** It is under the pointer: who lets go moves it. */
  held: boolean;
  /** The question is to have the focus. */
  asked: boolean;
}

/** The lines of alerts that wait, and the elements by which they are moved and removed. */
export function AlertHandles({ tools, chart, places: orders }: OverChart) {
  const t = useTranslations("desk.alerts");
  const { listing, texts } = useRoom();
  const { data } = usePriceAlerts();
  const waiting = useMemo(() => waitingIn(data, listing.market), [data, listing.market]);
  const [places] = useState(() => new HandlePlaces());
  useEffect(() => {
    const lines: AlertLine[] = waiting.map(({ id, price }) => ({
      id,
      value: drawnAt(priceToTicks(price, listing), listing),
      words: t("line", { price: texts.wirePrice(price) }),
    }));
    return drawAlerts(tools.chart, lines, places, orders);
  }, [tools, waiting, places, orders, listing, texts, t]);
  return waiting.length > 0 && <Handles alerts={waiting} places={places} chart={chart} />;
}

export function Handles({
  alerts,
  places,
  chart,
}: Pick<OverChart, "places" | "chart"> & { alerts: readonly PriceAlertView[] }) {
  const t = useTranslations("desk.alerts");
  const words = useTranslations("alerts");
  const { listing, texts } = useRoom();
  const acts = useAlertActs();
  const [moving, move] = useState<Moving | null>(null);
  const moved = alerts.find(({ id }) => id === moving?.id);
  const ticks = moved && moving?.ticks;
  useEffect(() => {
    chart.current?.showGhost(ticks === undefined ? null : { ticks, text: texts.price(ticks) });
  }, [chart, ticks, texts]);
  useEffect(() => () => chart.current?.showGhost(null), [chart]);
  const goOnAt = useFocusOnceThere(alerts);
  const send = async (alert: PriceAlertView, to: bigint) => {
    move({ id: alert.id, ticks: to, held: true, asked: false });
    const id = await acts.move(alert, to);
    goOnAt(id);
    move(null);
  };
  return (
    <>
      <LineHandles label={t("lines")}>
        {alerts.map((alert) => {
          const { id } = alert;
          const from = priceToTicks(alert.price, listing);
          const price = texts.wirePrice(alert.price);
          return (
            <LineHandle
              key={id}
              id={id}
              label={t("line", { price })}
              from={from}
              ticks={moving?.id === id ? moving.ticks : from}
              movable={!acts.busy}
              market={listing}
              price={texts.price}
              places={places}
              chart={chart}
              onMove={(to, held) => move({ id, ticks: to, held, asked: false })}
              onDrop={(to) => void send(alert, to)}
              onAsk={(to, asked) => move({ id, ticks: to, held: false, asked })}
              onLeave={() => move(null)}
              crossLabel={words("removeOf", { market: `${listing.base}/${listing.quote}`, price })}
              onCross={() => void acts.remove(alert)}
            />
          );
        })}
      </LineHandles>
      {moving && moved && !moving.held && (
        <Question moving={moving} alert={moved} acts={acts} onMove={move} onSend={send} />
      )}
    </>
  );
}

/** Puts the focus on a line as soon as it is there, unless something else has got it meanwhile. */
function useFocusOnceThere(alerts: readonly PriceAlertView[]): (id: string) => void {
  const due = useRef<string | null>(null);
  useEffect(() => {
    const line = due.current;
    if (line === null || !alerts.some(({ id }) => id === line)) return;
    due.current = null;
    if (document.activeElement === document.body) focusLine(line);
  });
  return (id) => {
    due.current = id;
  };
}

/** Asks whether an alert goes where it was moved by keys or steps, and offers to remove it. */
function Question({
  moving,
  alert,
  acts,
  onMove,
  onSend,
}: {
  moving: Moving;
  alert: PriceAlertView;
  acts: AlertActs;
  onMove: (moving: Moving | null) => void;
  onSend: (alert: PriceAlertView, ticks: bigint) => Promise<void>;
}) {
  const t = useTranslations("desk.alerts");
  const words = useTranslations("alerts");
  const { listing, texts } = useRoom();
  const last = useLastPrice();
  const { ticks } = moving;
  const from = priceToTicks(alert.price, listing);
  const direction = directionTo(ticks, last);
  const leave = () => {
    onMove(null);
    focusLine(alert.id);
  };
  return (
    <MovePanel
      title={t("move")}
      ticks={ticks}
      stands={last !== null && from < last ? "below" : "above"}
      held={false}
      asked={moving.asked}
      fault={ticks !== from && direction === null ? words("there") : null}
      besides={
        <Button size={32} look="quiet" disabled={acts.busy} onClick={() => void acts.remove(alert)}>
          {words("remove")}
        </Button>
      }
      back={t("back")}
      confirm={t("confirm")}
      busy={acts.busy}
      changes={ticks !== from}
      onStep={(by) =>
        onMove({ ...moving, ticks: steppedOn({ step: listing.priceIncrement }, ticks, by), asked: false })
      }
      onLeave={leave}
      onConfirm={() => void onSend(alert, ticks)}
    >
      {direction && (
        <p>{words(direction === "at_or_above" ? "above" : "below", { price: texts.price(ticks) })}</p>
      )}
    </MovePanel>
  );
}
