"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { IconButton } from "@/components/Button";
import { Cover } from "@/components/Cover";
import { Dialog } from "@/components/Dialog";
import { TextField } from "@/components/Field";
import { Icon } from "@/components/Icon";
import type { OverChart } from "@/features/chart/ChartPanel";
import { useChartSettings } from "@/features/chart/settings";
import { matches } from "@/features/palette/matches";
import { exchange, liveStreams, serverNow } from "@/providers/exchange";
import { useFormat } from "@/providers/format";
import { type Listing, useListings } from "@/providers/market/markets";
import { useRoom } from "../../MarketRoom";
import styles from "./Compare.module.css";
import { ComparedLine } from "./comparedLine";
import { compare, followCompared, useCompared } from "./comparing";

/** Another market as a line over this one's candles, with its name, and the choice of it. */
export function ChartCompare({ tools, wish, onWish }: OverChart) {
  const { listing } = useRoom();
  const { data: listings } = useListings();
  const market = useCompared((state) => state.market);
  const other = market === null ? undefined : listings?.byMarket.get(market);
  useEffect(followCompared, []);
  // Of its own market a chart has all there is to see.
  useEffect(() => {
    if (market === listing.market) compare(null);
  }, [market, listing.market]);
  return (
    <>
      {other && <Compared key={other.market} tools={tools} other={other} />}
      {wish === "compare" &&
        createPortal(<CompareDialog chosen={other ?? null} onClose={() => onWish(null)} />, document.body)}
    </>
  );
}

function Compared({ tools, other }: { tools: OverChart["tools"]; other: Listing }) {
  const t = useTranslations("desk.compare");
  const format = useFormat();
  const interval = useChartSettings((settings) => settings.interval);
  const change = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const line = new ComparedLine(
      tools,
      { client: exchange(), streams: liveStreams(), market: other.market, interval, now: serverNow },
      (ppm) => {
        const text = format.percent(ppm);
        if (change.current && change.current.textContent !== text) change.current.textContent = text;
      },
    );
    return () => line.end();
  }, [tools, other, interval, format]);
  const pair = pairOf(other);
  return (
    <p className={styles.compared} title={t("inSight")}>
      <i aria-hidden />
      <bdi>{pair}</bdi>
      <span ref={change} className="figure" />
      <IconButton size={28} label={t("end", { market: pair })} onClick={() => compare(null)}>
        <Icon of={X} size={12} />
      </IconButton>
    </p>
  );
}

function CompareDialog({ chosen, onClose }: { chosen: Listing | null; onClose: () => void }) {
  const t = useTranslations("desk.compare");
  const { listing } = useRoom();
  const { data: listings } = useListings();
  const [query, setQuery] = useState("");
  const found = useMemo(
    () =>
      (listings?.all ?? []).filter(
        (one) => one.market !== listing.market && matches(`${one.name} ${pairOf(one)}`, query),
      ),
    [listings, listing.market, query],
  );
  const take = (market: string | null) => {
    compare(market);
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={t("title")}>
      <TextField
        label={t("find")}
        value={query}
        maxLength={64}
        onChange={(event) => setQuery(event.target.value)}
      />
      <p className={styles.note}>{t("how")}</p>
      <ul className={styles.markets}>
        {chosen && (
          <li>
            <button type="button" className={styles.market} onClick={() => take(null)}>
              {t("none")}
            </button>
          </li>
        )}
        {found.map((one) => (
          <li key={one.market}>
            <button
              type="button"
              className={styles.market}
              aria-pressed={one.market === chosen?.market}
              onClick={() => take(one.market)}
            >
              <Cover id={one.base} name={one.name} src={one.cover} size={24} />
              <bdi>{pairOf(one)}</bdi>
              <bdi className={styles.name}>{one.name}</bdi>
            </button>
          </li>
        ))}
      </ul>
      {listings && found.length === 0 && <p className={styles.note}>{t("nothing")}</p>}
    </Dialog>
  );
}

function pairOf({ base, quote }: Listing): string {
  return `${base}/${quote}`;
}
