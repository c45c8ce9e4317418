"use client";

import { useTranslations } from "next-intl";
import { useStore } from "zustand";
import { Live } from "../LiveText";
import { useRoom } from "../MarketRoom";
import { useAuctionValues } from "./auctionValues";
import { Countdown } from "./Countdown";
import styles from "./Phase.module.css";

/** The auction in few figures, where a phone's ticket has the levels of an open book. */
export function AuctionBeside() {
  const t = useTranslations("trade.phase");
  const { feed } = useRoom();
  const values = useAuctionValues();
  const endsAt = useStore(feed, (state) => state.rules?.auction_ends_at ?? null);
  return (
    <dl className={styles.beside}>
      <div className={styles.lead}>
        <dt>{t("indicative")}</dt>
        <dd>
          <Live feed={feed} read={values.price} className="figure" />
        </dd>
      </div>
      <div>
        <dt>{t("wouldTrade")}</dt>
        <dd>
          <Live feed={feed} read={values.volume} dir="auto" />
        </dd>
      </div>
      <div>
        <dt>{t("surplus")}</dt>
        <dd>
          <Live feed={feed} read={values.surplus} dir="auto" className={styles.toned ?? ""} />
        </dd>
      </div>
      {endsAt !== null && (
        <div>
          <dt>{t("endsIn")}</dt>
          <dd>
            <Countdown endsAt={endsAt} />
          </dd>
        </div>
      )}
    </dl>
  );
}
