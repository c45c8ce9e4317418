"use client";

import { ChevronDown, Star } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { useStore } from "zustand";
import { useCommitCount } from "@/canvas/counts";
import { IconButton } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { Cover } from "@/components/Cover";
import { classes } from "@/components/classes";
import { Icon } from "@/components/Icon";
import { usePreferences } from "@/providers/preferences";
import type { FeedState } from "../feed/marketFeed";
import { Live, type LiveValue } from "../LiveText";
import { useRoom } from "../MarketRoom";
import { useBarValues } from "./barValues";
import { FeedDot } from "./FeedDot";
import styles from "./MarketBar.module.css";
import { MarketSwitcher } from "./MarketSwitcher";

/** The market at a glance: who it is, what it last traded at, and how the feed is. */
export function MarketBar({ phone }: { phone: boolean }) {
  useCommitCount("bar");
  const t = useTranslations("trade.bar");
  const { listing, feed, age } = useRoom();
  const values = useBarValues();
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
      <h1 className="quiet">
        {t("title", { pair: `${listing.base}/${listing.quote}`, name: listing.name })}
      </h1>
      <div className={styles.prices}>
        <Live feed={feed} read={values.last} className={classes(styles.last, "figure")} />
        <span className={styles.change}>
          <Live feed={feed} read={values.change} className={classes(styles.changeText, "figure")} />
        </span>
      </div>
      {!phone && (
        <>
          <dl className={styles.stats}>
            <Stat label={t("high")} read={values.high} />
            <Stat label={t("low")} read={values.low} />
            <Stat label={t("volume")} read={values.volume} />
            <Stat label={t("spread")} read={values.spread} />
          </dl>
          <span className={styles.space} />
          <div className={styles.states}>
            {listing.demo && <Badge tone="outline">{t("demo")}</Badge>}
            <Badge tone={listing.status === "open" ? "plain" : "warn"}>{t(`status.${listing.status}`)}</Badge>
            <FeedDot />
          </div>
        </>
      )}
    </header>
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

function Stat({ label, read }: { label: string; read: (state: FeedState) => LiveValue }) {
  const { feed } = useRoom();
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <Live feed={feed} read={read} dir="auto" />
      </dd>
    </div>
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
