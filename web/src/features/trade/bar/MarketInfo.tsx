"use client";

import { formatNumber } from "@cse/client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "@/components/Chip";
import { Cover } from "@/components/Cover";
import { useFormat } from "@/providers/format";
import { useRoom } from "../MarketRoom";
import { DayFigures } from "./MarketBar";
import styles from "./MarketInfo.module.css";

/** What the market is and by which rules it trades. */
export function MarketInfo() {
  const t = useTranslations("trade.info");
  const { listing, texts } = useRoom();
  const { numberLocale } = useFormat();
  const rate = (ppm: bigint) => `${formatNumber(ppm, 4, numberLocale, { minDecimals: 2 })} %`;
  return (
    <section aria-label={t("title")}>
      <div className={styles.who}>
        <Cover id={listing.base} name={listing.name} src={listing.cover} size={56} />
        <div>
          <h2 className={styles.name}>
            <bdi>{listing.name}</bdi> {listing.demo && <Badge tone="outline">{t("demo")}</Badge>}
          </h2>
          {listing.creator && <p className={styles.tagline}>{listing.creator.tagline}</p>}
        </div>
      </div>
      <DayFigures />
      <dl className={styles.rules}>
        <Rule label={t("tick")}>{`${texts.price(listing.priceIncrement)} ${listing.quote}`}</Rule>
        <Rule label={t("lot")}>{`${texts.quantity(listing.quantityIncrement)} ${listing.base}`}</Rule>
        <Rule label={t("minimum")}>{`${texts.quote(listing.minNotional)} ${listing.quote}`}</Rule>
        <Rule label={t("taker")}>{rate(listing.takerFeePpm)}</Rule>
        <Rule label={t("maker")}>{rate(listing.makerFeePpm)}</Rule>
        {listing.creatorSharePpm > 0n && (
          <Rule label={t("creatorPart")}>{rate(listing.creatorSharePpm)}</Rule>
        )}
      </dl>
      {listing.creator && <p className={styles.risk}>{t("risk")}</p>}
    </section>
  );
}

function Rule({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="figure">{children}</dd>
    </div>
  );
}
