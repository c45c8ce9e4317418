"use client";

import { type AmendQuote, steppedOn } from "@cse/client";
import { Minus, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { Button, IconButton } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { type Moving, move, useMoving } from "@/features/chart/moving";
import { amendEstimate, useAmend } from "@/features/own/useAmend";
import { useLateWords } from "@/i18n/useLateWords";
import { Words } from "@/i18n/Words";
import { useErrorWords } from "@/providers/errorWords";
import { isClosed, type TrackedOrder } from "@/providers/own/orderState";
import { useOwn } from "@/providers/own/own";
import { refusalError } from "@/providers/own/refusal";
import { useFollowedBook } from "../feed/useFollowed";
import { useRoom } from "../MarketRoom";
import styles from "./AmendPanel.module.css";
import { lastTicks, movedTo, ticksOf } from "./movedTo";

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
  const trade = useTranslations("trade");
  const { listing, texts, feed } = useRoom();
  const amend = useAmend();
  const book = useFollowedBook(feed, FOLLOW_MS);
  const last = useStore(feed, (state) => lastTicks(state.ticker?.last_price, listing));
  const [busy, setBusy] = useState(false);
  const yes = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (moving.asked) yes.current?.focus();
  }, [moving.asked]);

  const { ticks } = moving;
  const change = movedTo(tracked, ticks);
  const quote = amendEstimate(tracked, change, { market: listing, book, last });
  const fault = useFault(quote);
  const at = ticksOf(tracked, listing);
  const stands = at !== null && last !== null && at < last ? "below" : "above";
  const leave = () => {
    move(null);
    document.querySelector<HTMLElement>(`[data-order="${CSS.escape(moving.key)}"]`)?.focus();
  };
  const send = async () => {
    setBusy(true);
    await amend(tracked, change, listing);
    leave();
  };
  const step = (by: 1 | -1) =>
    move({
      ...moving,
      ticks: steppedOn({ step: listing.priceIncrement }, ticks, by),
      held: false,
      asked: false,
    });

  return (
    <section
      className={styles.panel}
      data-stands={stands}
      data-held={moving.held || undefined}
      aria-label={t("title")}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        leave();
      }}
    >
      <div className={styles.price}>
        <span>{t("title")}</span>
        <IconButton size={28} label={trade("ticket.priceDown")} onClick={() => step(-1)}>
          <Icon of={Minus} size={14} />
        </IconButton>
        <strong className="figure">{texts.price(ticks)}</strong>
        <IconButton size={28} label={trade("ticket.priceUp")} onClick={() => step(1)}>
          <Icon of={Plus} size={14} />
        </IconButton>
      </div>
      {quote && <Effects quote={quote} buy={tracked.order?.side === "buy"} />}
      <p className={styles.fault} role="status">
        {fault}
      </p>
      <div className={styles.actions}>
        <Button size={32} onClick={leave}>
          {t("back")}
        </Button>
        <Button
          ref={yes}
          size={32}
          look="primary"
          busy={busy}
          disabled={!quote?.changes || fault !== null}
          className={styles.yes}
          onClick={() => void send()}
        >
          {t("confirm")}
        </Button>
      </div>
    </section>
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
