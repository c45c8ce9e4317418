"use client";

import { usePathname, useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useEffect } from "react";
import { Cover } from "@/components/Cover";
import { useAtRest } from "@/components/late";
import { Empty, ErrorState } from "@/components/States";
import { usePhone } from "@/components/usePhone";
import { useTradeHref } from "@/features/shell/places";
import { Link } from "@/i18n/Link";
import { usePreferences } from "@/providers/kept/preferences";
import { type Listings, useListings } from "@/providers/market/markets";
import { DeskRoom } from "./DeskRoom";
import { Desktop } from "./Desktop";
import { MarketRoom } from "./MarketRoom";
import { Phone } from "./Phone";
import { nearestMarkets, pairFromPath } from "./pair";
import styles from "./Trade.module.css";
import { TradeSkeleton } from "./TradeSkeleton";

/**
 * The trade page of whatever market the path names. The page is one shell for all markets, so the path is
 * read after hydration; before that stands a skeleton of the final size.
 */
export function Trade() {
  const path = usePathname();
  const phone = usePhone();
  useAtRest();
  if (phone === null) return <TradeSkeleton />;
  // Behind the gateway's rewrite the router may still name the shell.
  const pair = pairFromPath(path) ?? pairFromPath(window.location.pathname);
  return <ListedMarket pair={pair} phone={phone} />;
}

function ListedMarket({ pair, phone }: { pair: string | null; phone: boolean }) {
  const t = useTranslations("trade");
  const { data, error, refetch } = useListings();
  const setPreferences = usePreferences((state) => state.set);
  const listing = pair === null ? undefined : data?.byMarket.get(pair);
  useEffect(() => {
    if (listing) setPreferences({ lastMarket: listing.market });
  }, [listing, setPreferences]);
  if (pair === null) return <ToFirstMarket />;
  if (listing) {
    return (
      <DeskRoom>
        <MarketRoom key={listing.market} listing={listing}>
          {phone ? <Phone /> : <Desktop />}
        </MarketRoom>
      </DeskRoom>
    );
  }
  if (data) return <UnknownPair asked={pair} listings={data} />;
  if (error) {
    return (
      <div className={styles.alone}>
        <h1 className="quiet">{t("title")}</h1>
        <ErrorState
          title={t("failed")}
          error={error}
          money={t("failedMoney")}
          onRetry={() => void refetch()}
        />
      </div>
    );
  }
  return <TradeSkeleton />;
}

/** The shell without a market leads to the one that was looked at last, or to the first. */
function ToFirstMarket() {
  const router = useRouter();
  const locale = useLocale();
  const href = useTradeHref();
  useEffect(() => {
    router.replace(`/${locale}${href}`);
  }, [router, locale, href]);
  return <TradeSkeleton />;
}

function UnknownPair({ asked, listings }: { asked: string; listings: Listings }) {
  const t = useTranslations("trade.unknown");
  const nearest = nearestMarkets(
    asked,
    listings.all.map((listing) => listing.market),
    3,
  );
  return (
    <div className={styles.alone}>
      <h1 className="quiet">{t("title", { pair: asked.slice(0, 40) })}</h1>
      <Empty
        drawing="search"
        title={t("title", { pair: asked.slice(0, 40) })}
        action={
          <Link href="/markets" className={styles.textLink}>
            {t("all")}
          </Link>
        }
      >
        {nearest.length > 0 ? t("nearest") : t("none")}
      </Empty>
      <ul className={styles.nearest}>
        {nearest.map((market) => {
          const listing = listings.byMarket.get(market);
          return (
            listing && (
              <li key={market}>
                <Link href={`/trade/${market}`} className={styles.near}>
                  <Cover id={listing.base} name={listing.name} src={listing.cover} size={28} />
                  <bdi>{market.replace("-", "/")}</bdi>
                  <bdi className={styles.nearName}>{listing.name}</bdi>
                </Link>
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}
