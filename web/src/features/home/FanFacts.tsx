"use client";

import { useTranslations } from "next-intl";
import { Unknown } from "@/components/Figures";
import { type Format, useFormat } from "@/providers/format";
import type { Listing } from "@/providers/market/markets";
import styles from "./FanTicket.module.css";
import type { FanTicketState } from "./useFanTicket";

/** What the order does to the price, and its fee. */
export function FanFacts({ ticket, listing }: { ticket: FanTicketState; listing: Listing | null }) {
  const t = useTranslations("home");
  const format = useFormat();
  const known = ticket.estimate.quote;
  return (
    <dl className={styles.facts}>
      <div>
        <dt title={t("effectHint")}>{t("effect")}</dt>
        <dd className="figure">{known ? format.percent(known.priceEffectPpm) : <Unknown />}</dd>
      </div>
      <div>
        <dt>{listing ? t("feeIncluded", { rate: format.percent(listing.takerFeePpm, false) }) : t("fee")}</dt>
        <dd>
          <span className="figure">
            {known && listing ? feeText(format, known.fee.total, listing.quoteDecimals) : <Unknown />}
          </span>{" "}
          {listing?.quote}
        </dd>
      </div>
    </dl>
  );
}

/** To the cent, upwards: what is shown is never less than what is paid. */
function feeText(format: Format, units: bigint, decimals: number): string {
  const cent = 10n ** BigInt(Math.max(0, decimals - 2));
  return units < cent ? format.units(units, decimals) : format.units((units + cent - 1n) / cent, 2);
}
