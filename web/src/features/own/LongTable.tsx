"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { classes } from "@/components/classes";
import tables from "@/components/Table.module.css";
import { usePreferences } from "@/providers/kept/preferences";
import styles from "./LongTable.module.css";
import type { RowsTableProps } from "./RowsTable";

/** Px of a row, as the styles have it. */
const ROW_PX = { comfortable: 40, compact: 32, pro: 22 } as const;
const AHEAD = 12;

/** A table that scrolls under its head; only rows that are seen are drawn, however many there are. */
export function LongTable({ label, look, className, head, columns, count, row, foot }: RowsTableProps) {
  const room = useRef<HTMLDivElement>(null);
  const rowPx = usePreferences(({ density }) => ROW_PX[density]);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => room.current,
    estimateSize: () => rowPx,
    overscan: AHEAD,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: all rows change their height with it
  useEffect(() => virtual.measure(), [rowPx]);
  const seen = virtual.getVirtualItems();
  const above = seen[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (seen.at(-1)?.end ?? 0);
  return (
    <div
      ref={room}
      className={classes(tables.scroll, tables[look], styles.room, className)}
      role="region"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by keys
      tabIndex={0}
    >
      <table className={tables.table} aria-rowcount={count + 1}>
        <caption className="quiet">{label}</caption>
        <thead>
          <tr aria-rowindex={1}>{head}</tr>
        </thead>
        <tbody>
          <Gap px={above} columns={columns} />
          {seen.map(({ index }) => row(index, index + 2))}
          <Gap px={below} columns={columns} />
        </tbody>
      </table>
      {foot}
    </div>
  );
}

/** The room of rows that are not drawn. */
function Gap({ px, columns }: { px: number; columns: number }) {
  return px > 0 ? (
    <tr aria-hidden ref={(gap) => gap?.style.setProperty("block-size", `${px}px`)}>
      <td colSpan={columns} className={styles.gap} />
    </tr>
  ) : null;
}
