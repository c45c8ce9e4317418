"use client";

import { parseUnits, partPpm } from "@cse/client";
import { useTranslations } from "next-intl";
import { Change, directionOf, Unknown } from "@/components/Figures";
import { rounded, worth } from "@/features/own/worth";
import { useFormat } from "@/providers/format";
import { useListings, VALUE_ASSET } from "@/providers/market/markets";
import { useTicker } from "@/providers/market/tickers";
import { usePosition } from "../../averageCost";
import { useRoom } from "../../MarketRoom";
import styles from "../Ticket.module.css";

/** What one's holding cost on average, is worth at the last price, and gained so far. */
export function HoldingLines({ held }: { held: bigint }) {
  const t = useTranslations("ordering.holding");
  const format = useFormat();
  const { listing } = useRoom();
  const position = usePosition(listing);
  const price = useTicker(listing.market)?.last_price;
  const decimals = useListings().data?.assets.get(listing.quote)?.decimals;
  if (decimals === undefined || listing.quote !== VALUE_ASSET) return null;
  const value = price ? worth(held, listing.baseDecimals, price, decimals) : null;
  // A moment after a fill the cost is still that of what was held before it.
  const same = position !== null && parseUnits(position.amount, listing.baseDecimals) === held;
  const cost = same && position.cost !== null ? parseUnits(position.cost, decimals) : null;
  const gain = value === null || cost === null ? null : value - cost;
  const money = (units: bigint) => format.units(rounded(units, decimals), 2);
  return (
    <>
      <Line name={t("average")}>
        {position?.average_cost ? format.price(position.average_cost, listing, "subscript") : null}
      </Line>
      <Line name={t("value")}>{value === null ? null : `${money(value)} ${listing.quote}`}</Line>
      <div className={styles.line}>
        <dt>{t("unrealised")}</dt>
        <dd>
          {gain === null ? (
            <Unknown />
          ) : (
            <Change arrow={false} direction={directionOf(gain)}>
              {gain > 0n ? "+" : ""}
              {money(gain)}, {format.percent(partPpm(gain, cost))}
            </Change>
          )}
        </dd>
      </div>
    </>
  );
}

function Line({ name, children }: { name: string; children: string | null }) {
  return (
    <div className={styles.line}>
      <dt>{name}</dt>
      <dd>{children === null ? <Unknown /> : <span className="figure">{children}</span>}</dd>
    </div>
  );
}
