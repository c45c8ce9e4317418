"use client";

import { useTranslations } from "next-intl";
import { type ComponentType, type ReactNode, Suspense, useMemo } from "react";
import { classes } from "@/components/classes";
import { Cell, Head, RowsRoom, Table, type TableLook } from "@/components/Table";
import { FillBar } from "./FillBar";
import { LinkedMark } from "./LinkedMark";
import { Market } from "./Market";
import { OrderButton } from "./OrderButton";
import { OrderCard } from "./OrderCard";
import styles from "./Orders.module.css";
import { filledPart, linkedLists, type OrderRow } from "./orderRows";
import { RowsTable, type RowsTableProps } from "./RowsTable";
import { figureKey, inOrder, type SortKey, useSort } from "./sorting";
import { AmendForm, useAmending } from "./useAmending";
import { useRowTexts } from "./useRowTexts";

const COLUMNS = ["time", "market", "type", "side", "price", "size", "filled", "average", "state"] as const;
type Column = (typeof COLUMNS)[number] | "action";
const END: ReadonlySet<Column> = new Set(["price", "size", "average", "action"]);
const FIGURES: ReadonlySet<Column> = new Set(["time", "price", "size", "filled", "average"]);
/** What may be left out: a row is always one of a market and a side. */
export const OPTIONAL_OF_ORDERS = [
  "time",
  "type",
  "price",
  "size",
  "filled",
  "average",
  "state",
] as const satisfies readonly Column[];
const NONE: readonly string[] = [];

export interface OrdersTableProps {
  label: string;
  /** Null while they are on their way. */
  rows: readonly OrderRow[] | null;
  look: TableLook;
  /** Of all markets, so that each row says which. */
  all: boolean;
  /** One card an order, for a phone. */
  cards: boolean;
  /** Given for orders that can be acted on: takes a refused one off the list. */
  onDismiss?: (key: string) => void;
  /** Under the rows. */
  foot?: ReactNode;
  /** Columns that are left out. */
  hidden?: readonly string[];
  Rows?: ComponentType<RowsTableProps>;
}

/** Orders with what became of them; open ones with a cross to cancel each. */
export function OrdersTable({
  label,
  rows,
  look,
  all,
  cards,
  onDismiss,
  foot,
  hidden = NONE,
  Rows = RowsTable,
}: OrdersTableProps) {
  const t = useTranslations("own.columns");
  const linked = useMemo(() => linkedLists(rows ?? []), [rows]);
  const { sort, headOf } = useSort(FIGURES);
  const sorted = useMemo(
    () => (rows && sort ? inOrder(rows, sort.order, (row) => keyOf(row, sort.column)) : rows),
    [rows, sort],
  );
  if (cards && rows) {
    return (
      <>
        <ul className={styles.cards} aria-label={label}>
          {rows.map((row) => (
            <OrderCard
              key={row.key}
              row={row}
              all={all}
              look={look}
              linked={row.list !== null && linked.has(row.list)}
              onDismiss={onDismiss}
            />
          ))}
        </ul>
        {foot}
      </>
    );
  }
  const columns = columnsOf(look, all, onDismiss !== undefined).filter((column) => !hidden.includes(column));
  const className = styles[`${look}Orders`];
  const head = columns.map((column) => (
    <Head
      key={column}
      end={END.has(column)}
      className={styles[column]}
      {...(column !== "action" && headOf(column))}
    >
      {column === "action" ? <span className="quiet">{t(column)}</span> : t(column)}
    </Head>
  ));
  if (sorted === null) {
    return (
      <Table label={label} look={look} className={className} head={head} foot={foot}>
        <RowsRoom columns={columns.map((key) => ({ key }))} />
      </Table>
    );
  }
  return (
    <Rows
      label={label}
      look={look}
      className={className}
      head={head}
      columns={columns.length}
      count={sorted.length}
      row={(index, place) => {
        const row = sorted[index];
        return (
          row && (
            <OrderLine
              key={row.key}
              row={row}
              place={place}
              columns={columns}
              linked={row.list !== null && linked.has(row.list)}
              onDismiss={onDismiss}
            />
          )
        );
      }}
      foot={foot}
    />
  );
}

/** What a row is compared by in a column. */
export function keyOf(row: OrderRow, column: Column): SortKey {
  switch (column) {
    case "time":
      return row.at;
    case "price":
      return figureKey(row.waits === "for_trade" ? row.stop : (row.price ?? row.stop));
    case "size":
      return figureKey(row.quantity ?? row.quoteAmount);
    case "filled":
    case "average":
      return figureKey(row[column]);
    case "state":
      return row.tracked.phase;
    case "action":
      return null;
    default:
      return row[column];
  }
}

/** A panel of all markets has room for the market in the place of the average. */
function columnsOf(look: TableLook, all: boolean, actions: boolean): readonly Column[] {
  const left = !all ? "market" : look === "panel" ? "average" : null;
  const shown: Column[] = COLUMNS.filter((column) => column !== left);
  return actions ? [...shown, "action"] : shown;
}

function OrderLine({
  row,
  place,
  columns,
  linked,
  onDismiss,
}: {
  row: OrderRow;
  place: number | undefined;
  columns: readonly Column[];
  linked: boolean;
  onDismiss: ((key: string) => void) | undefined;
}) {
  const texts = useRowTexts(row);
  const { amending, begin, end } = useAmending(row.key);
  if (amending) {
    return (
      <tr aria-rowindex={place}>
        <td colSpan={columns.length} className={styles.amended}>
          <Suspense>
            <AmendForm row={row} card={false} onDone={end} />
          </Suspense>
        </td>
      </tr>
    );
  }
  return (
    <tr aria-rowindex={place} data-phase={row.tracked.phase}>
      {columns.map((column) => (
        <Cell
          key={column}
          end={END.has(column)}
          quiet={column === "time" || column === "average"}
          className={classes(styles[column], column === "side" && styles[row.side])}
          title={column === "state" ? (texts.stateHint ?? undefined) : undefined}
        >
          <OrderFigure
            column={column}
            row={row}
            texts={texts}
            linked={linked}
            onDismiss={onDismiss}
            onAmend={begin}
          />
        </Cell>
      ))}
    </tr>
  );
}

function OrderFigure({
  column,
  row,
  texts,
  linked,
  onDismiss,
  onAmend,
}: {
  column: Column;
  row: OrderRow;
  texts: ReturnType<typeof useRowTexts>;
  linked: boolean;
  onDismiss: ((key: string) => void) | undefined;
  onAmend: () => void;
}) {
  switch (column) {
    case "time":
      return (
        <time className="figure" dateTime={row.at}>
          {texts.time}
        </time>
      );
    case "market":
      return <Market of={row.market} />;
    case "filled":
      if (texts.waits) return <span className={styles.waits}>{texts.waits}</span>;
      return (
        <span className={styles.filledCell}>
          <FillBar part={filledPart(row)} />
          <span className={classes("figure", filledPart(row) === 0 && styles.soft)}>{texts.filled}</span>
        </span>
      );
    case "price":
    case "size":
    case "average":
      return <span className="figure">{texts[column]}</span>;
    case "action":
      return onDismiss && <OrderButton row={row} onDismiss={onDismiss} onAmend={onAmend} />;
    case "type":
      return (
        <>
          {linked && <LinkedMark />}
          {texts.type}
        </>
      );
    default:
      return texts[column];
  }
}
