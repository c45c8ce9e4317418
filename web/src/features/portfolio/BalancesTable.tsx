"use client";

import { useTranslations } from "next-intl";
import { Button, ButtonLink } from "@/components/Button";
import { classes } from "@/components/classes";
import { Change, directionOf, Unknown } from "@/components/Figures";
import { Empty, Skeleton } from "@/components/States";
import { Cell, Head, Table } from "@/components/Table";
import { dayChangePpm } from "@/providers/change";
import { useFormat } from "@/providers/format";
import { VALUE_ASSET } from "@/providers/markets";
import { useTicker } from "@/providers/tickers";
import { openFaucet } from "./faucetState";
import styles from "./Portfolio.module.css";
import { Token } from "./Token";
import { rounded } from "./Totals";
import { type Holding, sharePpm, type Valuation } from "./valuation";

const COLUMNS = ["token", "total", "available", "locked", "last", "day", "value", "share"] as const;
// What a phone has no room for; the trade page tells it there.
const WIDE: ReadonlySet<string> = new Set(["available", "locked", "last", "share"]);
const ROOM = 5;

/** What the person has of each asset. */
export function BalancesTable({ value, visitor }: { value: Valuation | null; visitor: boolean }) {
  const t = useTranslations("portfolio");
  const format = useFormat();
  if (value !== null && value.holdings.length === 0) {
    return (
      <Empty
        drawing="balances"
        title={t("empty.balances")}
        action={
          <>
            <Button look="primary" size={32} onClick={openFaucet}>
              {t("getPlayMoney")}
            </Button>
            <ButtonLink size={32} href="/markets">
              {t("discover")}
            </ButtonLink>
          </>
        }
      >
        {t("empty.balancesText")}
      </Empty>
    );
  }
  return (
    <Table
      label={visitor ? t("sampleTable") : t("tabs.balances")}
      head={COLUMNS.map((column, index) => (
        <Head key={column} end={index > 0} className={WIDE.has(column) ? styles.wide : undefined}>
          {t(`columns.${column}`, { unit: VALUE_ASSET })}
        </Head>
      ))}
    >
      {value === null ? (
        <RowsRoom columns={COLUMNS.length} />
      ) : (
        <>
          {value.holdings.map((holding) => (
            <Row key={holding.asset.asset} holding={holding} value={value} />
          ))}
          <tr className={styles.total}>
            <Cell>{t("sum")}</Cell>
            <Cell />
            <Cell colSpan={3} className={styles.wide} />
            <Cell />
            <Cell end className="figure">
              {value.total === null ? <Unknown /> : format.units(rounded(value.total, value.decimals), 2)}
            </Cell>
            <Cell end className={classes("figure", styles.wide)}>
              {value.total === null ? <Unknown /> : format.percent(1_000_000n, false)}
            </Cell>
          </tr>
        </>
      )}
    </Table>
  );
}

function Row({ holding, value }: { holding: Holding; value: Valuation }) {
  const format = useFormat();
  const { asset, listing } = holding;
  const ticker = useTicker(listing?.market ?? null);
  const change = dayChangePpm(ticker);
  const places = listing
    ? Math.max(listing.lotDecimals, 2)
    : asset.asset === VALUE_ASSET
      ? 2
      : asset.decimals;
  const amount = (units: bigint) => {
    // All decimals where the market's own would hide a remainder.
    const scale = 10n ** BigInt(Math.max(0, asset.decimals - places));
    return units % scale === 0n ? format.units(units / scale, places) : format.units(units, asset.decimals);
  };
  return (
    <tr>
      <Cell>
        <Token asset={asset} market={listing?.market ?? null} />
      </Cell>
      <Cell end strong>
        <span className="figure">{amount(holding.total)}</span>
      </Cell>
      <Cell end className={styles.wide}>
        <span className="figure">{amount(holding.available)}</span>
      </Cell>
      <Cell end quiet={holding.locked === 0n} className={styles.wide}>
        <span className="figure">{amount(holding.locked)}</span>
      </Cell>
      <Cell end className={styles.wide}>
        <span className="figure">
          {listing ? format.price(ticker?.last_price, listing, "subscript") : <Unknown />}
        </span>
      </Cell>
      <Cell end>
        {listing ? <Change direction={directionOf(change)}>{format.percent(change)}</Change> : <Unknown />}
      </Cell>
      <Cell end strong>
        <span className="figure">
          {holding.value === null ? <Unknown /> : format.units(rounded(holding.value, value.decimals), 2)}
        </span>
      </Cell>
      <Cell end quiet className={styles.wide}>
        <span className="figure">{format.percent(sharePpm(holding.value, value.total), false)}</span>
      </Cell>
    </tr>
  );
}

/** Rows on their way. */
export function RowsRoom({ columns }: { columns: number }) {
  return Array.from({ length: ROOM }, (_, row) => (
    <tr key={row} aria-hidden>
      {Array.from({ length: columns }, (_, column) => (
        <Cell key={column} end={column > 0}>
          <Skeleton width={column === 0 ? 16 : 6} line={12} />
        </Cell>
      ))}
    </tr>
  ));
}
