import { ArrowDown, ArrowUp } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { classes } from "./classes";
import { Icon } from "./Icon";
import { Skeleton } from "./States";
import styles from "./Table.module.css";

/** `page`: roomy, on the page itself. `panel`: dense, in a panel that scrolls under its head. */
export type TableLook = "page" | "panel";

/** A table of figures. Columns that do not fit are scrolled, the page never is. */
export function Table({
  label,
  head,
  children,
  foot,
  look = "page",
  still = false,
  className,
}: {
  label: string;
  head: ReactNode;
  children: ReactNode;
  /** Under the rows, scrolled with them. */
  foot?: ReactNode;
  look?: TableLook;
  /** Nothing in it takes the focus, so that the table itself does, to be scrolled by keys. */
  still?: boolean;
  className?: string;
}) {
  const reached = still && { tabIndex: 0, role: "region", "aria-label": label };
  return (
    <div className={classes(styles.scroll, styles[look], className)} {...reached}>
      <table className={styles.table}>
        <caption className="quiet">{label}</caption>
        <thead>
          <tr>{head}</tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
      {foot}
    </div>
  );
}

export type SortOrder = "ascending" | "descending";

/** A column's head; with `onSort` it is a button. */
export function Head({
  children,
  end,
  sorted,
  onSort,
  className,
  ...rest
}: ComponentProps<"th"> & { end?: boolean; sorted?: SortOrder | null; onSort?(): void }) {
  return (
    <th
      {...rest}
      scope="col"
      aria-sort={sorted ?? undefined}
      className={classes(end && styles.end, className)}
    >
      {onSort ? (
        <button type="button" className={styles.sort} onClick={onSort}>
          {children}
          {sorted && <Icon of={sorted === "descending" ? ArrowDown : ArrowUp} size={12} />}
        </button>
      ) : (
        children
      )}
    </th>
  );
}

const ROOM_ROWS = 5;

/** Rows on their way. */
export function RowsRoom({ columns }: { columns: readonly { key: string; className?: string }[] }) {
  return Array.from({ length: ROOM_ROWS }, (_, row) => (
    <tr key={row} aria-hidden>
      {columns.map(({ key, className }, column) => (
        <Cell key={key} end={column > 0} className={className}>
          <Skeleton width={column === 0 ? 12 : 6} line={12} />
        </Cell>
      ))}
    </tr>
  ));
}

/** A cell; figures are end-aligned. */
export function Cell({
  end,
  strong,
  quiet,
  className,
  ...rest
}: ComponentProps<"td"> & { end?: boolean; strong?: boolean; quiet?: boolean }) {
  return (
    <td
      {...rest}
      className={classes(end && styles.end, strong && styles.strong, quiet && styles.quiet, className)}
    />
  );
}
