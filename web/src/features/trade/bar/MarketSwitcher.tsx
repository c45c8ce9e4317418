"use client";

import { changePpm, pairOf, parseUnits } from "@cse/client";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useEffect } from "react";
import { Cover } from "@/components/Cover";
import { Change, directionOf } from "@/components/Figures";
import { Menu, MenuItem } from "@/components/Menu";
import { useFormat } from "@/providers/format";
import { type Listing, useListings } from "@/providers/market/markets";
import { useTicker, useTickers } from "@/providers/market/tickers";
import { useRoom } from "../MarketRoom";
import styles from "./MarketBar.module.css";

/** The pair as a button, and behind it every market with its price. */
export function MarketSwitcher({ button }: { button: ReactNode }) {
  const t = useTranslations("trade.bar");
  const { listing } = useRoom();
  const label = t("switch", { pair: pairOf(listing.market), name: listing.name });
  return (
    <Menu label={label} align="start" button={button} buttonClassName={styles.switch}>
      {(close) => <MarketList close={close} />}
    </Menu>
  );
}

function MarketList({ close }: { close: () => void }) {
  const { data } = useListings();
  const { refetch } = useTickers();
  useEffect(() => {
    void refetch();
  }, [refetch]);
  return (
    <div className={styles.list}>
      {data?.all.map((listing) => (
        <MarketLine key={listing.market} listing={listing} close={close} />
      ))}
    </div>
  );
}

function MarketLine({ listing, close }: { listing: Listing; close: () => void }) {
  const router = useRouter();
  const locale = useLocale();
  const format = useFormat();
  const room = useRoom();
  const ticker = useTicker(listing.market, false);
  const units = (text: string | null | undefined) => (text ? parseUnits(text, listing.tickDecimals) : null);
  const change = changePpm(units(ticker?.last_price), units(ticker?.open_24h));
  return (
    <MenuItem
      icon={<Cover id={listing.base} name={listing.name} src={listing.cover} size={24} />}
      checked={listing.market === room.listing.market}
      hint={
        <span className={styles.lineFigures}>
          <span className="figure">{format.price(ticker?.last_price, listing)}</span>
          <Change direction={directionOf(change)}>{format.percent(change)}</Change>
        </span>
      }
      onSelect={() => {
        close();
        router.push(`/${locale}/trade/${listing.market}`);
      }}
    >
      <bdi>
        {listing.base}/{listing.quote}
      </bdi>
      <bdi className={styles.lineName}>{listing.name}</bdi>
    </MenuItem>
  );
}
