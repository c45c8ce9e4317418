"use client";

import { useTranslations } from "next-intl";
import { Unknown } from "@/components/Figures";
import { Skeleton } from "@/components/States";
import { useFormat } from "@/providers/format";
import { sumOf } from "@/providers/market/change";
import type { Listing } from "@/providers/market/markets";
import { tickerBoard, useTickers } from "@/providers/market/tickers";
import styles from "./Markets.module.css";

/** The exchange in three figures, at the end of the title. */
export function Figures({
  listings,
  quote,
  failed,
}: {
  listings: readonly Listing[] | null;
  quote: string;
  failed: boolean;
}) {
  const t = useTranslations("markets");
  const format = useFormat();
  const tickers = useTickers();
  const same = listings?.filter((listing) => listing.quote === quote) ?? [];
  const volumes = same.flatMap((listing) => tickerBoard.get(listing.market)?.quote_volume_24h ?? []);
  const trades = (tickers.data ?? []).reduce((sum, ticker) => sum + ticker.trades_24h, 0);
  const open = listings?.filter((listing) => listing.status === "open").length;
  const pending = !failed && (listings === null || tickers.isPending);
  const figures = [
    { key: "volume", value: volumes.length > 0 ? format.compact(sumOf(volumes)) : null },
    { key: "trades", value: tickers.data ? format.count(trades) : null },
    { key: "open", value: open === undefined ? null : format.count(open) },
    { key: "halted", value: open === undefined ? null : format.count((listings?.length ?? 0) - open) },
  ] as const;
  return (
    <dl className={styles.figures}>
      {figures.map(({ key, value }) => (
        <div key={key}>
          <dd className="figure">{value ?? (pending ? <Skeleton width={4} line={16} /> : <Unknown />)}</dd>
          <dt>{t(`figures.${key}`, { unit: quote })}</dt>
        </div>
      ))}
    </dl>
  );
}
