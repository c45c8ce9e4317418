"use client";

import { useTranslations } from "next-intl";
import { StateDot } from "@/components/Chip";
import { Unknown } from "@/components/Figures";
import { Skeleton } from "@/components/States";
import { Link } from "@/i18n/Link";
import { useFormat } from "@/providers/format";
import { sumOf } from "@/providers/market/change";
import { type Listing, VALUE_ASSET } from "@/providers/market/markets";
import { tickerBoard, useTickers } from "@/providers/market/tickers";
import { useStreamStatus } from "@/providers/streamStatus";
import styles from "./TrustStrip.module.css";

/** Figures that anybody can check: what was traded, how many markets, and whether all works. */
export function TrustStrip({ listings }: { listings: readonly Listing[] | null }) {
  const t = useTranslations("home");
  const format = useFormat();
  const tickers = useTickers();
  const usdc = listings?.filter((listing) => listing.quote === VALUE_ASSET) ?? [];
  const volumes = usdc.flatMap((listing) => tickerBoard.get(listing.market)?.quote_volume_24h ?? []);
  const trading = listings?.filter((listing) => listing.status === "open").length ?? 0;
  const halted = (listings?.length ?? 0) - trading;
  return (
    <section className={styles.strip} aria-label={t("trust")}>
      <p>
        {t("traded")}{" "}
        <strong className="figure">
          {volumes.length > 0 ? (
            format.compact(sumOf(volumes))
          ) : tickers.isError ? (
            <Unknown />
          ) : (
            <Skeleton width={4} line={12} />
          )}
        </strong>{" "}
        <strong>USDC</strong>
      </p>
      <p>
        {t("marketsCount")}{" "}
        <strong>{listings ? t("trading", { count: trading }) : <Skeleton width={4} line={12} />}</strong>{" "}
        {halted > 0 && t("halted", { count: halted })}
      </p>
      <p className={styles.wide}>
        {t("creatorsCount")}{" "}
        <strong className="figure">
          {listings ? format.count(listings.filter((listing) => listing.creator).length) : <Unknown />}
        </strong>
      </p>
      <SystemState answered={listings !== null} failed={tickers.isError} />
    </section>
  );
}

/** From what the page has asked anyway: whether the API answered, and whether the socket speaks. */
function SystemState({ answered, failed }: { answered: boolean; failed: boolean }) {
  const t = useTranslations("home");
  const state = useStreamStatus()?.state ?? "connecting";
  const quiet = state === "reconnecting" || state === "offline";
  const known = answered && state !== "connecting";
  const tone = failed ? "danger" : quiet ? "warn" : known ? "good" : "off";
  const words = failed ? "systemDown" : quiet ? "systemQuiet" : known ? "systemGood" : "systemChecking";
  return (
    <Link href="/status" className={styles.state}>
      <StateDot tone={tone}>{t(words)}</StateDot>
    </Link>
  );
}
