"use client";

import { Clock, Pause } from "lucide-react";
import { useTranslations } from "next-intl";
import { useStore } from "zustand";
import { Icon } from "@/components/Icon";
import { useBarValues } from "../bar/barValues";
import type { FeedState } from "../feed/marketFeed";
import { Live, type LiveValue } from "../LiveText";
import { useRoom } from "../MarketRoom";
import { useAuctionValues } from "./auctionValues";
import { Countdown } from "./Countdown";
import styles from "./Phase.module.css";
import { isAuction, type Phase } from "./phase";
import { usePhase } from "./usePhase";
import { usePhaseWords } from "./usePhaseWords";

/** Under the market's bar while it is not simply trading: what goes on, why, and what ends it. */
export function PhaseBanner({ phone = false }: { phone?: boolean }) {
  const phase = usePhase();
  return phase === "open" ? null : <Banner phase={phase} phone={phone} />;
}

function Banner({ phase, phone }: { phase: Exclude<Phase, "open">; phone: boolean }) {
  const t = useTranslations("trade.phase");
  const { title, text, begins } = usePhaseWords(phase);
  const end = useEnd();
  const endless = phase === "auction" && end === null;
  return (
    <section role="status" className={phone ? styles.phone : styles.banner} data-phase={phase}>
      <Icon of={isAuction(phase) ? Clock : Pause} size={20} />
      <div className={styles.words}>
        <strong>{title}</strong>{" "}
        <span>
          {text}
          {endless && ` ${t("endsByExchange")}`}
          {begins && ` ${begins}`}
        </span>
      </div>
      {phone
        ? isAuction(phase) && <Figures end={end ?? null} />
        : end && (
            <p className={styles.end}>
              {t("endsIn")} <Countdown endsAt={end} className={styles.countdown} />
            </p>
          )}
    </section>
  );
}

/** When the auction ends; null where the exchange ends it, undefined while that is not known. */
function useEnd(): string | null | undefined {
  const { feed } = useRoom();
  return useStore(feed, ({ rules }) => rules?.auction_ends_at);
}

/** On a phone, where the bar has no room for them. */
function Figures({ end }: { end: string | null }) {
  const t = useTranslations("trade.phase");
  const auction = useAuctionValues();
  const { last } = useBarValues();
  return (
    <dl className={styles.figures}>
      {end && (
        <div>
          <dt>{t("endsIn")}</dt>
          <dd>
            <Countdown endsAt={end} />
          </dd>
        </div>
      )}
      <Figure label={t("wouldTrade")} read={auction.volume} />
      <Figure label={t("surplus")} read={auction.surplus} />
      <Figure label={t("last")} read={last} plain />
    </dl>
  );
}

function Figure({
  label,
  read,
  plain = false,
}: {
  label: string;
  read: (state: FeedState) => LiveValue;
  plain?: boolean;
}) {
  const { feed } = useRoom();
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <Live feed={feed} read={read} dir="auto" {...(!plain && { className: styles.toned })} />
      </dd>
    </div>
  );
}
