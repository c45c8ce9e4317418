import type { ComponentProps, ReactNode } from "react";
import styles from "./Chip.module.css";
import { classes } from "./classes";

/** A small choice in a box: a price to take over, a filter. */
export function Chip({
  pressed,
  value,
  children,
  className,
  ...rest
}: ComponentProps<"button"> & { pressed?: boolean; value?: ReactNode }) {
  return (
    <button
      type="button"
      {...rest}
      value={undefined}
      aria-pressed={pressed}
      className={classes(styles.chip, className)}
    >
      <span className={styles.label}>{children}</span>
      {value !== undefined && <span className={classes(styles.value, "figure")}>{value}</span>}
    </button>
  );
}

export type BadgeTone = "plain" | "outline" | "warn" | "danger" | "info" | "good";

/** A word about the state of a thing. A market that simply trades is plain, so that exceptions show. */
export function Badge({
  tone = "plain",
  children,
  className,
}: {
  tone?: BadgeTone;
  children: ReactNode;
  className?: string;
}) {
  return <span className={classes(styles.badge, styles[tone], className)}>{children}</span>;
}

/** The state of a link to the exchange: a dot and its word. */
export function StateDot({
  tone,
  children,
  className,
}: {
  tone: "good" | "warn" | "off" | "danger";
  children: ReactNode;
  className?: string;
}) {
  return (
    <span className={classes(styles.state, styles[`dot-${tone}`], className)}>
      <span className={styles.dot} aria-hidden />
      {children}
    </span>
  );
}

/** A key of the keyboard. */
export function Key({ children }: { children: ReactNode }) {
  return <kbd className={styles.key}>{children}</kbd>;
}
