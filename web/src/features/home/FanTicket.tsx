"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Button } from "@/components/Button";
import { Cover } from "@/components/Cover";
import { classes } from "@/components/classes";
import { FieldNote } from "@/components/Field";
import { Unknown } from "@/components/Figures";
import { Ranges, Tabs } from "@/components/Tabs";
import { Link } from "@/i18n/Link";
import { useBook } from "@/providers/book";
import { useFormat } from "@/providers/format";
import type { Listing } from "@/providers/markets";
import { availableOf } from "@/providers/own/available";
import { useOwn } from "@/providers/own/own";
import { useSession } from "@/providers/session";
import styles from "./FanTicket.module.css";
import { estimate, type FanSide, keepFanDraft } from "./fanDraft";
import { RiskLine } from "./RiskLine";

const AMOUNTS = ["25", "50", "100", "250"] as const;

/**
 * What an amount buys now, fee included; from the same quote as the whole ticket. It sends nothing: the
 * order is reviewed on the trade page, where the amount is waiting.
 */
export function FanTicket({ listing }: { listing: Listing | null }) {
  const t = useTranslations("home");
  const format = useFormat();
  const locale = useLocale();
  const router = useRouter();
  const session = useSession((state) => state.state);
  const [side, setSide] = useState<FanSide>("buy");
  const [amount, setAmount] = useState("50");
  const book = useBook(listing);
  const field = useId();
  const balances = useOwn((state) => state.balances);
  const available = listing ? availableOf(balances, listing) : null;
  const result = listing ? estimate(amount, side, listing, book, format.numberLocale, available) : null;
  const known = result?.quote ?? null;
  const symbol = listing?.base ?? "";
  const paid = side === "buy" ? (listing?.quote ?? "USDC") : symbol;
  const got = side === "buy" ? symbol : (listing?.quote ?? "USDC");
  const problem = result?.problem ?? null;
  const free = {
    available:
      side === "buy"
        ? format.amount(available?.quote, listing?.quoteDecimals ?? 0)
        : format.amount(available?.base, listing?.baseDecimals ?? 0, listing?.lotDecimals),
    asset: paid,
  };

  /** To the cent, upwards: what is shown is never less than what is paid. */
  function feeText(units: bigint, decimals: number): string {
    const cent = 10n ** BigInt(Math.max(0, decimals - 2));
    return units < cent ? format.units(units, decimals) : format.units((units + cent - 1n) / cent, 2);
  }

  async function go() {
    if (!listing) return;
    await keepFanDraft(listing.market, side, amount);
    const target = `/trade/${listing.market}`;
    router.push(
      session === "user" ? `/${locale}${target}` : `/${locale}/sign-up?to=${encodeURIComponent(target)}`,
    );
  }

  const gets = known
    ? side === "buy"
      ? format.units(known.filled * (listing?.lotSize ?? 1n), listing?.lotDecimals ?? 0)
      : format.units(known.total, listing?.quoteDecimals ?? 0)
    : null;

  return (
    <section className={styles.ticket} aria-label={t("calculator")}>
      <div className={styles.top}>
        <Tabs
          label={t("side")}
          tone="text"
          size={14}
          value={side}
          onValue={(next) => {
            setSide(next);
            setAmount(next === "buy" ? "50" : "1000");
          }}
          tabs={[
            { key: "buy", label: t("buy") },
            { key: "sell", label: t("sell") },
          ]}
        />
        <Link href={listing ? `/trade/${listing.market}` : "/markets"} className={styles.pro}>
          {t("fullTicket")}
        </Link>
      </div>
      <div className={classes(styles.box, problem && styles.wrong)}>
        <div className={styles.line}>
          <label htmlFor={field}>{side === "buy" ? t("youPay") : t("youSell")}</label>
          {side === "buy" && (
            <Ranges
              label={t("amounts")}
              value={AMOUNTS.find((known) => known === amount) ?? null}
              onValue={setAmount}
              options={AMOUNTS.map((key) => ({ key, label: <span className="figure">{key}</span> }))}
            />
          )}
        </div>
        <div className={styles.line}>
          <input
            id={field}
            className={classes(styles.amount, "figure")}
            inputMode="decimal"
            autoComplete="off"
            dir="ltr"
            value={amount}
            maxLength={24}
            onChange={(event) => setAmount(event.target.value)}
            aria-invalid={problem ? true : undefined}
            aria-describedby={`${field}-note`}
          />
          <span className={styles.unit}>{paid}</span>
        </div>
      </div>
      <output className={classes(styles.box, styles.result)} htmlFor={field}>
        <span className={styles.label}>{t("youGet")}</span>
        <span className={styles.line}>
          <span className={classes(styles.amount, "figure", "clip")}>{gets ?? <Unknown />}</span>
          <span className={styles.unit}>
            {listing && side === "buy" && (
              <Cover id={listing.base} name={listing.name} src={listing.cover} size={20} full />
            )}
            {got}
          </span>
        </span>
      </output>
      <div id={`${field}-note`} className={styles.note}>
        {problem ? (
          <FieldNote error={t(`problems.${problem}`, free)} />
        ) : (
          available && <FieldNote hint={t("available", free)} />
        )}
      </div>
      <dl className={styles.facts}>
        <div>
          <dt title={t("effectHint")}>{t("effect")}</dt>
          <dd className="figure">{known ? format.percent(known.priceEffectPpm) : <Unknown />}</dd>
        </div>
        <div>
          <dt>
            {listing ? t("feeIncluded", { rate: format.percent(listing.takerFeePpm, false) }) : t("fee")}
          </dt>
          <dd>
            <span className="figure">
              {known && listing ? feeText(known.fee.total, listing.quoteDecimals) : <Unknown />}
            </span>{" "}
            {listing?.quote}
          </dd>
        </div>
      </dl>
      <Button look="primary" size={44} wide disabled={!listing || problem !== null} onClick={() => void go()}>
        {session === "user"
          ? t(side === "buy" ? "reviewBuy" : "reviewSell")
          : t(side === "buy" ? "signUpToBuy" : "signUpToSell")}
      </Button>
      <RiskLine listing={listing} />
    </section>
  );
}
