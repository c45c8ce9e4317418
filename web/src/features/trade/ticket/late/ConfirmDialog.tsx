"use client";

import {
  type DraftList,
  type DraftOrder,
  divideToNearest,
  formatNumber,
  isLimitType,
  isTrigger,
  parseInput,
  twiceMeasure,
} from "@cse/client";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { useStore } from "zustand";
import { Button } from "@/components/Button";
import { Checkbox } from "@/components/Choice";
import { Cover } from "@/components/Cover";
import { classes } from "@/components/classes";
import { Dialog } from "@/components/Dialog";
import { TextField } from "@/components/Field";
import { useFormat } from "@/providers/format";
import { usePreferences } from "@/providers/kept/preferences";
import { availableOf } from "@/providers/own/available";
import { useOwn } from "@/providers/own/own";
import { useLastPrice } from "../../feed/lastPrice";
import { useRoom } from "../../MarketRoom";
import { useIndicative } from "../../phase/usePhase";
import { AccountMark } from "../AccountMark";
import { AuctionLines } from "../AuctionLines";
import { Lines } from "../EstimateLines";
import { type GuardReason, guard } from "../guards";
import { quoted } from "../quoted";
import styles from "../Ticket.module.css";
import { useOrderSentence } from "../useOrderSentence";
import type { Asked } from "../useSubmit";
import { useWaitingSentence } from "./useWaitingSentence";
import { WaitingLines } from "./WaitingLines";

const PERCENT_PPM = 10_000n;

/** The order once more, exactly as it will be sent, and what is unusual about it. */
export function ConfirmDialog({
  asked,
  onBack,
  onConfirm,
}: {
  asked: Asked;
  onBack: () => void;
  onConfirm: () => void;
}) {
  const t = useTranslations("ordering.confirm");
  const { listing, texts } = useRoom();
  const { order, list } = asked;
  const { estimate, decision, last, measure } = useLiveDecision(asked);
  const { distancePpm } = estimate.guards;
  const { numberLocale } = useFormat();
  const plain = useOrderSentence();
  const waiting = useWaitingSentence();
  const linked = list !== null || isTrigger(order.type);
  const sentence = linked ? waiting(order, list) : plain(order, true);
  const terms = useTerms();
  const set = usePreferences((state) => state.set);
  const [never, setNever] = useState(false);
  const [typed, setTyped] = useState("");
  const auction = listing.status === "auction";
  const percent = useNumberToType(estimate.guards.typePpm);
  const parsed = parseInput(typed, numberLocale, 0);
  const typedRight = percent === null || (parsed.ok && parsed.units === percent);
  const unusual = decision.reasons.length > 0;
  const confirm = () => {
    if (never) set(isLimitType(order.type) ? { confirmLimit: false } : { confirmMarket: false });
    onConfirm();
  };
  return (
    <Dialog
      open
      onClose={onBack}
      title={useTitle(decision.reasons[0] ?? null, distancePpm)}
      actions={
        <>
          <Button onClick={onBack}>{t(unusual ? "change" : "back")}</Button>
          <Button look={order.side} disabled={!typedRight} onClick={confirm} className={styles.grow}>
            {unusual ? sentence : t(order.side === "buy" ? "buy" : "sell", { asset: listing.base })}
          </Button>
        </>
      }
    >
      <div className={styles.confirm}>
        {decision.reasons.map((reason) => (
          <p key={reason} className={styles.reason}>
            {t(`reasons.${reason}`)}
          </p>
        ))}
        <div className={styles.what}>
          <Cover id={listing.base} name={listing.name} src={listing.cover} size={40} />
          <div>
            <p className={styles.whatTitle}>
              <span className={order.side === "buy" ? styles.up : styles.down}>
                {t(order.side === "buy" ? "sideBuy" : "sideSell")}
              </span>{" "}
              <bdi className="figure">
                {order.quantity === undefined
                  ? t("for", { amount: `${texts.quote(order.quoteAmount ?? 0n)} ${listing.quote}` })
                  : `${texts.quantity(order.quantity)} ${listing.base}`}
              </bdi>
            </p>
            <p className={styles.whatTerms}>
              {linked && (
                <>
                  {sentence}
                  <br />
                </>
              )}
              {list === null && terms(order)}
            </p>
            {list && <EachOrder list={list} terms={terms} />}
            <AccountMark />
          </div>
        </div>
        {measure !== null && decision.reasons.some(isFar) && <Measure order={order} twice={measure} />}
        {isTrigger(order.type) ? (
          <WaitingLines
            order={order}
            estimate={estimate}
            complete
            last={last}
            known={estimate.balanceAfter !== null}
          />
        ) : auction ? (
          <AuctionLines order={order} estimate={estimate} complete known={estimate.balanceAfter !== null} />
        ) : (
          <Lines reading={{ order }} estimate={estimate} complete known={estimate.balanceAfter !== null} />
        )}
        {percent !== null && (
          <TextField
            label={t("type", { number: formatNumber(percent, 0, numberLocale) })}
            value={typed}
            inputMode="decimal"
            autoComplete="off"
            dir="ltr"
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
        {!unusual && (
          <Checkbox checked={never} onValue={setNever}>
            {t(isLimitType(order.type) ? "neverLimit" : "neverMarket")}
          </Checkbox>
        )}
      </div>
    </Dialog>
  );
}

/** Every order that will be sent, with its own terms; exits are as large as what was bought by then. */
function EachOrder({ list, terms }: { list: DraftList; terms: (order: DraftOrder) => string }) {
  const plain = useOrderSentence();
  const waiting = useWaitingSentence();
  const entry = list.orders[0]?.quantity;
  return (
    <ol className={styles.each}>
      {list.orders.map((order, at) => {
        const whole = order.quantity === undefined ? { ...order, quantity: entry } : order;
        return (
          <li key={at}>
            {isTrigger(order.type) ? waiting(whole, null) : plain(whole, true)}
            <span>{terms(order)}</span>
          </li>
        );
      })}
    </ol>
  );
}

/** The estimate of the very same order on the book as it is now: it may grow unusual while it waits. */
function useLiveDecision({ order, list, decision }: Asked) {
  const { listing, feed, age } = useRoom();
  const book = useStore(feed, (state) => state.book);
  const balances = useOwn((state) => state.balances);
  const last = useLastPrice();
  const indicative = useIndicative();
  const stale = useStore(age, (state) => state.freshness === "stale");
  return useMemo(() => {
    const available = availableOf(balances, listing);
    const estimate = quoted({ order, list }, { book, market: listing, available, last, indicative });
    const live = guard({
      guards: estimate.guards,
      auction: listing.status === "auction",
      stale,
      confirms: decision.ask,
    });
    const measure = twiceMeasure(book, listing, last, indicative);
    return { estimate, decision: live, last, measure };
  }, [order, list, decision, book, balances, listing, stale, last, indicative]);
}

/** Limit, how long it stands and what else was chosen, in one line. */
function useTerms(): (order: DraftOrder) => string {
  const t = useTranslations("ordering.confirm");
  const chosen = useTranslations("ordering");
  const { texts } = useRoom();
  const format = useFormat();
  return (order) => {
    const until = order.expiresAt ? format.dateTime(order.expiresAt) : "";
    const time = t(`times.${order.timeInForce ?? "gtc"}`, { until });
    const price = order.price === undefined ? null : texts.price(order.price);
    const said = [
      order.type === "limit"
        ? t("limitTerms", { price: price ?? "", time })
        : order.type === "market"
          ? t("marketTerms")
          : t("standsTerms", { time }),
    ];
    if (!isLimitType(order.type) && price !== null) {
      said.push(`${chosen(order.side === "buy" ? "field.worstBuy" : "field.worstSell")} ${price}`);
    }
    if (order.postOnly) said.push(t("postOnly"));
    if (order.displayQuantity !== undefined) {
      said.push(`${chosen("field.shown")} ${texts.quantity(order.displayQuantity)}`);
    }
    if (order.selfTrade !== undefined && order.selfTrade !== "none") {
      said.push(`${chosen("field.selfTrade")}: ${chosen(`selfTrade.${order.selfTrade}`)}`);
    }
    return said.join(" · ");
  };
}

/** Whole percent to be typed. It stays what it was at first: nobody can type what moves. */
function useNumberToType(ppm: bigint | null): bigint | null {
  const [first, setFirst] = useState(ppm);
  if (first === null && ppm !== null) setFirst(ppm);
  return first === null ? null : divideToNearest(first, PERCENT_PPM);
}

function useTitle(reason: GuardReason | null, distancePpm: bigint | null): string {
  const t = useTranslations("ordering.confirm");
  const { texts } = useRoom();
  if (reason === null) return t("title");
  if (reason !== "far_from_middle" && reason !== "far_from_indicative") return t(`titles.${reason}`);
  if (distancePpm === null) return t("title");
  const percent = texts.percent(distancePpm < 0n ? -distancePpm : distancePpm).replace(/^\+/, "");
  const side = distancePpm > 0n ? "above" : "below";
  return t(reason === "far_from_middle" ? `titles.${side}` : `titles.${side}Indicative`, { percent });
}

function isFar(reason: GuardReason): boolean {
  return reason === "far_from_middle" || reason === "far_from_indicative";
}

/** The price from which the limit is far, beside the limit. */
function Measure({ order, twice }: { order: Asked["order"]; twice: bigint }) {
  const t = useTranslations("ordering.confirm");
  const { listing, texts } = useRoom();
  const indicated = useIndicative() !== null;
  const label = listing.status !== "auction" ? "middle" : indicated ? "indicative" : "last";
  return (
    <dl className={classes(styles.lines, styles.middleLines)}>
      <div className={styles.line}>
        <dt>{t(label)}</dt>
        <dd>
          <span className="figure">{texts.price(twice / 2n)}</span>
          <span className={styles.quietUnit}>{listing.quote}</span>
        </dd>
      </div>
      <div className={styles.line}>
        <dt>{t("yourLimit")}</dt>
        <dd>
          <span className={classes("figure", styles.strong)}>{texts.price(order.price ?? 0n)}</span>
          <span className={styles.quietUnit}>{listing.quote}</span>
        </dd>
      </div>
    </dl>
  );
}
