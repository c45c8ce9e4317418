"use client";

import { useTranslations } from "next-intl";
import { Cover } from "@/components/Cover";
import { classes } from "@/components/classes";
import { Unknown } from "@/components/Figures";
import { Ranges } from "@/components/Tabs";
import { useFormat } from "@/providers/format";
import type { Listing } from "@/providers/market/markets";
import styles from "./FanTicket.module.css";
import type { FanTicketState } from "./useFanTicket";

const AMOUNTS = ["25", "50", "100", "250"] as const;

/** What is given: typed, or one of four amounts. */
export function FanAmount({ ticket, field }: { ticket: FanTicketState; field: string }) {
  const t = useTranslations("home");
  const { side, amount, write } = ticket;
  const wrong = ticket.wrong !== null;
  return (
    <div className={classes(styles.box, wrong && styles.wrong)}>
      <div className={styles.line}>
        <label htmlFor={field}>{side === "buy" ? t("youPay") : t("youSell")}</label>
        {side === "buy" && (
          <Ranges
            label={t("amounts")}
            value={AMOUNTS.find((known) => known === amount) ?? null}
            onValue={write}
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
          onChange={(event) => write(event.target.value)}
          aria-invalid={wrong || undefined}
          aria-describedby={`${field}-note`}
        />
        <span className={styles.unit}>{ticket.paid}</span>
      </div>
    </div>
  );
}

/** What comes back for it. */
export function FanResult({
  ticket: { side, got, estimate },
  field,
  listing,
}: {
  ticket: FanTicketState;
  field: string;
  listing: Listing | null;
}) {
  const t = useTranslations("home");
  const format = useFormat();
  const known = listing && estimate.quote;
  const gets =
    known &&
    (side === "buy"
      ? format.units(known.filled * listing.lotSize, listing.lotDecimals)
      : format.units(known.total, listing.quoteDecimals));
  return (
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
  );
}
