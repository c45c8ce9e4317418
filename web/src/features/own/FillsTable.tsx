"use client";

import type { Fill } from "@cse/client";
import { useTranslations } from "next-intl";
import { type ComponentType, useMemo } from "react";
import { ErrorState } from "@/components/States";
import { Cell, Head, RowsRoom, Table, type TableLook } from "@/components/Table";
import { fillKey } from "@/providers/own/ownStore";
import type { Past } from "@/providers/own/pages";
import { FillCard } from "./FillCard";
import { type OwnFigures, useOwnFigures } from "./figures";
import { Market } from "./Market";
import { Older } from "./Older";
import rowStyles from "./Orders.module.css";
import styles from "./Own.module.css";
import { RowsTable, type RowsTableProps } from "./RowsTable";
import { figureKey, inOrder, type SortKey, useSort } from "./sorting";

const COLUMNS = ["time", "market", "side", "price", "size", "worth", "fee", "role"] as const;
type Column = (typeof COLUMNS)[number];
const END: ReadonlySet<Column> = new Set(["price", "size", "worth", "fee"]);
const FIGURES: ReadonlySet<Column> = new Set(["time", ...END]);
const QUIET: ReadonlySet<Column> = new Set(["time", "fee", "role"]);
/** What may be left out: a row is always one of a market and a side. */
export const OPTIONAL_OF_FILLS = [
  "time",
  "price",
  "size",
  "worth",
  "fee",
  "role",
] as const satisfies readonly Column[];
const NONE: readonly string[] = [];

/** Fills, newest first until they are sorted otherwise; older ones are fetched on request. */
export function FillsTable({
  past,
  label,
  look,
  all,
  cards,
  hidden = NONE,
  Rows = RowsTable,
}: {
  past: Past<Fill>;
  label: string;
  look: TableLook;
  /** Of all markets, so that each row says which. */
  all: boolean;
  /** One card a fill, for a phone. */
  cards: boolean;
  /** Columns that are left out. */
  hidden?: readonly string[];
  Rows?: ComponentType<RowsTableProps>;
}) {
  const t = useTranslations("own");
  const figures = useOwnFigures();
  const columns = COLUMNS.filter((column) => (all || column !== "market") && !hidden.includes(column));
  const { sort, headOf } = useSort(FIGURES);
  const { items } = past;
  const sorted = useMemo(
    () => (items && sort ? inOrder(items, sort.order, (fill) => keyOf(fill, sort.column)) : items),
    [items, sort],
  );
  if (past.items === null && past.error)
    return (
      <ErrorState
        className={styles[`${look}Note`]}
        title={t("fillsFailed")}
        error={past.error}
        onRetry={past.retry}
      />
    );
  if (cards && past.items) {
    return (
      <>
        <ul className={rowStyles.cards} aria-label={label}>
          {past.items.map((fill) => (
            <FillCard key={fillKey(fill)} fill={fill} all={all} look={look} figures={figures} />
          ))}
        </ul>
        <Older past={past} />
      </>
    );
  }
  const head = columns.map((key) => (
    <Head key={key} end={END.has(key)} {...headOf(key)}>
      {t(`columns.${key}`)}
    </Head>
  ));
  if (sorted === null) {
    return (
      <Table label={label} look={look} head={head}>
        <RowsRoom columns={columns.map((key) => ({ key }))} />
      </Table>
    );
  }
  return (
    <Rows
      label={label}
      look={look}
      head={head}
      columns={columns.length}
      count={sorted.length}
      row={(index, place) => {
        const fill = sorted[index];
        return (
          fill && (
            <tr key={fillKey(fill)} aria-rowindex={place}>
              {columns.map((key) => (
                <Cell key={key} end={END.has(key)} quiet={QUIET.has(key)}>
                  <FillFigure column={key} fill={fill} figures={figures} />
                </Cell>
              ))}
            </tr>
          )
        );
      }}
      foot={<Older past={past} />}
    />
  );
}

/** What a fill is compared by in a column. */
function keyOf(fill: Fill, column: Column): SortKey {
  switch (column) {
    case "time":
    case "market":
    case "side":
      return fill[column];
    case "price":
    case "fee":
      return figureKey(fill[column]);
    case "size":
      return figureKey(fill.quantity);
    case "worth":
      return figureKey(fill.notional);
    case "role":
      return fill.liquidity;
  }
}

function FillFigure({ column, fill, figures }: { column: Column; fill: Fill; figures: OwnFigures }) {
  const t = useTranslations("own");
  const { market } = fill;
  switch (column) {
    case "time":
      return (
        <time className="figure" dateTime={fill.time}>
          {figures.time(fill.time)}
        </time>
      );
    case "market":
      return <Market of={market} />;
    case "side":
      return <span className={styles[fill.side]}>{t(`side.${fill.side}`)}</span>;
    case "price":
      return <span className="figure">{figures.price(market, fill.price)}</span>;
    case "size":
      return <span className="figure">{figures.quantity(market, fill.quantity)}</span>;
    case "worth":
      return <span className="figure">{figures.money(fill.notional)}</span>;
    case "fee":
      return (
        <>
          <span className="figure">{figures.money(fill.fee)}</span> {fill.fee_asset}
        </>
      );
    case "role":
      return t(`role.${fill.liquidity}`);
  }
}
