import type { ReactNode } from "react";
import { classes } from "@/components/classes";
import styles from "./List.module.css";

/** One of a list: its title, what more there is to say of it, and what stands or can be done beside it. */
export function ListRow({
  title,
  beside,
  oneLine = false,
  children,
}: {
  title: ReactNode;
  beside?: ReactNode;
  /** On phones too; else what stands beside it has a line of its own there. */
  oneLine?: boolean;
  children: ReactNode;
}) {
  return (
    <li className={classes(styles.row, oneLine && styles.oneLine)}>
      <div className={styles.what}>
        <span className={styles.title}>{title}</span>
        {children}
      </div>
      {beside !== undefined && <div className={styles.beside}>{beside}</div>}
    </li>
  );
}

/** The room of a row that is not there yet: the lines of its text. */
export function ListRowRoom({ children }: { children: ReactNode }) {
  return (
    <li className={styles.row} aria-hidden>
      <div className={styles.what}>{children}</div>
    </li>
  );
}
