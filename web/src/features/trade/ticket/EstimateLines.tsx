"use client";

import { averageDecimals, formatNumber, type Quote, UNKNOWN } from "@cse/client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { classes } from "@/components/classes";
import { useFormat } from "@/providers/format";
import { useRoom } from "../MarketRoom";
import type { DraftReading } from "./reading";
import styles from "./Ticket.module.css";

/** What of the order one estimate is about. */
interface Estimated {
  reading: Pick<DraftReading, "order">;
  estimate: Quote;
  complete: boolean;
  /** Whether the free balance is known, so that "after" can be said. */
  known: boolean;
}

/** Fills now and rests as one split bar, then what it costs. All of it comes from one quote. */
export function EstimateLines({ ticket }: { ticket: Omit<Estimated, "known"> & { available: unknown } }) {
  return (
    <Lines
      reading={ticket.reading}
      estimate={ticket.estimate}
      complete={ticket.complete}
      known={ticket.available !== null}
    />
  );
}

export function Lines({ reading, estimate, complete, known }: Estimated) {
  const t = useTranslations("trade.estimate");
  const { listing, texts } = useRoom();
  const { numberLocale } = useFormat();
  const { order } = reading;
  const buy = order.side === "buy";
  const money = (units: bigint) => (complete ? texts.quote(units) : null);
  const average =
    estimate.averagePrice === null
      ? null
      : formatNumber(estimate.averagePrice, averageDecimals(listing), numberLocale, {
          minDecimals: listing.tickDecimals,
        });
  const after = estimate.balanceAfter;
  return (
    <div className={styles.estimate}>
      <SplitBar reading={reading} estimate={estimate} complete={complete} />
      <dl className={styles.lines}>
        <Line label={t("average")} unit={listing.quote}>
          {average}
        </Line>
        <Line label={t("effect")} title={t("effectHint")}>
          {estimate.priceEffectPpm === null
            ? null
            : texts.percent(buy ? estimate.priceEffectPpm : -estimate.priceEffectPpm)}
        </Line>
        <Line label={t("fee")} unit={listing.quote} aside={<Rates />}>
          {money(estimate.fee.total)}
        </Line>
        {listing.creatorSharePpm > 0n && (
          <Line label={t("creatorPart")} unit={listing.quote} inner>
            {money(estimate.creatorFee)}
          </Line>
        )}
        <Line label={t(buy ? "totalBuy" : "totalSell")} unit={listing.quote} strong>
          {money(estimate.total)}
        </Line>
        <Line label={t("after")} unit={listing.quote} soft>
          {complete && known && after && after.quote >= 0n ? texts.quote(after.quote) : null}
        </Line>
      </dl>
    </div>
  );
}

/** Both rates of the account, beside the fee. */
export function Rates() {
  const t = useTranslations("trade.estimate");
  const { listing } = useRoom();
  const { numberLocale } = useFormat();
  const rate = (ppm: bigint) => formatNumber(ppm, 4, numberLocale, { minDecimals: 2 });
  return <>{t("rates", { taker: rate(listing.takerFeePpm), maker: rate(listing.makerFeePpm) })}</>;
}

/** How much of the order fills at once and how much rests, or is let go, in one bar. */
function SplitBar({ reading, estimate, complete }: Pick<Estimated, "reading" | "estimate" | "complete">) {
  const t = useTranslations("trade.estimate");
  const { texts } = useRoom();
  const { filled, rests, expires } = estimate;
  const whole = filled + rests + expires;
  const share = whole > 0n ? Number((filled * 1_000n) / whole) : 0;
  const lots = (count: bigint) => (complete ? texts.quantity(count) : UNKNOWN);
  return (
    <div className={styles.split}>
      <p>
        <span>
          {t("fillsNow")} <span className="figure">{lots(filled)}</span>
        </span>
        <span>
          {t(rests > 0n || expires === 0n ? "rests" : "letGo")}{" "}
          <span className="figure">{lots(rests > 0n ? rests : expires)}</span>
        </span>
      </p>
      <div
        className={styles.bar}
        data-side={reading.order.side}
        data-empty={whole === 0n || !complete || undefined}
        aria-hidden
      >
        <svg aria-hidden width="100%" height="4" preserveAspectRatio="none" viewBox="0 0 1000 4">
          <rect
            className={styles.barNow}
            width={Math.max(0, share - (share > 0 && share < 1000 ? 8 : 0))}
            height="4"
          />
          <rect className={styles.barRest} x={share} width={1000 - share} height="4" />
        </svg>
      </div>
    </div>
  );
}

export function Line({
  label,
  unit,
  title,
  aside,
  inner,
  strong,
  soft,
  children,
}: {
  label: string;
  unit?: string;
  title?: string;
  aside?: ReactNode;
  inner?: boolean;
  strong?: boolean;
  soft?: boolean;
  children: ReactNode;
}): ReactNode {
  return (
    <div className={classes(styles.line, inner && styles.inner)}>
      <dt title={title}>{label}</dt>
      <dd>
        {aside && <span className={styles.aside}>{aside}</span>}
        {children === null ? (
          <span className={styles.none}>{UNKNOWN}</span>
        ) : (
          <>
            <span className={classes("figure", strong && styles.strong, soft && styles.soft)}>
              {children}
            </span>
            {unit && <span className={styles.quietUnit}>{unit}</span>}
          </>
        )}
      </dd>
    </div>
  );
}
