"use client";

import { pairOf } from "@cse/client";
import { BellPlus, ChevronDown, Star } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useCallback } from "react";
import { useStore } from "zustand";
import { useCommitCount } from "@/canvas/counts";
import { IconButton } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { Cover } from "@/components/Cover";
import { classes } from "@/components/classes";
import { Icon } from "@/components/Icon";
import { Link } from "@/i18n/Link";
import { usePreferences } from "@/providers/kept/preferences";
import type { FeedState } from "../feed/marketFeed";
import { Live, type LiveValue } from "../LiveText";
import { useRoom } from "../MarketRoom";
import { useAuctionValues } from "../phase/auctionValues";
import { isAuction, type Phase } from "../phase/phase";
import { usePhase } from "../phase/usePhase";
import { useBarValues } from "./barValues";
import { FeedDot } from "./FeedDot";
import styles from "./MarketBar.module.css";
import { MarketSwitcher } from "./MarketSwitcher";

/** The market at a glance: who it is, what it last traded at, and how the feed is. */
export function MarketBar({ phone, aside }: { phone: boolean; aside?: ReactNode }) {
  useCommitCount("bar");
  const t = useTranslations("trade.bar");
  const { listing, age } = useRoom();
  const phase = usePhase();
  const stale = useStore(age, (state) => state.freshness === "stale");
  return (
    <header className={classes(styles.bar, phone && styles.phone)} data-stale={stale || undefined}>
      <MarketSwitcher
        button={
          <>
            <Cover id={listing.base} name={listing.name} src={listing.cover} size={28} eager />
            <span className={styles.names}>
              <span className={styles.pair}>
                <bdi>
                  {listing.base}/{listing.quote}
                </bdi>
                <Icon of={ChevronDown} size={14} />
              </span>{" "}
              <bdi className={styles.name}>{listing.name}</bdi>
            </span>
          </>
        }
      />
      <StarButton phone={phone} />
      <AlertLink phone={phone} />
      <h1 className="quiet">{t("title", { pair: pairOf(listing.market), name: listing.name })}</h1>
      {isAuction(phase) ? <IndicativePrice /> : <LastPrice />}
      {!phone && (
        <>
          {isAuction(phase) ? <AuctionStats /> : <DayStats />}
          <span className={styles.space} />
          <div className={styles.states}>
            {listing.demo && <Badge tone="outline">{t("demo")}</Badge>}
            <Status phase={phase} />
            <FeedDot />
          </div>
          {aside}
        </>
      )}
    </header>
  );
}

/** What the market lets happen, in one word; what is not usual is amber. */
function Status({ phase }: { phase: Phase }) {
  const t = useTranslations("trade.bar.status");
  return <Badge tone={phase === "open" ? "plain" : "warn"}>{t(phase)}</Badge>;
}

function LastPrice() {
  const { feed } = useRoom();
  const values = useBarValues();
  return (
    <div className={styles.prices}>
      <Live feed={feed} read={values.last} className={classes(styles.last, "figure")} />
      <span className={styles.change}>
        <Live feed={feed} read={values.change} className={classes(styles.changeText, "figure")} />
      </span>
    </div>
  );
}

/** In an auction there is no last price that counts, but one at which all would trade. */
function IndicativePrice() {
  const t = useTranslations("trade.phase");
  const { feed } = useRoom();
  const { price } = useAuctionValues();
  return (
    <div className={classes(styles.prices, styles.indicative)}>
      <Live feed={feed} read={price} className={classes(styles.last, "figure")} />
      <span>{t("indicative")}</span>
    </div>
  );
}

function DayStats() {
  const t = useTranslations("trade.bar");
  const values = useBarValues();
  return (
    <dl className={styles.stats}>
      <Stat label={t("high")} read={values.high} />
      <Stat label={t("low")} read={values.low} />
      <Stat label={t("volume")} read={values.volume} />
      <Stat label={t("spread")} read={values.spread} />
    </dl>
  );
}

function AuctionStats() {
  const t = useTranslations("trade.phase");
  const bar = useTranslations("trade.bar");
  const values = useBarValues();
  const auction = useAuctionValues();
  return (
    <dl className={styles.stats}>
      <Stat label={t("wouldTrade")} read={auction.volume} />
      <Stat label={t("surplus")} read={auction.surplus} />
      <Stat label={t("last")} read={values.last} plain />
      <Stat label={bar("volume")} read={values.volume} />
    </dl>
  );
}

/** The four figures of the day under the phone's chart, and on its Info tab. */
export function DayFigures() {
  const t = useTranslations("trade.bar");
  const values = useBarValues();
  return (
    <dl className={styles.day}>
      <Stat label={t("high")} read={values.high} />
      <Stat label={t("low")} read={values.low} />
      <Stat label={t("volume")} read={values.volume} />
      <Stat label={t("spreadShort")} read={values.spreadShort} />
    </dl>
  );
}

function Stat({
  label,
  read,
  plain = false,
}: {
  label: string;
  read: (state: FeedState) => LiveValue;
  /** Without the colour of a direction. */
  plain?: boolean;
}) {
  const { feed } = useRoom();
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <Live feed={feed} read={read} dir="auto" {...(!plain && { className: styles.toned ?? "" })} />
      </dd>
    </div>
  );
}

/** To where a price of this market is chosen that one is told of. */
function AlertLink({ phone }: { phone: boolean }) {
  const t = useTranslations("trade.bar");
  const { listing } = useRoom();
  const label = t("alert");
  return (
    <Link
      href={`/notifications?tab=alerts&market=${listing.market}`}
      className={classes(styles.alert, phone && styles.alertPhone)}
      aria-label={label}
      title={label}
    >
      <Icon of={BellPlus} size={phone ? 20 : 16} />
    </Link>
  );
}

function StarButton({ phone }: { phone: boolean }) {
  const t = useTranslations("common");
  const { listing } = useRoom();
  const starred = usePreferences((state) => state.starred.includes(listing.market));
  const toggle = usePreferences((state) => state.toggleStar);
  const onClick = useCallback(() => toggle(listing.market), [toggle, listing.market]);
  return (
    <IconButton
      size={phone ? 40 : 28}
      label={t(starred ? "unstar" : "star", { name: listing.name })}
      aria-pressed={starred}
      className={classes(styles.star, starred && styles.starred)}
      onClick={onClick}
    >
      <Icon of={Star} size={phone ? 20 : 16} />
    </IconButton>
  );
}
