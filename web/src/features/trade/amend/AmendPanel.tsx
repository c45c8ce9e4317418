"use client";

import { type AmendQuote, steppedOn } from "@cse/client";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { focusLine } from "@/features/chart/LineHandle";
import { type Moving, move, useMoving } from "@/features/chart/moving";
import { amendEstimate, useAmend } from "@/features/own/useAmend";
import { useLateWords } from "@/i18n/useLateWords";
import { Words } from "@/i18n/Words";
import { useErrorWords } from "@/providers/errorWords";
import { isClosed, type TrackedOrder } from "@/providers/own/orderState";
import { useOwn } from "@/providers/own/own";
import { refusalError } from "@/providers/own/refusal";
import { MovePanel } from "../chart/MovePanel";
import styles from "../chart/MovePanel.module.css";
import { useLastPrice } from "../feed/lastPrice";
import { useFollowedBook } from "../feed/useFollowed";
import { useRoom } from "../MarketRoom";
import { movedTo, ticksOf } from "./movedTo";

const FOLLOW_MS = 250;

/** Asks whether an order goes where it was moved on the chart, with what that would do. */
export default function AmendPanel() {
  const words = useLateWords("charting");
  const moving = useMoving((state) => state.moving);
  const tracked = useOwn((state) => (moving ? state.orders.get(moving.key) : undefined));
  const gone = moving !== null && (!tracked || isClosed(tracked));
  useEffect(() => {
    if (gone) move(null);
  }, [gone]);
  if (!words || !moving || !tracked?.order || gone) return null;
  return (
    <Words messages={words}>
      <Question moving={moving} tracked={tracked} />
    </Words>
  );
}

function Question({ moving, tracked }: { moving: Moving; tracked: TrackedOrder }) {
  const t = useTranslations("charting.amend");
  const { listing, feed } = useRoom();
  const amend = useAmend();
  const book = useFollowedBook(feed, FOLLOW_MS);
  const last = useLastPrice();
  const [busy, setBusy] = useState(false);

  const { ticks } = moving;
  const change = movedTo(tracked, ticks);
  const quote = amendEstimate(tracked, change, { market: listing, book, last });
  const fault = useFault(quote);
  const at = ticksOf(tracked, listing);
  const leave = () => {
    move(null);
    focusLine(moving.key);
  };
  const send = async () => {
    setBusy(true);
    await amend(tracked, change, listing);
    leave();
  };

  return (
    <MovePanel
      title={t("title")}
      ticks={ticks}
      stands={at !== null && last !== null && at < last ? "below" : "above"}
      held={moving.held}
      asked={moving.asked}
      fault={fault}
      back={t("back")}
      confirm={t("confirm")}
      busy={busy}
      changes={quote?.changes ?? false}
      onStep={(by) =>
        move({
          ...moving,
          ticks: steppedOn({ step: listing.priceIncrement }, ticks, by),
          held: false,
          asked: false,
        })
      }
      onLeave={leave}
      onConfirm={() => void send()}
    >
      {quote && <Effects quote={quote} buy={tracked.order?.side === "buy"} />}
    </MovePanel>
  );
}

/** What it would do: its place in the queue, what trades at once, and what it comes to. */
function Effects({ quote, buy }: { quote: AmendQuote; buy: boolean }) {
  const t = useTranslations("charting.amend");
  const words = useTranslations("trade.estimate");
  const { listing, texts } = useRoom();
  const { estimate, keepsPlace } = quote;
  const place = keepsPlace === null ? "waits" : keepsPlace ? "keeps" : "loses";
  return (
    <dl className={styles.effects}>
      <div>
        <dt>{t("place")}</dt>
        <dd>{t(place)}</dd>
      </div>
      {keepsPlace !== null && (
        <div>
          <dt>{words("fillsNow")}</dt>
          <dd>
            <span className="figure">{texts.quantity(estimate.filled)}</span> {listing.base}
          </dd>
        </div>
      )}
      <div>
        <dt>{words(buy ? "totalBuy" : "totalSell")}</dt>
        <dd>
          <span className="figure">{texts.quote(estimate.total)}</span> {listing.quote}
        </dd>
      </div>
    </dl>
  );
}

/** Why it cannot be, in words; null where it can. */
function useFault(quote: AmendQuote | null): string | null {
  const words = useErrorWords();
  const fault = quote?.problems.find((problem) => problem.severity === "error");
  return fault
    ? words(refusalError({ code: fault.code, sentence: fault.code, reference: null })).happened
    : null;
}
