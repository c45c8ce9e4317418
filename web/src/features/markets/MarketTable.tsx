"use client";

import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { classes } from "@/components/classes";
import { Icon } from "@/components/Icon";
import { Skeleton } from "@/components/States";
import { usePhone } from "@/components/usePhone";
import { usePreferences } from "@/providers/kept/preferences";
import type { Listing } from "@/providers/market/markets";
import { COLUMNS, type ColumnKey, columnsWithout, templatesOf } from "./columns";
import { useLists } from "./lists";
import { MarketRow } from "./MarketRow";
import styles from "./MarketTable.module.css";
import type { SortKey } from "./view";

const ROW_PX = { comfortable: 40, compact: 32, pro: 32 } as const;
const PHONE_ROW_PX = 60;
const SKELETON_ROWS = 12;

interface Sorting {
  /** The asset that volumes are in. */
  quote: string;
  sort: SortKey;
  descending: boolean;
  onSort(key: SortKey): void;
}

/** Rows by the window's scroll, so that a thousand markets cost no more nodes than a screen of them. */
export function MarketTable({
  rows,
  quote,
  sort,
  descending,
  onSort,
  label,
  className,
}: Sorting & {
  /** Null while they are on their way. */
  rows: readonly Listing[] | null;
  label: string;
  className?: string;
}) {
  const body = useRef<HTMLDivElement>(null);
  const density = usePreferences((state) => state.density);
  const phone = usePhone();
  const rowPx = phone ? PHONE_ROW_PX : ROW_PX[density];
  const { table, columns, shown } = useShownColumns(phone === true);
  const [chosen, setChosen] = useState(0);
  const [offset, setOffset] = useState(0);
  useEffect(() => setOffset(body.current?.offsetTop ?? 0), []);
  const virtual = useWindowVirtualizer({
    count: rows?.length ?? 0,
    estimateSize: () => rowPx,
    overscan: 6,
    scrollMargin: offset,
    scrollPaddingStart: 120,
    scrollPaddingEnd: 48,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: all rows change their height with it
  useEffect(() => virtual.measure(), [rowPx]);

  function keys(event: KeyboardEvent) {
    if (!rows || !(event.target as HTMLElement).matches("[data-row]")) return;
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };
    const step = steps[event.key];
    const ends: Record<string, number> = { Home: 0, End: rows.length - 1 };
    const next = step === undefined ? ends[event.key] : Math.min(Math.max(chosen + step, 0), rows.length - 1);
    if (next === undefined) return;
    event.preventDefault();
    setChosen(next);
    virtual.scrollToIndex(next, { align: "auto" });
    requestAnimationFrame(() => body.current?.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus());
  }

  return (
    <div
      ref={table}
      role="table"
      aria-label={label}
      aria-rowcount={rows?.length}
      aria-busy={rows === null}
      className={classes(styles.table, className)}
    >
      <TableHead columns={columns} quote={quote} sort={sort} descending={descending} onSort={onSort} />
      <div ref={body} role="rowgroup" className={styles.body} onKeyDown={keys}>
        {rows === null
          ? Array.from({ length: SKELETON_ROWS }, (_, index) => <RowRoom key={index} shown={shown} />)
          : null}
        {rows !== null && (
          <div
            className={styles.track}
            ref={(track) => track?.style.setProperty("block-size", `${virtual.getTotalSize()}px`)}
          >
            {virtual.getVirtualItems().map((item) => {
              const listing = rows[item.index];
              return (
                listing && (
                  <MarketRow
                    key={listing.market}
                    listing={listing}
                    shown={shown}
                    index={item.index}
                    top={item.start - virtual.options.scrollMargin}
                    focusable={item.index === Math.min(chosen, rows.length - 1)}
                    onChoose={setChosen}
                  />
                )
              );
            })}
          </div>
        )}
      </div>
    </div>
  );
}

/** The columns that a person has not hidden, of a phone all, and the grid that they make of the table. */
function useShownColumns(phone: boolean) {
  const table = useRef<HTMLDivElement>(null);
  const hidden = useLists((state) => state.hidden);
  const columns = useMemo(() => columnsWithout(phone ? [] : hidden), [phone, hidden]);
  const shown = useMemo(() => new Set(columns.map(({ key }) => key)), [columns]);
  useLayoutEffect(() => {
    const { wide, narrow } = templatesOf(columns);
    table.current?.style.setProperty("--columns", wide);
    table.current?.style.setProperty("--columns-narrow", narrow);
  }, [columns]);
  return { table, columns, shown };
}

function TableHead({
  columns,
  quote,
  sort,
  descending,
  onSort,
}: Sorting & { columns: ReturnType<typeof columnsWithout> }) {
  const t = useTranslations("markets");
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" className={styles.columns}>
        {columns.map((column) => (
          <span
            key={column.key}
            role="columnheader"
            aria-sort={column.key === sort ? (descending ? "descending" : "ascending") : undefined}
            className={classes(styles[column.key], column.end && styles.end)}
          >
            {column.sortable ? (
              <button type="button" onClick={() => onSort(column.key as SortKey)}>
                {t(`columns.${column.key as SortKey}`, { unit: quote })}
                {column.key === sort && <Icon of={descending ? ArrowDown : ArrowUp} size={12} />}
              </button>
            ) : column.key === "star" ? (
              <span className="quiet">{t("columns.star")}</span>
            ) : (
              t(`columns.${column.key as "spark" | "status"}`)
            )}
          </span>
        ))}
      </div>
    </div>
  );
}

function RowRoom({ shown }: { shown: ReadonlySet<ColumnKey> }) {
  return (
    <div className={classes(styles.columns, styles.row, styles.room)} aria-hidden>
      <span />
      <span className={styles.name}>
        <span className={styles.art} />
        <Skeleton width={12} line={13} />
      </span>
      {COLUMNS.slice(2)
        .filter(({ key }) => shown.has(key))
        .map((column) => (
          <span key={column.key} className={classes(styles[column.key], column.end && styles.end)}>
            <Skeleton width={6} line={12} />
          </span>
        ))}
    </div>
  );
}
