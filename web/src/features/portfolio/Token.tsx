"use client";

import { Cover } from "@/components/Cover";
import { Link } from "@/i18n/Link";
import type { AssetFacts } from "@/providers/markets";
import styles from "./Portfolio.module.css";

/** An asset in a table: art, name of any length, symbol; a link where it has a market. */
export function Token({ asset, market }: { asset: AssetFacts; market: string | null }) {
  const name = <bdi className="clip">{asset.name}</bdi>;
  return (
    <span className={styles.token}>
      <Cover id={asset.asset} name={asset.name} src={asset.cover} size={28} full />
      {market ? (
        <Link href={`/trade/${market}`} className={styles.tokenName}>
          {name}
        </Link>
      ) : (
        <span className={styles.tokenName}>{name}</span>
      )}
      {asset.name !== asset.asset && <span className={styles.symbol}>{asset.asset}</span>}
    </span>
  );
}
