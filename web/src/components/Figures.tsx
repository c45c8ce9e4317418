import type { ReactNode } from "react";
import { classes } from "./classes";
import styles from "./Figures.module.css";

export type Direction = "up" | "down" | "flat";

/** The sign of a change; null where it is not known. */
export function directionOf(change: bigint | null | undefined): Direction | null {
  if (change === null || change === undefined) return null;
  return change > 0n ? "up" : change < 0n ? "down" : "flat";
}

/** ▲ or ▼, drawn, 7 by 6 px: the fonts have no such glyphs. Never mirrored. */
export function Arrow({ direction, className }: { direction: Direction | null; className?: string }) {
  if (direction !== "up" && direction !== "down") return null;
  return (
    <svg className={classes(styles.arrow, className)} width="7" height="6" viewBox="0 0 7 6" aria-hidden>
      <path fill="currentColor" d={direction === "up" ? "M3.5 0 7 6H0z" : "M3.5 6 0 0h7z"} />
    </svg>
  );
}

/** A change with arrow and colour; the text brings its own sign. Unknown is a dash. */
export function Change({
  direction,
  children,
  arrow = true,
  className,
}: {
  direction: Direction | null;
  children: ReactNode;
  arrow?: boolean;
  className?: string;
}) {
  return (
    <span className={classes("figure", styles.change, direction && styles[direction], className)}>
      {arrow && <Arrow direction={direction} />}
      {direction === null ? <Unknown /> : children}
    </span>
  );
}

/** What is not known: never 0. */
export function Unknown() {
  return <span className={styles.unknown}>—</span>;
}

/** A figure with its unit behind it, in text 3. `full` is what copying and screen readers get. */
export function Amount({
  children,
  unit,
  full,
  strong,
  className,
}: {
  children: ReactNode;
  unit?: ReactNode;
  full?: string;
  strong?: boolean;
  className?: string;
}) {
  return (
    <span className={classes(styles.amount, className)} title={full}>
      <span className={classes("figure", strong && styles.strong)}>{children ?? <Unknown />}</span>
      {unit && <span className={styles.unit}>{unit}</span>}
    </span>
  );
}
