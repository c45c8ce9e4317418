"use client";

import { partPpm, powerOfTen, type Ticker } from "@cse/client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { classes } from "@/components/classes";
import { Change, directionOf, Unknown } from "@/components/Figures";
import { Cell, Head, RowsRoom, Table, type TableLook } from "@/components/Table";
import { useFormat } from "@/providers/format";
import { dayChangePpm } from "@/providers/market/change";
import { VALUE_ASSET } from "@/providers/market/markets";
import { useTicker } from "@/providers/market/tickers";
import { useOwnFigures } from "./figures";
import styles from "./Own.module.css";
import { inOrder, type SortKey, useSort } from "./sorting";
import { Token } from "./Token";
import type { Holding, Valuation } from "./valuation";
import { rounded } from "./worth";

/** By where they stand: the portfolio says what it is worth, a panel what can be used. */
const COLUMNS = {
  page: ["token", "total", "available", "locked", "last", "day", "value", "share"],
  panel: ["token", "total", "available", "locked"],
} as const;
type Column = (typeof COLUMNS)[TableLook][number];
/** What can be sorted by; of the others each row knows its own, as its market trades. */
const SORTED = ["token", "total", "available", "locked", "value", "share"] as const;
type Sorted = (typeof SORTED)[number];
const FIGURES: ReadonlySet<Sorted> = new Set(SORTED.slice(1));
const STRONG: ReadonlySet<Column> = new Set(["total", "value"]);
/** What a phone has no room for; its portfolio and its trade page tell it together. */
const WIDE: Record<TableLook, ReadonlySet<Column>> = {
  page: new Set(["available", "locked", "last", "day", "share"]),
  panel: new Set(["total"]),
};

function placeOf(look: TableLook, column: Column): string {
  return classes(WIDE[look].has(column) && styles.wide, column === "value" && styles.value);
}

/** What a person has of each asset; on a page with what it is worth, and the sum. */
export function BalancesTable({
  label,
  value,
  look,
}: {
  label: string;
  /** Null while it is on its way. */
  value: Valuation | null;
  look: TableLook;
}) {
  const t = useTranslations("own");
  const { sort, headOf } = useSort(FIGURES);
  const holdings = useMemo(
    () =>
      value && sort
        ? inOrder(value.holdings, sort.order, (holding) => keyOf(holding, sort.column))
        : (value?.holdings ?? []),
    [value, sort],
  );
  const columns = COLUMNS[look].map((key: Column) => ({
    key,
    className: placeOf(look, key),
  }));
  return (
    <Table
      label={label}
      look={look}
      className={styles[`${look}Balances`]}
      head={columns.map(({ key, className }, index) => (
        <Head key={key} end={index > 0} className={className} {...(isSorted(key) && headOf(key))}>
          {t(`columns.${key}`, { unit: VALUE_ASSET })}
        </Head>
      ))}
    >
      {value === null ? (
        <RowsRoom columns={columns} />
      ) : (
        <>
          {holdings.map((holding) => (
            <HoldingRow key={holding.asset.asset} holding={holding} value={value} look={look} />
          ))}
          {look === "page" && <SumRow value={value} />}
        </>
      )}
    </Table>
  );
}

function isSorted(column: Column): column is Sorted {
  return (SORTED as readonly Column[]).includes(column);
}

/** What a holding is compared by: amounts as they are written, whatever the asset. */
function keyOf({ asset, ...holding }: Holding, column: Sorted): SortKey {
  if (column === "token") return asset.asset;
  if (column === "value" || column === "share") return holding.value;
  return holding[column] * powerOfTen(18 - asset.decimals);
}

function HoldingRow({ holding, value, look }: { holding: Holding; value: Valuation; look: TableLook }) {
  const { listing, locked } = holding;
  const ticker = useTicker(look === "page" ? (listing?.market ?? null) : null);
  return (
    <tr>
      {COLUMNS[look].map((column: Column) => (
        <Cell
          key={column}
          end={column !== "token"}
          strong={STRONG.has(column)}
          quiet={column === "share" || (column === "locked" && locked === 0n)}
          className={placeOf(look, column)}
        >
          {column === "token" ? (
            <Token asset={holding.asset} market={listing?.market ?? null} look={look} />
          ) : (
            <HoldingFigure column={column} holding={holding} value={value} ticker={ticker} />
          )}
        </Cell>
      ))}
    </tr>
  );
}

function HoldingFigure({
  column,
  holding,
  value,
  ticker,
}: {
  column: Exclude<Column, "token">;
  holding: Holding;
  value: Valuation;
  ticker: Ticker | undefined;
}) {
  const format = useFormat();
  const figures = useOwnFigures();
  const { asset, listing } = holding;
  if (column === "day") {
    const change = dayChangePpm(ticker);
    if (!listing) return <Unknown />;
    return <Change direction={directionOf(change)}>{format.percent(change)}</Change>;
  }
  if (column === "last" && !listing) return <Unknown />;
  if (column === "value" && holding.value === null) return <Unknown />;
  const text = {
    total: () => figures.held(asset.asset, holding.total),
    available: () => figures.held(asset.asset, holding.available),
    locked: () => figures.held(asset.asset, holding.locked),
    last: () => listing && format.price(ticker?.last_price, listing, "subscript"),
    value: () => format.units(rounded(holding.value ?? 0n, value.decimals), 2),
    share: () => format.percent(partPpm(holding.value, value.total), false),
  }[column];
  return <span className="figure">{text()}</span>;
}

function SumRow({ value }: { value: Valuation }) {
  const t = useTranslations("own");
  const format = useFormat();
  const { total, decimals } = value;
  return (
    <tr className={styles.sum}>
      <Cell>{t("sum")}</Cell>
      <Cell />
      <Cell colSpan={4} className={styles.wide} />
      <Cell end className={styles.value}>
        {total === null ? (
          <Unknown />
        ) : (
          <span className="figure">{format.units(rounded(total, decimals), 2)}</span>
        )}
      </Cell>
      <Cell end className={styles.wide}>
        {total === null ? <Unknown /> : <span className="figure">{format.percent(1_000_000n, false)}</span>}
      </Cell>
    </tr>
  );
}
