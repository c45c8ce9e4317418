"use client";

import { Cover } from "@/components/Cover";
import { classes } from "@/components/classes";
import type { TableLook } from "@/components/Table";
import { Link } from "@/i18n/Link";
import type { AssetFacts } from "@/providers/market/markets";
import styles from "./Own.module.css";

/** An asset in a table: art, name of any length, symbol; a link where it has a market. */
export function Token({
  asset,
  market,
  look,
}: {
  asset: AssetFacts;
  market: string | null;
  look: TableLook;
}) {
  const name = <bdi className="clip">{asset.name}</bdi>;
  return (
    <span className={classes(styles.token, look === "panel" && styles.panel)}>
      <Cover id={asset.asset} name={asset.name} src={asset.cover} size={look === "page" ? 28 : 20} full />
      {market ? (
        <Link href={`/trade/${market}`} className={styles.name}>
          {name}
        </Link>
      ) : (
        <span className={styles.name}>{name}</span>
      )}
      {asset.name !== asset.asset && <span className={styles.symbol}>{asset.asset}</span>}
    </span>
  );
}
