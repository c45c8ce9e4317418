import { ArrowDown, ArrowUp } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { classes } from "./classes";
import { Icon } from "./Icon";
import styles from "./Table.module.css";

/** A table of figures. Columns that do not fit are scrolled, the page never is. */
export function Table({
  label,
  head,
  children,
  className,
}: {
  label: string;
  head: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <div className={classes(styles.scroll, className)}>
      <table className={styles.table}>
        <caption className="quiet">{label}</caption>
        <thead>
          <tr>{head}</tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
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
