"use client";

import { Star } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useLayoutEffect, useRef } from "react";
import { Badge } from "@/components/Chip";
import { Cover } from "@/components/Cover";
import { classes } from "@/components/classes";
import { Change, directionOf, Unknown } from "@/components/Figures";
import { Icon } from "@/components/Icon";
import { Spark } from "@/components/Spark";
import { Link } from "@/i18n/Link";
import { useFormat } from "@/providers/format";
import { usePreferences } from "@/providers/kept/preferences";
import { useSpark } from "@/providers/market/candles";
import { dayChangePpm, tickerSpreadPpm } from "@/providers/market/change";
import type { Listing } from "@/providers/market/markets";
import { useTicker } from "@/providers/market/tickers";
import type { ColumnKey } from "./columns";
import styles from "./MarketTable.module.css";

/** One market; mounted while it is in or near the window, and only then kept up. */
export function MarketRow({
  listing,
  shown,
  index,
  top,
  focusable,
  onChoose,
}: {
  listing: Listing;
  shown: ReadonlySet<ColumnKey>;
  index: number;
  top: number;
  focusable: boolean;
  onChoose(index: number): void;
}) {
  const t = useTranslations("markets");
  const format = useFormat();
  const router = useRouter();
  const locale = useLocale();
  const row = useRef<HTMLDivElement>(null);
  const ticker = useTicker(listing.market);
  const spark = useSpark(listing.market);
  const toggleStar = usePreferences((state) => state.toggleStar);
  const change = dayChangePpm(ticker);
  const direction = directionOf(change);
  const path = `/trade/${listing.market}`;
  useLayoutEffect(() => row.current?.style.setProperty("transform", `translateY(${top}px)`), [top]);

  const open = () => router.push(`/${locale}${path}`);
  const cell = (key: ColumnKey, children: React.ReactNode, end = true) =>
    shown.has(key) && (
      <span role="cell" className={classes(styles[key], end && styles.end, end && "figure")}>
        {children}
      </span>
    );

  return (
    <div
      ref={row}
      role="row"
      aria-rowindex={index + 1}
      data-row={index}
      tabIndex={focusable ? 0 : -1}
      className={classes(styles.columns, styles.row, styles.placed)}
      onFocus={() => onChoose(index)}
      onClick={(event) => {
        if (!(event.target as HTMLElement).closest("a, button")) open();
      }}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget) return;
        if (event.key === "Enter") open();
        if (event.key === "s" && !event.ctrlKey && !event.metaKey && !event.altKey)
          toggleStar(listing.market);
      }}
    >
      <StarCell listing={listing} />
      <NameCell listing={listing} path={path} />
      {cell("price", ticker ? format.price(ticker.last_price, listing, "subscript") : <Unknown />)}
      {cell("change", <Change direction={direction}>{format.percent(change)}</Change>)}
      {cell(
        "spark",
        spark.values.length > 1 ? (
          <Spark values={spark.values} direction={direction} />
        ) : (
          spark.settled && <Unknown />
        ),
      )}
      {cell("volume", ticker ? format.compact(ticker.quote_volume_24h) : <Unknown />)}
      {cell("spread", format.percent(tickerSpreadPpm(ticker), false))}
      {cell("high", format.price(ticker?.high_24h, listing, "subscript"))}
      {cell("low", format.price(ticker?.low_24h, listing, "subscript"))}
      {cell("trades", ticker ? format.count(ticker.trades_24h) : <Unknown />)}
      {cell(
        "status",
        listing.status === "open" ? t("open") : <Badge tone="warn">{t(`closed.${listing.status}`)}</Badge>,
        false,
      )}
    </div>
  );
}

function StarCell({ listing }: { listing: Listing }) {
  const t = useTranslations("common");
  const starred = usePreferences((state) => state.starred.includes(listing.market));
  const toggleStar = usePreferences((state) => state.toggleStar);
  return (
    <span role="cell" className={styles.star}>
      <button
        type="button"
        tabIndex={-1}
        aria-pressed={starred}
        aria-label={t(starred ? "unstar" : "star", { name: listing.name })}
        className={styles.starButton}
        onClick={() => toggleStar(listing.market)}
      >
        <Icon of={Star} />
      </button>
    </span>
  );
}

function NameCell({ listing, path }: { listing: Listing; path: string }) {
  const t = useTranslations("common");
  return (
    <span role="cell" className={styles.name}>
      <Cover id={listing.base} name={listing.name} src={listing.cover} size={28} />
      <Link href={path} tabIndex={-1} className={styles.link}>
        <bdi className="clip">{listing.name}</bdi>
      </Link>
      <span className={styles.symbol}>{listing.base}</span>
      {listing.demo && <span className={styles.demo}>{t("demo")}</span>}
    </span>
  );
}
