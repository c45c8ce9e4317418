import type { ReactNode } from "react";
import styles from "./Settings.module.css";

/** One choice: what it is, what it does, and the control. */
export function Row({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <div className={styles.row}>
      <div>
        <h3>{title}</h3>
        <p>{text}</p>
      </div>
      <div className={styles.control}>{children}</div>
    </div>
  );
}
