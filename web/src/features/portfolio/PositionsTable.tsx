"use client";

import type { CostMethod } from "@cse/client";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { Change, directionOf, Unknown } from "@/components/Figures";
import { Cell, Head, RowsRoom, Table, type TableLook } from "@/components/Table";
import { usePhone } from "@/components/usePhone";
import { useOwnFigures } from "@/features/own/figures";
import { inOrder, useSort } from "@/features/own/sorting";
import { Token } from "@/features/own/Token";
import { rounded } from "@/features/own/worth";
import { useFormat } from "@/providers/format";
import { dayChangePpm } from "@/providers/market/change";
import { VALUE_ASSET } from "@/providers/market/markets";
import styles from "./PositionsTable.module.css";
import { COLUMNS, type Column, FIGURES, IN_PANEL, keyOf, ON_PHONES, QUIET } from "./positionColumns";
import type { Position, Positions } from "./positions";

const NONE: readonly string[] = [];

/** What each position cost and gained, and the sum; how a figure came about stands behind it. */
export function PositionsTable({
  positions,
  method,
  look = "page",
  hidden = NONE,
}: {
  positions: Positions | null;
  method: CostMethod;
  look?: TableLook;
  /** Columns that are left out. */
  hidden?: readonly string[];
}) {
  const t = useTranslations("positions");
  const phone = usePhone() === true;
  const all = look === "panel" && !phone ? IN_PANEL : phone ? ON_PHONES : COLUMNS;
  const columns = all.filter((column) => !hidden.includes(column));
  const { sort, headOf } = useSort(FIGURES);
  const rows = positions?.rows ?? null;
  const sorted = useMemo(
    () => (rows && sort ? inOrder(rows, sort.order, (row) => keyOf(row, sort.column)) : rows),
    [rows, sort],
  );
  return (
    <Table
      label={t("title")}
      look={look}
      className={styles.table}
      head={columns.map((key) => (
        <Head
          key={key}
          end={key !== "token"}
          title={key === "realised" ? t(`how.method.${method}`) : undefined}
          {...headOf(key)}
        >
          {t(`columns.${key}`, { unit: VALUE_ASSET })}
        </Head>
      ))}
    >
      {positions === null || sorted === null ? (
        <RowsRoom columns={columns.map((key) => ({ key }))} />
      ) : (
        <>
          {sorted.map((row) => (
            <Row key={row.asset.asset} row={row} positions={positions} columns={columns} look={look} />
          ))}
          <Sum positions={positions} columns={columns} />
        </>
      )}
    </Table>
  );
}

function Row({
  row,
  positions,
  columns,
  look,
}: {
  row: Position;
  positions: Positions;
  columns: readonly Column[];
  look: TableLook;
}) {
  const how = useHow(row, positions);
  return (
    <tr>
      {columns.map((column) => (
        <Cell
          key={column}
          end={column !== "token"}
          strong={column === "value"}
          quiet={QUIET.has(column) || (column === "amount" && row.amount === 0n)}
          title={column === "token" ? undefined : how[column]}
        >
          {column === "token" ? (
            <Token asset={row.asset} market={row.listing?.market ?? null} look={look} />
          ) : (
            <Figure column={column} row={row} decimals={positions.decimals} />
          )}
        </Cell>
      ))}
    </tr>
  );
}

function Figure({
  column,
  row,
  decimals,
}: {
  column: Exclude<Column, "token">;
  row: Position;
  decimals: number;
}) {
  const format = useFormat();
  const figures = useOwnFigures();
  const { listing, ticker } = row;
  const plain = (text: string): ReactNode => <span className="figure">{text}</span>;
  switch (column) {
    case "amount":
      return plain(figures.held(row.asset.asset, row.amount));
    case "averageCost":
      if (row.averageCost === null || !listing) return <Unknown />;
      return plain(format.price(row.averageCost, listing, "subscript"));
    case "last":
      return listing ? plain(format.price(ticker?.last_price, listing, "subscript")) : <Unknown />;
    case "day": {
      const change = listing ? dayChangePpm(ticker) : null;
      return <Change direction={directionOf(change)}>{format.percent(change)}</Change>;
    }
    case "share":
      return plain(format.percent(row.sharePpm, false));
    case "percent":
      return (
        <Change arrow={false} direction={directionOf(row.unrealisedPpm)}>
          {format.percent(row.unrealisedPpm)}
        </Change>
      );
    case "unrealised":
      return <Money units={row.isMoney ? null : row.unrealised} decimals={decimals} gain coloured />;
    case "realised":
      return <Money units={row.isMoney ? null : row.realised} decimals={decimals} gain />;
    case "fees":
      return <Money units={row.fees} decimals={decimals} />;
    case "value":
      return <Money units={row.value} decimals={decimals} />;
  }
}

function Sum({ positions, columns }: { positions: Positions; columns: readonly Column[] }) {
  const t = useTranslations("positions");
  const format = useFormat();
  const { decimals, unrealisedPpm } = positions;
  const sums: Partial<Record<Column, ReactNode>> = {
    token: t("total"),
    value: <Money units={positions.value} decimals={decimals} />,
    share: positions.value ? (
      <span className="figure">{format.percent(1_000_000n, false)}</span>
    ) : (
      <Unknown />
    ),
    unrealised: <Money units={positions.unrealised} decimals={decimals} gain coloured />,
    percent: (
      <Change arrow={false} direction={directionOf(unrealisedPpm)}>
        {format.percent(unrealisedPpm)}
      </Change>
    ),
    realised: <Money units={positions.realised} decimals={decimals} gain />,
    fees: <Money units={positions.fees} decimals={decimals} />,
  };
  return (
    <tr className={styles.sum}>
      {columns.map((column) => (
        <Cell key={column} end={column !== "token"}>
          {sums[column]}
        </Cell>
      ))}
    </tr>
  );
}

/** Units of the value asset to two decimals; a gain has its sign. */
function Money({
  units,
  decimals,
  gain = false,
  coloured = false,
}: {
  units: bigint | null;
  decimals: number;
  gain?: boolean;
  coloured?: boolean;
}) {
  const format = useFormat();
  if (units === null) return <Unknown />;
  const text = `${gain && units > 0n ? "+" : ""}${format.units(rounded(units, decimals), 2)}`;
  if (!coloured) return <span className="figure">{text}</span>;
  return (
    <Change arrow={false} direction={directionOf(units)}>
      {text}
    </Change>
  );
}

/** How each figure of a row came about, in exact figures. */
function useHow(row: Position, positions: Positions): Partial<Record<Column, string>> {
  const t = useTranslations("positions.how");
  const format = useFormat();
  const { decimals } = positions;
  const asset = row.asset.asset;
  const exact = (units: bigint | null) => format.amount(units, decimals);
  const amount = format.amount(row.amount, row.asset.decimals);
  if (row.isMoney) return { value: t("money"), share: t("share", shares()) };
  const value = {
    value: exact(row.value),
    cost: exact(row.cost),
    unit: VALUE_ASSET,
  };
  return {
    averageCost: row.cost === null ? t("noCost") : t("averageCost", { ...value, amount, asset }),
    value:
      row.value === null
        ? t("noPrice")
        : t("value", {
            ...value,
            amount,
            asset,
            price: format.decimal(row.ticker?.last_price),
          }),
    share: t("share", shares()),
    unrealised: row.unrealised === null ? t("noCost") : t("unrealised", value),
    percent: row.unrealised === null ? t("noCost") : t("percent", { ...value, gain: exact(row.unrealised) }),
    realised:
      row.realised === null ? t("noCost") : t("realised", { gain: exact(row.realised), unit: VALUE_ASSET }),
    fees: t("fees", { fees: exact(row.fees), unit: VALUE_ASSET, asset }),
  };

  function shares() {
    return { value: exact(row.value), total: exact(positions.value) };
  }
}
