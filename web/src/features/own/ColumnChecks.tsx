"use client";

import { Checkbox } from "@/components/Choice";
import styles from "./ColumnChecks.module.css";

/** Which columns a table shows of those that may be left out. */
export function ColumnChecks<Column extends string>({
  columns,
  hidden,
  onToggle,
}: {
  columns: readonly { key: Column; label: string }[];
  hidden: readonly string[];
  onToggle(column: Column): void;
}) {
  return (
    <div className={styles.columns}>
      {columns.map(({ key, label }) => (
        <Checkbox key={key} checked={!hidden.includes(key)} onValue={() => onToggle(key)}>
          {label}
        </Checkbox>
      ))}
    </div>
  );
}
