"use client";

import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { Badge } from "@/components/Chip";
import { ErrorState, StaleBanner } from "@/components/States";
import { usePhone } from "@/components/usePhone";
import { compareDecimals } from "@/providers/market/change";
import { type Listing, useListings } from "@/providers/market/markets";
import { tickerBoard, useTickers } from "@/providers/market/tickers";
import { useStaleSeconds } from "@/providers/stale";
import { FanTicket } from "./FanTicket";
import { Hero } from "./Hero";
import styles from "./Home.module.css";
import { HowItWorks } from "./HowItWorks";
import { Movers } from "./Movers";
import { PhoneActions } from "./PhoneActions";
import { Trending } from "./Trending";
import { TrustStrip } from "./TrustStrip";

/** The first page: one creator, what a token costs now, and what trades beside it. */
export function Home() {
  const t = useTranslations("home");
  const listings = useListings();
  const tickers = useTickers();
  // The order is not known before the volumes are: nothing is shown that would jump a moment later.
  const settled = listings.data !== undefined && !tickers.isPending;
  const creators = useByVolume(settled ? listings.data.all : undefined);
  const featured = creators[0] ?? (settled ? (listings.data.all[0] ?? null) : null);
  const failed = listings.error;
  const phone = usePhone();
  const demo = listings.data?.all.some((listing) => listing.demo) ?? false;
  return (
    <>
      <section className={styles.statement}>
        <h1>{t("statement")}</h1>
        <p>{t("promise")}</p>
        {demo && <Badge tone="outline">{t("demo")}</Badge>}
      </section>
      <OldPrices />
      {failed && !listings.data ? (
        <div className={styles.failed}>
          <ErrorState title={t("failed")} error={failed} onRetry={() => void listings.refetch()} />
        </div>
      ) : (
        <>
          <div className={styles.hero} aria-busy={!settled}>
            <Hero listing={featured} />
            <div className={styles.ticket}>{phone !== true && <FanTicket listing={featured} />}</div>
            <PhoneActions listing={featured} />
          </div>
          <div className={styles.below}>
            <TrustStrip listings={listings.data?.all ?? null} />
            <Trending creators={creators} loading={!settled} />
          </div>
          <Movers listings={settled ? listings.data.all : []} />
        </>
      )}
      <HowItWorks />
    </>
  );
}

/** Apart, since it counts seconds: nothing else renders for that. */
function OldPrices() {
  const t = useTranslations("home");
  const seconds = useStaleSeconds();
  if (seconds === null) return null;
  return (
    <StaleBanner className={styles.stale} age={t("seconds", { seconds })}>
      {t("stale")}
    </StaleBanner>
  );
}

/** Creators' markets, the most traded first; the order is kept while prices move. */
function useByVolume(all: readonly Listing[] | undefined): readonly Listing[] {
  const minute = useSyncExternalStore(
    tickerBoard.listenToFetches,
    () => tickerBoard.fetches,
    () => 0,
  );
  return byVolume(all ?? [], minute);
}

function byVolume(all: readonly Listing[], _fetches: number): readonly Listing[] {
  const volume = (listing: Listing) => tickerBoard.get(listing.market)?.quote_volume_24h;
  return all
    .filter((listing) => listing.creator !== null)
    .sort((a, b) => compareDecimals(volume(b), volume(a)));
}
